"""Pulses: one tap for a block of the day, and confidence on the days 1, 6 and 12."""
