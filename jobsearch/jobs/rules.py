"""When a job's turn is: pure arithmetic on instants."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one job: the same for every scheduler that comes to it."""

    job: str
    due_at: datetime


def turn_of(job: str, every: timedelta, now: datetime) -> Turn:
    """The turn that `now` falls into; turns are counted from the epoch, in UTC.

    Whatever the clock on the wall does in spring and autumn, no turn comes twice.
    """
    seconds = int(every.total_seconds())
    start = int(now.timestamp()) // seconds * seconds
    return Turn(job, datetime.fromtimestamp(start, UTC))
