"""What is asked of consents, and the one function that says whose rows an actor may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, select, true
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import Way
from jobsearch.consents.models import CoachLink, Consent, ConsentWithdrawal
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import connection, db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import Organisation
from jobsearch.people.models import Person

_STAFF = frozenset({Role.MANAGER, Role.COACH, Role.PAYROLL_CLERK})


def providers_open_to(account_id: str) -> frozenset[str]:
    """The providers that hold a link or a consent naming this municipal coach: her tenant scope.

    Asked before the session has a scope; every row is narrowed again by `visible_participants`.
    """
    links = select(CoachLink.organisation_id).where(CoachLink.account_id == account_id)
    consents = select(Consent.organisation_id).where(Consent.recipient_id == account_id)
    rows = connection().execute(links.union(consents))
    return frozenset(str(row[0]) for row in rows)


def visible_participants(actor: Actor, today: date) -> Select[str]:
    """The ids of the persons whose rows this actor may see at all.

    Staff see their provider's (the tenant filter holds that), a participant herself, a municipal
    coach those whose live consent names her; an operator nobody.
    """
    return select(Person.id).where(_visible(actor, today))


def _visible(actor: Actor, today: date) -> ColumnElement[bool]:
    if actor.role in _STAFF:
        return true()
    if actor.role is Role.PARTICIPANT and actor.person_id is not None:
        return Person.id == actor.person_id
    if actor.role is Role.MUNICIPAL_COACH:
        return exists().where(
            Consent.person_id == Person.id,
            Consent.recipient_id == actor.account_id,
            *live_on(today),
        )
    return false()


def live_on(today: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a consent opens something on the day."""
    return (
        Consent.given_on <= today,
        Consent.valid_to >= today,
        ~exists().where(ConsentWithdrawal.consent_id == Consent.id),
    )


def is_person_visible(actor: Actor, person_id: str, today: date) -> bool:
    """Whether the actor may see this person's rows at all."""
    statement = visible_participants(actor, today).where(Person.id == person_id)
    return db.session.scalar(statement) is not None


def get_consent(consent_id: str) -> Consent:
    """The consent with its withdrawal. Raises NotVisible."""
    statement = (
        select(Consent).options(selectinload(Consent.withdrawal)).where(Consent.id == consent_id)
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def is_live(consent_id: str, today: date) -> bool:
    """Whether a consent still opens anything."""
    statement = select(Consent.id).where(Consent.id == consent_id, *live_on(today))
    return db.session.scalar(statement) is not None


def find_coach_link(person_id: str, today: date) -> CoachLink | None:
    """The person's municipal coach of the day, with her account."""
    statement = link_of_day(person_id, today).options(joinedload(CoachLink.account))
    return db.session.scalars(statement).first()


def link_of_day(person_id: str, today: date) -> Select[CoachLink]:
    """The link that says who is the person's municipal coach on the day."""
    return (
        select(CoachLink)
        .where(CoachLink.person_id == person_id, CoachLink.valid_from <= today)
        .where((CoachLink.valid_to.is_(None)) | (CoachLink.valid_to >= today))
        .order_by(CoachLink.valid_from.desc(), CoachLink.id)
        .limit(1)
    )


def find_live_consent(
    person_id: str, purpose: ConsentPurpose, subject_id: str, today: date
) -> Consent | None:
    """The person's consent for this purpose and thing that is neither over nor withdrawn."""
    statement = (
        select(Consent)
        .options(selectinload(Consent.withdrawal), selectinload(Consent.recipient))
        .where(
            Consent.person_id == person_id,
            Consent.purpose == purpose,
            Consent.subject_id == subject_id,
            *live_on(today),
        )
        .order_by(Consent.given_at.desc(), Consent.id)
    )
    return db.session.scalars(statement).first()


def list_open_links(person_id: str, today: date) -> list[CoachLink]:
    """The person's links that hold on the day or later."""
    statement = (
        select(CoachLink)
        .where(CoachLink.person_id == person_id)
        .where((CoachLink.valid_to.is_(None)) | (CoachLink.valid_to >= today))
        .order_by(CoachLink.valid_from, CoachLink.id)
    )
    return list(db.session.scalars(statement))


def find_municipal_coach(email: str) -> Membership | None:
    """The membership of the municipal coach who signs in with this address."""
    return db.session.scalars(_coaches().where(Account.email == email)).first()


@dataclass(frozen=True, slots=True)
class NamedCoach:
    """A municipal coach as a permission names her."""

    account_id: str
    name: str
    organisation: str
    email: str
    language: str


def find_named_coach(account_id: str, municipality_id: str | None = None) -> NamedCoach | None:
    """A municipal coach who can receive: she signs in as one and has an e-mail address.

    Of several municipalities the one that is named; without one any.
    """
    statement = (
        _coaches()
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Account.id == account_id)
        .with_only_columns(
            Account.id, Account.name, Organisation.name, Account.email, Account.language
        )
    )
    statement = statement.where(Account.email.is_not(None))
    if municipality_id is not None:
        statement = statement.where(Membership.organisation_id == municipality_id)
    row: Any = db.session.execute(statement).first()
    return NamedCoach(*row) if row is not None else None


def way_of_sign_in(actor: Actor) -> Way | None:
    """How the actor showed who she is in the sign-in in which she acts."""
    statement = select(SignIn.way).where(
        SignIn.id == actor.sign_in_id, SignIn.membership_id == actor.membership_id
    )
    return db.session.scalar(statement)


def _coaches() -> Select[Membership]:
    return (
        select(Membership)
        .join(Account, Membership.account_id == Account.id)
        .where(
            Membership.role == Role.MUNICIPAL_COACH,
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
        )
        .order_by(Membership.id)
    )
