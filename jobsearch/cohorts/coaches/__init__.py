"""Whose groups they are, and how they go to another coach."""
