"""A person's own list of actions, and what her coach logged for her."""
