"""Personal links: one thing for one person who has no account."""
