"""The morning as it runs: the board."""
