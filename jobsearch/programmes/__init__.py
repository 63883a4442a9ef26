"""What is offered: pay terms, templates of weeks, days and blocks."""
