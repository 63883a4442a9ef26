"""What a municipal coach may ask: the releases whose live consent names her, and nothing else."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import contains_eager

from jobsearch.accounts.codes.queries import address_digests
from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.models import Account, SignIn
from jobsearch.analyses.models import Analysis, Release
from jobsearch.analyses.releases.rules import Closed, Facts, ReleaseClosed, why_closed
from jobsearch.analyses.sheet import Issued
from jobsearch.consents.links.queries import coaches_since_consent
from jobsearch.consents.models import Consent
from jobsearch.consents.queries import live_on, visible_participants
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core import files
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person


def consented(day: date) -> ColumnElement[bool]:
    """A consent to this edition of this analysis, for this recipient, lives on the day."""
    is_there = exists().where(Analysis.id == Release.analysis_id, Analysis.erased_at.is_(None))
    return and_(
        is_there.correlate(Release),
        Consent.purpose == ConsentPurpose.ANALYSIS,
        Consent.person_id == Release.person_id,
        Consent.subject_id == Release.analysis_id,
        Consent.subject_version == Release.edition,
        Consent.recipient_id == Release.recipient_id,
        Release.erased_at.is_(None),
        *live_on(day),
    )


def coached(day: date) -> ColumnElement[bool]:
    """The recipient is the person's municipal coach since the consent, and still works as one."""
    return coaches_since_consent(Release.person_id, Release.recipient_id, day)


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
    there = went_to in address_digests(Address(email=named))
    return release, Facts(bool(consents), bool(coaches), named, email, way, there)


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
