"""The municipal coach's clients: whoever shares something with the coach, and nobody else."""
