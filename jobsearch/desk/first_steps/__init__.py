"""What a new provider does first, in order, with what is done already."""
