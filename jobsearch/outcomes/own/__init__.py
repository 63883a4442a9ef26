"""A participant's own outcomes."""
