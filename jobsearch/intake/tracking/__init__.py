"""A tracker workbook taken in: cohorts, people in them, hours, goals and actions."""
