"""Weeks of hours: checking in, telling in advance, saying that a week is complete, opening it."""
