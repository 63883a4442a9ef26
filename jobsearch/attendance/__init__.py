"""One row per person and day, in minutes."""
