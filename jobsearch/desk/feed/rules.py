"""What stands in a person's calendar, and when: the clock on the programme's wall counts."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PURPOSE = "desk.calendar"
"""What the link of a feed is for; its subject is the membership whose days it shows."""
KEPT_DAYS = 60
"""How long a day that is over stays in the feed."""


def instant_of(day: date, minute: int, zone: str) -> datetime:
    """The instant at which the clock on a zone's wall shows a minute of a day.

    A day of work begins at nine before and after a clock change.
    """
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    return midnight + timedelta(minutes=minute)  # on the wall's clock, as the zone is attached
