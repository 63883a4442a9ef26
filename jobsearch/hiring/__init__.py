"""From selected to ready for the first day: contracts, checklists, the time of waiting."""
