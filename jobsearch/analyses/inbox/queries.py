"""What is asked for an inbox: what is open to its reader today, page by page, and how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select
from sqlalchemy.orm import aliased

from jobsearch.accounts.models import Account
from jobsearch.analyses.inbox.rules import SOON, Show, ends_soon
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.queries import DOWNLOADED, LOOKED
from jobsearch.analyses.releases.queries import open_to
from jobsearch.audit.models import AccessEntry
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.consents.models import Consent
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.people.models import Person

PAGE = 25


@dataclass(frozen=True, slots=True)
class Received:
    """One analysis in the inbox; `replaces_at` is when the edition before it had come."""

    release_id: str
    name: str
    cohort_name: str
    starts_on: date
    ends_on: date
    coach_name: str
    released_at: datetime
    valid_to: date
    days_left: int
    first_opened_at: datetime | None
    replaces_at: datetime | None
    ends_soon: bool

    @property
    def is_new(self) -> bool:
        """Whether the reader has not opened it."""
        return self.first_opened_at is None


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of the inbox, and how many there are of each kind.

    `ended` are those that were open to the reader once; whose they were is no longer hers to see.
    """

    lines: list[Received]
    counts: Mapping[Show, int]
    ended: int
    show: Show
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are of what is shown."""
        return max(1, -(-self.counts[self.show] // PAGE))


def first_opened(account_id: str) -> ScalarSelect[datetime]:
    """When this account first opened or saved a release, if it did."""
    return (
        select(func.min(AccessEntry.at))
        .where(
            AccessEntry.account_id == account_id,
            AccessEntry.person_id == Release.person_id,
            AccessEntry.what.in_((LOOKED + Release.id, DOWNLOADED + Release.id)),
            AccessEntry.refused.is_(False),
        )
        .correlate(Release)
        .scalar_subquery()
    )


def show_inbox(actor: Actor, show: Show = Show.ALL, page: int = 1) -> Inbox:
    """What is open to the actor today, newest first; three statements however much it is."""
    counts = count_inbox(actor)
    sent = select(func.count(Release.id)).where(Release.recipient_id == actor.account_id)
    ended = (db.session.scalar(sent) or 0) - counts[Show.ALL]
    return Inbox(_list_lines(actor, show, page), counts, ended, show, page)


def find_newer(actor: Actor, release_id: str) -> str | None:
    """The edition that is open to the actor in place of one that she had and cannot read now."""
    had = select(Release.analysis_id).where(
        Release.id == release_id, Release.recipient_id == actor.account_id
    )
    statement = (
        open_to(actor, today(actor.zone), Release.id)
        .where(Release.analysis_id.in_(had), Release.id != release_id)
        .order_by(Release.released_at.desc(), Release.id)
    )
    found: str | None = db.session.scalars(statement).first()
    return found


def count_inbox(actor: Actor) -> Mapping[Show, int]:
    """How much of each kind is open to the actor today."""
    day = today(actor.zone)
    of_each = (_are(show, actor, day) for show in Show)
    columns = (func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in of_each)
    row = db.session.execute(open_to(actor, day, *columns)).one()
    return {show: int(count) for show, count in zip(Show, row, strict=True)}


def _are(show: Show, actor: Actor, day: date) -> ColumnElement[bool]:
    return {
        Show.ALL: Release.id.is_not(None),
        Show.NEW: first_opened(actor.account_id).is_(None),
        Show.OPENED: first_opened(actor.account_id).is_not(None),
        Show.ENDING: Consent.valid_to <= day + SOON,
    }[show]


def _list_lines(actor: Actor, show: Show, page: int) -> list[Received]:
    day = today(actor.zone)
    earlier = aliased(Release)
    replaced = (
        select(func.max(earlier.released_at))
        .where(
            earlier.analysis_id == Release.analysis_id,
            earlier.recipient_id == actor.account_id,
            earlier.released_at < Release.released_at,
        )
        .correlate(Release)
        .scalar_subquery()
    )
    columns = (
        Release.id,
        Person,
        Cohort,
        Account.name,
        Release.released_at,
        Consent.valid_to,
        first_opened(actor.account_id),
        replaced,
    )
    rows = db.session.execute(
        open_to(actor, day, *columns)
        .join(Analysis, Analysis.id == Release.analysis_id)
        .join(Enrolment, Enrolment.id == Analysis.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Account, Account.id == Analysis.written_by_id)
        .where(_are(show, actor, day))
        .order_by(Release.released_at.desc(), Release.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [_line(row, day) for row in rows]


def _line(row: Any, day: date) -> Received:
    release_id, person, cohort, coach, released_at, valid_to, opened_at, replaces_at = row
    return Received(
        release_id=release_id,
        name=person.full_name,
        cohort_name=cohort.name,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        coach_name=coach,
        released_at=released_at,
        valid_to=valid_to,
        days_left=(valid_to - day).days,
        first_opened_at=opened_at,
        replaces_at=replaces_at,
        ends_soon=ends_soon(valid_to, day),
    )
