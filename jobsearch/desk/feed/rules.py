"""What a personal calendar is for, and how long it remembers."""

PURPOSE = "desk.calendar"
"""What the link of a feed is for; its subject is the membership whose days it shows."""
KEPT_DAYS = 60
"""How long a day that is over stays in the feed."""
