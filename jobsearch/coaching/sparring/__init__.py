"""Sparring: protected time of one participant with her coach, its notes and the agreed steps."""
