"""What a municipal coach may ask: the releases whose live consent names her, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.queries import DOWNLOADED, LOOKED
from jobsearch.analyses.sheet import Issued
from jobsearch.audit.models import AccessEntry
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.consents.models import Consent
from jobsearch.consents.queries import live_on, visible_participants
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person

SOON = timedelta(days=7)
MOST = 200


class PermissionEnded(NotVisible):
    """It was sent to this reader once; the permission was taken back or ran out."""


@dataclass(frozen=True, slots=True)
class Received:
    """One analysis in the inbox."""

    release_id: str
    name: str
    cohort_name: str
    starts_on: date
    ends_on: date
    coach_name: str
    released_at: datetime
    valid_to: date
    days_left: int
    is_new: bool

    @property
    def ends_soon(self) -> bool:
        """Whether the permission ends within a week."""
        return self.days_left <= SOON.days


def open_to(actor: Actor, day: date, *columns: Any) -> Any:
    """A statement over the releases that the actor may read on the day; nothing else is hers."""
    return (
        select(*columns)
        .select_from(Release)
        .join(Consent, Consent.id == Release.consent_id)
        .join(Person, Person.id == Release.person_id)
        .where(
            Release.recipient_id == actor.account_id,
            Consent.recipient_id == actor.account_id,
            Consent.purpose == ConsentPurpose.ANALYSIS,
            Consent.subject_id == Release.analysis_id,
            Release.person_id.in_(visible_participants(actor, day)),
            *live_on(day),
        )
    )


def list_received(actor: Actor) -> list[Received]:
    """What is open to the actor today, newest first."""
    day = today(actor.zone)
    opened = exists().where(
        AccessEntry.account_id == actor.account_id,
        AccessEntry.person_id == Release.person_id,
        AccessEntry.what.in_((LOOKED + Release.id, DOWNLOADED + Release.id)),
    )
    columns = (
        Release.id,
        Person.given_name,
        Person.family_name,
        Cohort.name,
        Cohort.starts_on,
        Cohort.ends_on,
        Account.name,
        Release.released_at,
        Consent.valid_to,
        opened,
    )
    rows = db.session.execute(
        open_to(actor, day, *columns)
        .join(Analysis, Analysis.id == Release.analysis_id)
        .join(Enrolment, Enrolment.id == Analysis.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Account, Account.id == Analysis.written_by_id)
        .order_by(Release.released_at.desc(), Release.id)
        .limit(MOST)
    )
    return [_received(row, day) for row in rows]


def _received(row: Any, day: date) -> Received:
    release_id, given, family, cohort, starts, ends, coach, released_at, valid_to, opened = row
    return Received(
        release_id=release_id,
        name=f"{given} {family}".strip(),
        cohort_name=cohort,
        starts_on=starts,
        ends_on=ends,
        coach_name=coach,
        released_at=released_at,
        valid_to=valid_to,
        days_left=(valid_to - day).days,
        is_new=not opened,
    )


def count_ended(actor: Actor) -> int:
    """How many analyses were open to the actor once; whose they were is no longer hers to see."""
    sent = select(func.count(Release.id)).where(Release.recipient_id == actor.account_id)
    live = open_to(actor, today(actor.zone), func.count(Release.id))
    return int(db.session.scalar(sent) or 0) - int(db.session.scalar(live) or 0)


@dataclass(frozen=True, slots=True)
class OpenRelease:
    """One release that the actor may read now."""

    release_id: str
    person_id: str
    file_id: str
    edition: int
    released_at: datetime
    valid_to: date
    days_left: int
    issued: Issued


def get_release(actor: Actor, release_id: str) -> OpenRelease:
    """A release under a live consent that names the actor.

    Raises PermissionEnded when it was hers to read once, NotVisible when it never was.
    """
    day = today(actor.zone)
    statement = (
        open_to(actor, day, Release)
        .options(joinedload(Release.consent))
        .where(Release.id == release_id)
    )
    found = db.session.scalar(statement)
    if not isinstance(found, Release):
        raise _why_closed(actor, release_id)
    return OpenRelease(
        release_id=found.id,
        person_id=found.person_id,
        file_id=found.file_id,
        edition=found.edition,
        released_at=found.released_at,
        valid_to=found.consent.valid_to,
        days_left=(found.consent.valid_to - day).days,
        issued=Issued.load(found.content),
    )


def _why_closed(actor: Actor, release_id: str) -> NotVisible:
    once = select(Release.id).where(
        Release.id == release_id, Release.recipient_id == actor.account_id
    )
    return PermissionEnded() if db.session.scalar(once) else NotVisible()
