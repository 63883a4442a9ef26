"""What is well and what is not: pure judgement over a few signs, none of them about people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobsearch.core.text import mark as N_

SCHEDULER_SILENT = timedelta(seconds=90)
OUTBOX_OLD = timedelta(minutes=15)


class Part(StrEnum):
    """A part of the installation that is well or not."""

    DATABASE = "database"
    SCHEDULER = "scheduler"
    JOBS = "jobs"
    OUTBOX = "outbox"


PART_NAMES: dict[Part, str] = {
    Part.DATABASE: N_("Database"),
    Part.SCHEDULER: N_("Scheduler"),
    Part.JOBS: N_("Jobs"),
    Part.OUTBOX: N_("Messages"),
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen: when a scheduler lived last, jobs that fail or are late, the oldest message.

    `waiting_since` is since when the oldest message that may go waits; None when none does.
    `sends` is whether there is a server that takes messages.
    """

    scheduler_seen_at: datetime | None
    failing: Sequence[str]
    overdue: Sequence[str]
    waiting_since: datetime | None
    sends: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, whether it is well, and a marked sentence about it with its count."""

    part: Part
    is_well: bool
    message: str
    count: int = 0


def judge(signs: Signs, now: datetime) -> list[Finding]:
    """How each part is. That there are signs at all says that the database answers."""
    return [
        Finding(Part.DATABASE, True, N_("The database answers.")),
        _scheduler(signs, now),
        _jobs(signs),
        _outbox(signs, now),
    ]


def is_well(findings: Sequence[Finding]) -> bool:
    """Whether everything is well."""
    return all(finding.is_well for finding in findings)


def is_alive(seen_at: datetime | None, now: datetime) -> bool:
    """Whether a scheduler lives; a sign from the future is of a clock that has been set back."""
    return seen_at is not None and abs(now - seen_at) <= SCHEDULER_SILENT


def _scheduler(signs: Signs, now: datetime) -> Finding:
    if is_alive(signs.scheduler_seen_at, now):
        return Finding(Part.SCHEDULER, True, N_("The scheduler is at work."))
    if signs.scheduler_seen_at is None:
        return Finding(Part.SCHEDULER, False, N_("No scheduler is running. Start it."))
    minutes = max(1, int(abs(now - signs.scheduler_seen_at).total_seconds()) // 60)
    silent = N_("The scheduler has been silent for minutes: %(count)s. Start it again.")
    return Finding(Part.SCHEDULER, False, silent, minutes)


def _jobs(signs: Signs) -> Finding:
    if signs.failing:
        failed = N_("Jobs that failed last time: %(count)s. The page of jobs says which.")
        return Finding(Part.JOBS, False, failed, len(signs.failing))
    if signs.overdue:
        late = N_("Jobs that are late: %(count)s. The page of jobs says which.")
        return Finding(Part.JOBS, False, late, len(signs.overdue))
    return Finding(Part.JOBS, True, N_("Every job has done its work."))


def _outbox(signs: Signs, now: datetime) -> Finding:
    if not signs.sends:
        return Finding(Part.OUTBOX, True, N_("No messages are sent: no mail server is set."))
    if signs.waiting_since is None or now - signs.waiting_since <= OUTBOX_OLD:
        return Finding(Part.OUTBOX, True, N_("Messages go out."))
    minutes = int((now - signs.waiting_since).total_seconds()) // 60
    old = N_("The oldest message has waited for minutes: %(count)s. Does the mail server answer?")
    return Finding(Part.OUTBOX, False, old, minutes)
