"""The people of a provider: one person, one row."""
