"""How long analyses and the proof of consent are kept, and their erasure."""
