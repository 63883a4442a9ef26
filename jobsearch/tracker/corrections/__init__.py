"""Corrections of what stands on a day whose hours are approved, each with its reason."""
