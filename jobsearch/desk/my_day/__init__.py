"""The participant's day."""
