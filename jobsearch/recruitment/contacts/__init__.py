"""Attempts to reach candidates, and whom to call today."""
