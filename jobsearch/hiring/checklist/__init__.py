"""What must be in order before a person's first day, who does it and by when."""
