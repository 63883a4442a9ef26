"""What of an inbox is shown, and when a permission is said to end soon."""

from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=14)
"""Long enough to ask for a longer permission and to get an answer."""


class Show(StrEnum):
    """What of the inbox is shown."""

    ALL = "all"
    NEW = "new"
    OPENED = "opened"
    ENDING = "ending"


def shown_by(text: str) -> Show:
    """What an address asks for; anything unknown is everything."""
    try:
        return Show(text)
    except ValueError:
        return Show.ALL


def ends_soon(valid_to: date, today: date) -> bool:
    """Whether a permission ends within two weeks."""
    return valid_to - today <= SOON
