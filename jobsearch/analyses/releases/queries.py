"""What a municipal coach may ask: the releases whose live consent names her, and nothing else."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import contains_eager

from jobsearch.accounts.codes.queries import address_digest
from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.queries import DOWNLOADED, LOOKED
from jobsearch.analyses.releases.rules import Closed, Facts, ReleaseClosed, why_closed
from jobsearch.analyses.sheet import Issued
from jobsearch.audit.models import AccessEntry
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.consents.models import CoachLink, Consent
from jobsearch.consents.queries import live_on, visible_participants
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core import files
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person

SOON = timedelta(days=7)
MOST = 200


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


def consented(day: date) -> ColumnElement[bool]:
    """A consent to this edition of this analysis, for this recipient, lives on the day."""
    return and_(
        Consent.purpose == ConsentPurpose.ANALYSIS,
        Consent.person_id == Release.person_id,
        Consent.subject_id == Release.analysis_id,
        Consent.subject_version == Release.edition,
        Consent.recipient_id == Release.recipient_id,
        Release.erased_at.is_(None),
        *live_on(day),
    )


def coached(day: date) -> ColumnElement[bool]:
    """The recipient is the person's municipal coach on the day and still works as one."""
    is_hers = exists().where(
        CoachLink.person_id == Release.person_id,
        CoachLink.account_id == Release.recipient_id,
        CoachLink.valid_from <= day,
        CoachLink.valid_to.is_(None) | (CoachLink.valid_to >= day),
    )
    works = exists().where(
        Membership.account_id == Release.recipient_id,
        Membership.role == Role.MUNICIPAL_COACH,
        Membership.ended_at.is_(None),
    )
    return and_(is_hers, works)


def open_to(actor: Actor, day: date, *columns: Any) -> Any:
    """A statement over the releases that the actor may read on the day; nothing else is hers."""
    return (
        select(*columns)
        .select_from(Release)
        .join(Consent, Consent.id == Release.consent_id)
        .join(Person, Person.id == Release.person_id)
        .where(
            Release.recipient_id == actor.account_id,
            Release.person_id.in_(visible_participants(actor, day)),
            consented(day),
            coached(day),
        )
    )


def list_received(actor: Actor) -> list[Received]:
    """What is open to the actor today, newest first."""
    day = today(actor.zone)
    opened = exists().where(
        AccessEntry.account_id == actor.account_id,
        AccessEntry.person_id == Release.person_id,
        AccessEntry.refused.is_(False),
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
    sha256: str
    edition: int
    released_at: datetime
    valid_to: date
    days_left: int
    issued: Issued


def get_release(actor: Actor, release_id: str) -> OpenRelease:
    """A release under a live consent that names the actor, who is still the person's coach.

    She must have signed in by a code to the address that the consent names. Raises ReleaseClosed
    when it was hers to read once or will be after a code, NotVisible when it never was.
    """
    day = today(actor.zone)
    found, facts = _hers(actor, release_id, day)
    why = why_closed(facts)
    if why is not None:
        raise ReleaseClosed(why, found.id, found.person_id, facts.named_address)
    return OpenRelease(
        release_id=found.id,
        person_id=found.person_id,
        file_id=found.file_id or "",
        sha256=found.sha256,
        edition=found.edition,
        released_at=found.released_at,
        valid_to=found.consent.valid_to,
        days_left=(found.consent.valid_to - day).days,
        issued=Issued.load(found.content),
    )


def _hers(actor: Actor, release_id: str, day: date) -> tuple[Release, Facts]:
    """A release that was ever sent to the actor, and what is known of it. Raises NotVisible."""
    statement = (
        select(
            Release, consented(day), coached(day), Account.email, SignIn.way, SignIn.address_digest
        )
        .join(Consent, Consent.id == Release.consent_id)
        .join(Account, Account.id == Release.recipient_id)
        .outerjoin(
            SignIn,
            and_(SignIn.id == actor.sign_in_id, SignIn.membership_id == actor.membership_id),
        )
        .options(contains_eager(Release.consent))
        .where(Release.id == release_id, Release.recipient_id == actor.account_id)
    )
    row = db.session.execute(statement).first()
    if row is None or actor.role is not Role.MUNICIPAL_COACH:
        raise NotVisible
    release, consents, coaches, email, way, went_to = row
    named = release.consent.recipient_address
    there = address_digest(Address(email=named))
    return release, Facts(bool(consents), bool(coaches), named, email, way, went_to == there)


def find_closed(actor: Actor, release_id: str) -> ReleaseClosed | None:
    """Why a release of the actor's does not open now; None when it does. Raises NotVisible."""
    try:
        get_release(actor, release_id)
    except ReleaseClosed as closed:
        return closed
    return None


def open_paper(actor: Actor, release_id: str) -> tuple[OpenRelease, bytes]:
    """A release with the very bytes that went. Raises as `get_release`, and for other bytes."""
    opened = get_release(actor, release_id)
    changed = ReleaseClosed(Closed.CHANGED, opened.release_id, opened.person_id)
    try:
        stored = files.get(opened.file_id)
    except NotVisible:
        raise changed from None
    if hashlib.sha256(stored.content).hexdigest() != opened.sha256:
        raise changed
    return opened, stored.content
