"""A run in the books: its journal, items for other systems, and its sums compared."""
