"""Whom messages do not reach: for a coach her own participants, for a manager everyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import Trouble
from jobsearch.notices.rules import Channel
from jobsearch.people.models import Person

PAGE = 25


@dataclass(frozen=True, slots=True)
class Unreached:
    """One address that fails, and whose it is; an account's owner is no person of the provider."""

    id: str
    person_id: str | None
    name: str
    channel: Channel
    address: str
    trouble: Trouble
    kind: str
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, and how many there are in all."""

    lines: Sequence[Unreached]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))


def list_unreached(actor: Actor, page: int) -> Page:
    """The failing addresses that the actor can do something about, newest first; two statements."""
    statement = (
        _of(actor)
        .with_only_columns(
            FailedAddress.id,
            Person.id,
            Person.given_name,
            Person.family_name,
            Account.name,
            FailedAddress.channel,
            FailedAddress.address,
            FailedAddress.trouble,
            FailedAddress.kind,
            FailedAddress.failed_at,
        )
        .order_by(FailedAddress.failed_at.desc(), FailedAddress.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = [
        Unreached(key, person, f"{given} {family}".strip() if person else name, *rest)
        for key, person, given, family, name, *rest in db.session.execute(statement)
    ]
    return Page(lines, count_unreached(actor))


def count_unreached(actor: Actor) -> int:
    """How many failing addresses the actor can do something about."""
    return db.session.scalar(unreached_count(actor)) or 0


def unreached_count(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The same as a statement, for a page that asks it with others."""
    return _of(actor).with_only_columns(func.count(FailedAddress.id))


def get_unreached(actor: Actor, failure_id: str) -> str:
    """The key of a failing address that the actor sees. Raises NotVisible."""
    statement = _of(actor).where(FailedAddress.id == failure_id)
    found: str | None = db.session.scalar(statement.with_only_columns(FailedAddress.id))
    if found is None:
        raise NotVisible
    return found


def _of(actor: Actor) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(FailedAddress.id)
        .outerjoin(Person, Person.id == FailedAddress.subject_id)
        .outerjoin(Account, Account.id == FailedAddress.subject_id)
        .where(_is_hers(actor))
    )
    return statement


def _is_hers(actor: Actor) -> ColumnElement[bool]:
    """A manager sees all; a coach those in her groups or a group without a coach, and candidates,
    who are in no group yet.
    """
    if actor.role is Role.MANAGER:
        return or_(Person.id.is_(None), _visible(actor))
    in_a_group = exists().where(Enrolment.person_id == Person.id)
    in_hers = exists().where(
        Enrolment.person_id == Person.id,
        Enrolment.cohort_id == Cohort.id,
        or_(Cohort.coach_id == actor.account_id, Cohort.coach_id.is_(None)),
    )
    return _visible(actor) & or_(in_hers, ~in_a_group) if actor.role is Role.COACH else ~true()


def _visible(actor: Actor) -> ColumnElement[bool]:
    return Person.id.in_(visible_participants(actor, today(actor.zone)))
