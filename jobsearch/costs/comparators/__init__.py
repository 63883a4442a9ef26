"""Figures of other services that a programme is set beside, each with its source and caveat."""
