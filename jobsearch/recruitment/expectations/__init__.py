"""What is expected of a candidate, what it pays, and a self-check that keeps nothing."""
