"""Coaching of one person: talks, notes, agreed steps."""
