"""One candidate: her page, her history, and the moves made on it."""
