"""How long the link of a message opens the way to what was sent."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PURPOSE = "analyses.received"
LINK_LIVES = timedelta(days=30)
"""At most so long, however long the permission lasts: after that she signs in as always."""


def link_ends(issued_at: datetime, valid_to: date, zone: str) -> datetime:
    """When the link stops opening: with the permission's last day, or earlier."""
    after = datetime.combine(valid_to + timedelta(days=1), time(), ZoneInfo(zone))
    return min(issued_at + LINK_LIVES, after)
