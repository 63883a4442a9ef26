"""People whom messages do not reach, for those who can do something about it."""
