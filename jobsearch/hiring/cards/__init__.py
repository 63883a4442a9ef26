"""A person's tax cards for the clerk: enter one, put one right, and what has counted against it."""
