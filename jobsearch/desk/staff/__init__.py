"""The start pages of those who work with participants."""
