"""Participant indicators of ESF+, as far as the house knows them."""
