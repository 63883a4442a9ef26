"""What time it is; nothing else in the house asks."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HOME = "Europe/Helsinki"


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str = HOME) -> date:
    """The date on the wall of the programme's zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def local(instant: datetime, zone: str = HOME) -> datetime:
    """An instant as the clock on the wall of a zone shows it."""
    return instant.astimezone(ZoneInfo(zone))
