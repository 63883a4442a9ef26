"""A participant's own bonuses."""
