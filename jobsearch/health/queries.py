"""What is asked to know how the installation is; nothing of it is about people."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.health.rules import Finding, Signs, judge
from jobsearch.jobs.queries import Standing, last_seconds, seen_at, standings
from jobsearch.notices.delivery.queries import count_states
from jobsearch.notices.delivery.rules import MessageState
from jobsearch.notices.models import Message

log = logging.getLogger("jobsearch.health")


def ask_database() -> None:
    """Ask the database for nothing. Raises when it does not answer."""
    db.session.connection().execute(select(1))


def findings(*, sends: bool) -> list[Finding]:
    """How each part of the installation is; `sends` says whether messages leave the house."""
    return judge(_signs(standings(), sends=sends), now())


def _signs(jobs: Sequence[Standing], *, sends: bool) -> Signs:
    both = select(seen_at().scalar_subquery(), _waiting_since().scalar_subquery())
    seen, waiting = db.session.execute(both).one()
    return Signs(
        scheduler_seen_at=seen,
        failing=[one.job.name for one in jobs if one.is_failing],
        overdue=[one.job.name for one in jobs if one.is_overdue],
        waiting_since=waiting,
        sends=sends,
    )


def waiting_since() -> datetime | None:
    """Since when the oldest message waits that may go: its time has come, and it is not quiet."""
    return db.session.scalar(_waiting_since())


def _waiting_since() -> Select[datetime]:
    at = now()
    since = func.coalesce(Message.send_after, Message.created_at)
    may_go = or_(Message.tries > 0, Message.next_try_at.is_(None), Message.next_try_at <= at)
    return select(func.min(since)).where(
        and_(Message.state == MessageState.WAITING, may_go),
        or_(Message.send_after.is_(None), Message.send_after <= at),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """The installation in figures, as Prometheus asks for them: its parts, jobs and outbox."""

    findings: list[Finding]
    scheduler_seen_at: datetime | None
    waiting_since: datetime | None
    jobs: list[Standing]
    seconds: Mapping[str, int]
    messages: Mapping[MessageState, int]


def figures(*, sends: bool) -> Figures:
    """Everything that the metrics say of the database's side of things."""
    jobs = standings()
    signs = _signs(jobs, sends=sends)
    return Figures(
        findings=judge(signs, now()),
        scheduler_seen_at=signs.scheduler_seen_at,
        waiting_since=signs.waiting_since,
        jobs=jobs,
        seconds=last_seconds(),
        messages=count_states(),
    )


def look(*, sends: bool) -> Figures | None:
    """The same in a transaction of its own; None when the database does not answer."""
    try:
        with unit_of_work(whole_installation("health"), read_only=True):
            return figures(sends=sends)
    except SQLAlchemyError:
        log.exception("the database does not answer")
        return None
