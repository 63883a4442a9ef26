"""The participant's own timetable."""
