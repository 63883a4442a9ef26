"""Closing a year of payment, when all that was paid in it is told of."""
