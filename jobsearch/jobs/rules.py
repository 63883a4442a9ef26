"""When a job's turn is and whose it is: pure arithmetic on instants and on the wall's clock."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

MONDAY = 0
ZONE = ZoneInfo("Europe/Helsinki")
CHANGING_HOUR = 3
"""The hour that is missing on a Sunday in March and comes twice on one in October."""

LEASE = timedelta(seconds=90)
"""How long a turn is held; whoever works on it says so again all the time (see `scheduler`)."""

MOST_TRIES = 3
RETRY_AFTER = timedelta(minutes=10)

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_HOUR = timedelta(hours=1)
_LONGEST_NAME = 60


class RunState(StrEnum):
    """Where a turn is: asked for by the operator, being done, done, or failed."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


NEXT_STATES: dict[RunState, frozenset[RunState]] = {
    RunState.WAITING: frozenset({RunState.RUNNING}),
    RunState.RUNNING: frozenset({RunState.DONE, RunState.FAILED, RunState.RUNNING}),
    RunState.FAILED: frozenset({RunState.RUNNING}),
    RunState.DONE: frozenset(),
}
"""A turn whose scheduler died is taken up again: from running to running. Done is done."""


class Rhythm(Protocol):
    """How often something comes; exactly one of the three is set."""

    @property
    def every(self) -> timedelta | None:
        """So often, counted in UTC."""

    @property
    def daily_at(self) -> time | None:
        """Once on each local day."""

    @property
    def weekly_at(self) -> tuple[int, time] | None:
        """Once on one local day of each week."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that comes by itself: every so often, or at a time of the wall's clock.

    `title` is a marked sentence for the operator's page. `work` opens its own units of work, is
    harmless when it runs twice and says shortly what it did (see `core.text.Outcome`). A turn that
    was missed is done when a scheduler is there again: only the latest one, and none that is later
    than `at_latest`. Times from 03.00 to 03.59 are refused: that hour is missing once a year and
    comes twice once a year.
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
        at = time_of_day(self)
        if at is not None and (at.hour == CHANGING_HOUR or at.tzinfo is not None):
            raise ValueError(f"{self.name}: a local time outside of 03.00-03.59")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one job: the same for every scheduler that comes to it.

    `lap` is how often the clock has been set back by more than a job can overlook: the hours after
    that come again, and their turns are others than those of the first time.
    """

    job: str
    due_at: datetime
    lap: int = 0


def time_of_day(rhythm: Rhythm) -> time | None:
    """When on the wall's clock something comes, if it goes by that."""
    return rhythm.daily_at if rhythm.weekly_at is None else rhythm.weekly_at[1]


def period_of(rhythm: Rhythm) -> timedelta:
    """About how long it is from one turn to the next."""
    return rhythm.every or (_DAY if rhythm.weekly_at is None else _WEEK)


def latest_due(rhythm: Rhythm, now: datetime) -> datetime:
    """The newest instant, at or before `now`, at which it was due; in UTC.

    Turns of `every` are counted from the epoch, so that no change of the wall's clock moves them;
    the others come once on each local day (or on one day of each week).
    """
    if rhythm.every is not None:
        seconds = int(rhythm.every.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
    day = now.astimezone(ZONE).date()
    if rhythm.weekly_at is not None:
        day -= timedelta(days=(day.weekday() - rhythm.weekly_at[0]) % 7)
    at = time_of_day(rhythm) or time()
    due = datetime.combine(day, at, ZONE).astimezone(UTC)
    if due > now:
        due = datetime.combine(day - period_of(rhythm), at, ZONE).astimezone(UTC)
    return due


def next_due(rhythm: Rhythm, now: datetime) -> datetime:
    """The first instant after `now` at which it is due; in UTC."""
    if rhythm.every is not None:
        return latest_due(rhythm, now) + rhythm.every
    # an hour more than the period: a day of 25 hours lies between the two
    return latest_due(rhythm, latest_due(rhythm, now) + period_of(rhythm) + _HOUR)


def turn_to_take(job: Job, last: Turn | None, now: datetime) -> Turn | None:
    """The turn that is due now, after the last one that was taken; None when there is none.

    Of all that was missed only the latest is done. When the last one lies further ahead than two
    schedulers' clocks can differ, the clock has been set back: what comes every so often goes on
    in a new lap, and what comes once a day waits for the day after, as it was done today.
    """
    due = latest_due(job, now)
    if job.at_latest is not None and now - due > job.at_latest:
        return None
    if last is None or last.due_at < due:
        return Turn(job.name, due, last.lap if last else 0)
    if last.due_at - due > _overlooked(job):
        return Turn(job.name, due, last.lap + 1)
    return None


def _overlooked(rhythm: Rhythm) -> timedelta:
    if rhythm.every is None:
        return period_of(rhythm) + _DAY
    return max(2 * rhythm.every, timedelta(minutes=2))


def is_held(held_until: datetime | None, now: datetime) -> bool:
    """Whether somebody works on a turn; a hold that reaches too far is of a clock set back."""
    return held_until is not None and now <= held_until <= now + 2 * LEASE


def retry_at(job: Rhythm, tries: int, now: datetime) -> datetime | None:
    """When a failed turn is tried again; what comes more often than hourly waits for its next."""
    if tries >= MOST_TRIES or period_of(job) < _HOUR:
        return None
    return now + RETRY_AFTER


def is_overdue(rhythm: Rhythm, done_at: datetime | None, known_at: datetime, now: datetime) -> bool:
    """Whether a job is clearly late: its last good turn is older than two turns and two retries.

    `done_at` is when it last ended well, `known_at` since when a scheduler has it.
    """
    return now - (done_at or known_at) > 2 * (period_of(rhythm) + RETRY_AFTER)
