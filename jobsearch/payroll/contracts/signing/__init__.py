"""Both sides sign a contract; the last signature puts it in force."""
