"""Info sessions: where candidates hear what it is about, and who comes to them."""
