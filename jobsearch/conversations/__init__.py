"""Short messages between a participant and the coach of her group."""
