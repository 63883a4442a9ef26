"""Work that was found before the first day: an outcome of its own kind."""
