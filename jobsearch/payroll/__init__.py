"""Pay: contracts, bonuses, pay runs and what leaves the house about them."""
