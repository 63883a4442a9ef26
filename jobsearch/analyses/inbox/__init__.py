"""The municipal coach's inbox: what is open, new, and about to end."""
