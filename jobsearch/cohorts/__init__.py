"""A programme with dates and people."""
