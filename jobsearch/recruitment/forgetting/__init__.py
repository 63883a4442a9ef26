"""Who was not selected is forgotten; the figures stay."""
