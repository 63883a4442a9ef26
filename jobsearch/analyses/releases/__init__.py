"""The participant's decision, what goes out by it, and the inbox of who receives it."""
