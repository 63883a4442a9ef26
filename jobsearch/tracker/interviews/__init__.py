"""Interviews: when and where, what to prepare, and how it went."""
