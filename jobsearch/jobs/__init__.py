"""What the scheduler did: claims and their ledger."""
