"""Changes of a group's days: what they would mean, doing them, and telling everyone once."""
