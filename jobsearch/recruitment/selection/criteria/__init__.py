"""The criteria by which a programme selects, in editions that a decision freezes."""
