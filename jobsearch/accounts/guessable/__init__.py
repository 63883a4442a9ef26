"""Which passwords are guessed first: the common ones, and words that everybody here knows."""
