"""Introductions by municipal coaches: their links, the form, and what a coach may follow."""
