"""One person's strategy: what she is after, written by her and her coach together."""
