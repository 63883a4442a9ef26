"""What came of a programme: its results, with every figure open to the rows behind it."""
