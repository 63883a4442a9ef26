"""What a programme cost, line by line, as its bookkeeping has it."""
