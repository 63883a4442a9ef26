"""What nobody has marked, set or written yet."""
