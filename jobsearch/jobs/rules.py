"""When a job's turn is: pure arithmetic on instants and on the clock on the wall."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY = 0
ZONE = ZoneInfo("Europe/Helsinki")
CHANGING_HOUR = 3
"""The hour that is missing on a Sunday in March and comes twice on one in October."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that comes by itself: every so often, or at a time of the wall's clock.

    `title` is a marked sentence for the operator's page. `work` opens its own units of work, is
    harmless when it runs twice and says shortly what it did (see `Outcome`). A turn that was missed
    is done when a scheduler is there again: only the latest one, and none that is later than
    `at_latest`. Times from 03.00 to 03.59 are refused: that hour is missing once a year and comes
    twice once a year.
    """

    name: str
    _: KW_ONLY
    title: str
    work: Callable[[], str]
    every: timedelta | None = None
    daily_at: time | None = None
    weekly_at: tuple[int, time] | None = None
    at_latest: timedelta | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a job that has no turn, two kinds of turns, or a forbidden one."""
        given = [self.every, self.daily_at, self.weekly_at]
        if sum(kind is not None for kind in given) != 1:
            raise ValueError(f"{self.name}: say one of every, daily_at and weekly_at")
        if not self.title or not 0 < len(self.name) <= _LONGEST_NAME:
            raise ValueError(f"{self.name!r}: a job has a short name and a title")
        if self.every is not None and not timedelta(seconds=5) <= self.every <= _DAY:
            raise ValueError(f"{self.name}: between every 5 seconds and every day")
        if self.weekly_at is not None and self.weekly_at[0] not in range(7):
            raise ValueError(f"{self.name}: Monday is 0 and Sunday 6")
        at = self.time_of_day
        if at is not None and (at.hour == CHANGING_HOUR or at.tzinfo is not None):
            raise ValueError(f"{self.name}: a local time outside of 03.00-03.59")

    @property
    def time_of_day(self) -> time | None:
        """When on the wall's clock it comes, if it goes by that."""
        return self.daily_at if self.weekly_at is None else self.weekly_at[1]

    @property
    def period(self) -> timedelta:
        """About how long it is from one turn to the next."""
        return self.every or (_DAY if self.weekly_at is None else _WEEK)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one job: the same for every scheduler that comes to it."""

    job: str
    due_at: datetime


class Outcome(str):
    """What a turn did: a marked sentence with its gaps, so that it reads in every language.

    `Outcome(N_("Sent: %(count)s"), count=3)`; wherever a text is wanted it is the English one.
    """

    message: str
    gaps: dict[str, str | int]
    __slots__ = ("gaps", "message")

    def __new__(cls, message: str, **gaps: str | int) -> "Outcome":
        """Say it in English, and keep the sentence and its gaps beside it."""
        said = super().__new__(cls, message % gaps if gaps else message)
        said.message, said.gaps = message, gaps
        return said


def latest_due(job: Job, now: datetime) -> datetime:
    """The newest instant, at or before `now`, at which the job was due; in UTC.

    Turns of `every` are counted from the epoch, so that no change of the wall's clock moves them;
    the others come once on each local day (or on one day of each week).
    """
    if job.every is not None:
        seconds = int(job.every.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
    day = now.astimezone(ZONE).date()
    if job.weekly_at is not None:
        day -= timedelta(days=(day.weekday() - job.weekly_at[0]) % 7)
    due = datetime.combine(day, job.time_of_day or time(), ZONE).astimezone(UTC)
    if due > now:
        day -= job.period
        due = datetime.combine(day, job.time_of_day or time(), ZONE).astimezone(UTC)
    return due


def next_due(job: Job, now: datetime) -> datetime:
    """The first instant after `now` at which the job is due; in UTC."""
    # an hour more than the period: a day of 25 hours lies between the two
    if job.every is not None:
        return latest_due(job, now) + job.every
    return latest_due(job, latest_due(job, now) + job.period + timedelta(hours=1))


def is_too_late(job: Job, due_at: datetime, now: datetime) -> bool:
    """Whether a missed turn is let go."""
    return job.at_latest is not None and now - due_at > job.at_latest
