"""Who is whose municipal coach, from a day on: begun, ended, moved and counted."""
