"""Who needs a word today, and why in plain words."""
