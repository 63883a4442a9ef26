"""Who came to an info session, marked in one pass that can be taken back."""
