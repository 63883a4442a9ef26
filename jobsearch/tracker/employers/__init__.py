"""A person's own register of employers."""
