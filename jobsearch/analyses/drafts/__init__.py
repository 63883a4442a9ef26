"""What somebody has typed into a section and not saved yet: kept for its writer alone."""
