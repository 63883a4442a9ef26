"""How long everything about people is kept, and its end, which comes by itself."""
