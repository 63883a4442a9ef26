"""The open tracker: employers, actions, interviews, goals."""
