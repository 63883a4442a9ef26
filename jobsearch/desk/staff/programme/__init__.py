"""What is on today: meetings, the work between them, talks and info sessions."""
