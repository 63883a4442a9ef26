"""What a person asks about her contract before she signs, and the answers."""
