"""Two days before an info session and on its morning, everyone who holds a place is reminded."""
