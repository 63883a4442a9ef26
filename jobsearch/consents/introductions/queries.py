"""What is asked of introductions: each reader's own narrow look, through a live permission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from jobsearch.consents.introductions.models import AskedIntroduction
from jobsearch.consents.introductions.rules import (
    IntroductionState,
    Refusal,
    refusal_of,
)
from jobsearch.consents.links.queries import coaches_since_consent
from jobsearch.consents.models import Consent
from jobsearch.consents.queries import (
    NamedCoach,
    find_coach_link,
    find_named_coach,
    live_on,
    visible_participants,
)
from jobsearch.consents.rules import ConsentPurpose, Wording, validities, wording_in_use
from jobsearch.consents.wordings import shipped_wordings
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import Organisation
from jobsearch.people.models import Person
from jobsearch.people.restrictions.queries import find_restriction

PAGE = 25


class PermissionEnded(NotVisible):
    """It was open to this reader once; the permission was taken back or ran out."""


def find_named(person_id: str, day: date) -> NamedCoach | None:
    """The municipal coach whom staff have named, if she can receive anything."""
    link = find_coach_link(person_id, day)
    return None if link is None else find_named_coach(link.account_id, link.municipality_id)


def words_today() -> Wording:
    """The words of the permission that are in use. Raises RuleBroken when there are none."""
    return wording_in_use(shipped_wordings(), ConsentPurpose.INTRODUCTION, today())


@dataclass(frozen=True, slots=True)
class Permit:
    """What the participant decides on: whom it would name, for how long; what lives already."""

    coach: NamedCoach | None
    usual: int
    offered: tuple[tuple[int, date], ...]
    live: Consent | None


def show_permission(actor: Actor) -> Permit:
    """The permission as she could give it today."""
    person_id, day = actor.person_id or "", today(actor.zone)
    words, coach = words_today(), find_named(person_id, day)
    live = list_live_permissions(person_id, day, coach.account_id if coach else "")
    held = live[0] if live and coach and live[0].recipient_id == coach.account_id else None
    return Permit(coach, words.months, validities(words, day), held)


def list_live_permissions(person_id: str, day: date, first: str = "") -> list[Consent]:
    """Her live permissions to fetch her introduction; those that name `first` before others.

    One that names `first` from before she became, in one go, the person's coach is over.
    """
    is_hers = coaches_since_consent(Consent.person_id, Consent.recipient_id, day)
    statement = (
        select(Consent)
        .where(Consent.person_id == person_id, Consent.purpose == ConsentPurpose.INTRODUCTION)
        .where(*live_on(day), or_(Consent.recipient_id != first, is_hers))
        .order_by(
            case((Consent.recipient_id == first, 0), else_=1), Consent.given_at.desc(), Consent.id
        )
    )
    return list(db.session.scalars(statement))


def lock_person(person_id: str) -> None:
    """Whoever else gives or asks for this person waits."""
    db.session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())


def _under_live(day: date) -> Select[AskedIntroduction]:
    """Introductions whose own consent lives, is of this purpose and names who writes them."""
    return (
        select(AskedIntroduction)
        .join(AskedIntroduction.consent)
        .options(contains_eager(AskedIntroduction.consent))
        .where(
            Consent.purpose == ConsentPurpose.INTRODUCTION,
            Consent.person_id == AskedIntroduction.person_id,
            Consent.recipient_id == AskedIntroduction.recipient_id,
            *live_on(day),
        )
    )


def find_permitted_until(actor: Actor, person_id: str) -> date | None:
    """The last day of her permission to fetch the introduction, or None; nothing says why."""
    until = select(func.max(Consent.valid_to)).where(
        Consent.person_id == person_id,
        Consent.purpose == ConsentPurpose.INTRODUCTION,
        *live_on(today(actor.zone)),
    )
    return db.session.scalar(until)


# --- the coach ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ForStaff:
    """What the provider's coaches and managers know: the permission, and how far asking is."""

    person: Person
    permission: Consent | None
    introductions: Sequence[AskedIntroduction]
    refusal: Refusal | None


def show_for_staff(actor: Actor, person_id: str) -> ForStaff:
    """Whether there is a permission and what came by it; without texts. Raises NotVisible.

    Of who declined, took back or let run out it shows the same as of who never gave.
    """
    day = today(actor.zone)
    statement = select(Person).where(Person.id == person_id)
    person = db.session.scalar(statement.where(Person.id.in_(visible_participants(actor, day))))
    if person is None:
        raise NotVisible
    coach = find_named(person_id, day)
    live = list_live_permissions(person_id, day, coach.account_id if coach else "")
    permission = live[0] if live else None
    asked = db.session.scalars(
        _under_live(day)
        .where(AskedIntroduction.person_id == person_id)
        .order_by(AskedIntroduction.asked_at.desc(), AskedIntroduction.id)
    ).all()
    refusal = refusal_of(
        coach.account_id if coach else None,
        permission.recipient_id if permission else None,
        permission is not None and any(one.consent_id == permission.id for one in asked),
    )
    if refusal is None and find_restriction(person_id) is not None:
        refusal = Refusal.RESTRICTED
    return ForStaff(person, permission, asked, refusal)


def get_for_staff(actor: Actor, introduction_id: str) -> AskedIntroduction:
    """One written introduction, with its person and consent, under a live permission.

    Raises PermissionEnded when it was open once, NotVisible when it never was.
    """
    day = today(actor.zone)
    mine = and_(
        AskedIntroduction.person_id.in_(visible_participants(actor, day)),
        AskedIntroduction.state == IntroductionState.WRITTEN,
    )
    statement = _under_live(day).options(joinedload(AskedIntroduction.person))
    return _open(statement, mine, introduction_id)


def _asked_from(actor: Actor, day: date) -> ColumnElement[bool]:
    """Asked from this municipal coach, who has been the person's since the permission."""
    return and_(
        AskedIntroduction.recipient_id == actor.account_id,
        coaches_since_consent(AskedIntroduction.person_id, AskedIntroduction.recipient_id, day),
    )


# --- the municipal coach ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One request in a municipal coach's list."""

    introduction_id: str
    name: str
    provider: str
    asked_at: datetime
    written_at: datetime | None
    state: IntroductionState
    valid_to: date


@dataclass(frozen=True, slots=True)
class AskedPage:
    """One page of her requests."""

    lines: list[AskedLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // PAGE))


def list_asked(actor: Actor, page: int) -> AskedPage:
    """The requests whose live permission names this municipal coach, open ones first."""
    open_first = case((AskedIntroduction.state == IntroductionState.ASKED, 0), else_=1)
    day = today(actor.zone)
    mine = (
        _under_live(day)
        .join(Person, Person.id == AskedIntroduction.person_id)
        .join(Organisation, Organisation.id == AskedIntroduction.organisation_id)
        .where(_asked_from(actor, day))
    )
    columns: tuple[Any, ...] = (
        AskedIntroduction.id,
        Person.given_name,
        Person.family_name,
        Organisation.name,
        AskedIntroduction.asked_at,
        AskedIntroduction.written_at,
        AskedIntroduction.state,
        Consent.valid_to,
    )
    rows = db.session.execute(
        mine.with_only_columns(*columns)
        .order_by(open_first, AskedIntroduction.asked_at.desc(), AskedIntroduction.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = [
        AskedLine(id_, f"{given} {family}".strip(), *rest) for id_, given, family, *rest in rows
    ]
    count = db.session.scalar(mine.with_only_columns(func.count(AskedIntroduction.id))) or 0
    return AskedPage(lines, count)


def get_asked(actor: Actor, introduction_id: str, *, locked: bool = False) -> AskedIntroduction:
    """A request to this municipal coach, with its person and consent; to write, `locked`.

    Raises PermissionEnded when it was hers once, NotVisible when it never was.
    """
    if locked:
        lock_introduction(introduction_id)
    day = today(actor.zone)
    statement = (
        _under_live(day)
        .options(joinedload(AskedIntroduction.person), joinedload(AskedIntroduction.asked_by))
        .where(_asked_from(actor, day))
    )
    return _open(statement, AskedIntroduction.recipient_id == actor.account_id, introduction_id)


def _open(statement: Select[Any], mine: Any, introduction_id: str) -> AskedIntroduction:
    hers = (AskedIntroduction.id == introduction_id, mine)
    found = db.session.scalar(statement.where(*hers).execution_options(populate_existing=True))
    if isinstance(found, AskedIntroduction):
        return found
    once = db.session.scalar(select(AskedIntroduction.id).where(*hers))
    raise PermissionEnded if once else NotVisible


def lock_introduction(introduction_id: str) -> None:
    """Whoever else changes this introduction waits."""
    db.session.scalar(
        select(AskedIntroduction.id)
        .where(AskedIntroduction.id == introduction_id)
        .with_for_update()
    )
