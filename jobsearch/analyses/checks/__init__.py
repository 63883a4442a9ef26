"""A look through the free text of an analysis for what does not belong in it."""
