"""A candidate books, moves and cancels her place in an info session by a personal link."""
