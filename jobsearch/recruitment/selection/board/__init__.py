"""The board of a group that is being filled: seats, decisions, refusals to see, the line."""
