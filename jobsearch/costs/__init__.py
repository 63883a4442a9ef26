"""What a programme cost and what came of it: the ledger with pay, comparators, and what if."""
