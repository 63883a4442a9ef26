"""Surveys as they are prepared and sent, and the job that shows what has closed."""
