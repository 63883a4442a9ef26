"""Pages on which the coach and the participant write the same analysis, each in their own time."""
