"""What became of a message: handed over, delivered, refused, and addresses that fail."""
