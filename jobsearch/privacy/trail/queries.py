"""What is asked of the trail: changes, looks, and which persons an account saw.

The trail belongs to no one organisation, so whose entries they are is asked for here: a manager's
are those of her organisation and looks at its people, an operator's those about nobody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    tuple_,
)

from jobsearch.accounts.models import Account, Membership
from jobsearch.audit.models import AccessEntry, AuditEntry
from jobsearch.core.access import Actor, Permission, Role, may
from jobsearch.core.db import db
from jobsearch.core.periods import instant_of
from jobsearch.people.models import Person
from jobsearch.privacy.trail.rules import TECHNICAL, Asked, Key

_AT_ONCE = 500
_CHANGE = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.account_id,
    AuditEntry.role,
    AuditEntry.act,
    AuditEntry.table_name,
    AuditEntry.row_id,
    AuditEntry.subject_id,
    AuditEntry.fields,
)
_LOOK = (
    AccessEntry.id,
    AccessEntry.at,
    AccessEntry.account_id,
    AccessEntry.role,
    AccessEntry.person_id,
    AccessEntry.what,
    AccessEntry.refused,
)


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """One person whom an account saw or tried to see: how often, refused how often, and when."""

    person_id: str
    looks: int
    refused: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Names:
    """What keys in the trail are called: accounts, persons, and the staff to choose from."""

    accounts: Mapping[str, str]
    persons: Mapping[str, str]
    staff: Sequence[tuple[str, str]]


def list_changes(actor: Actor, asked: Asked, before: Key | None, limit: int) -> Sequence[Any]:
    """Changes that the actor may know of, the newest first. One statement."""
    statement = select(*_CHANGE).where(_own_changes(actor), *_days(AuditEntry, asked, actor.zone))
    if asked.account_id:
        statement = statement.where(AuditEntry.account_id == asked.account_id)
    if asked.person_id:
        statement = statement.where(AuditEntry.subject_id == asked.person_id)
    if asked.kind:
        statement = statement.where(AuditEntry.table_name == asked.kind)
    if asked.act:
        statement = statement.where(AuditEntry.act == asked.act)
    return _newest(statement, AuditEntry, before, limit)


def list_looks(actor: Actor, asked: Asked, before: Key | None, limit: int) -> Sequence[Any]:
    """Looks that a manager may know of, the newest first. One statement."""
    statement = select(*_LOOK).where(_own_looks(actor), *_days(AccessEntry, asked, actor.zone))
    if asked.account_id:
        statement = statement.where(AccessEntry.account_id == asked.account_id)
    if asked.person_id:
        statement = statement.where(AccessEntry.person_id == asked.person_id)
    if asked.kind:
        what = AccessEntry.what
        statement = statement.where(or_(what == asked.kind, what.startswith(f"{asked.kind}:")))
    if asked.act:
        statement = statement.where(AccessEntry.refused == (asked.act == "refused"))
    return _newest(statement, AccessEntry, before, limit)


def list_seen(actor: Actor, asked: Asked, after: str, limit: int) -> list[SeenPerson]:
    """The persons whom an account saw in these days, by key, from a key on. One statement."""
    seen = _seen_by(asked.account_id, *_days(AccessEntry, asked, actor.zone))
    own = (_own_looks(actor, seen.c), seen.c.person_id > after)
    return _persons(_together(seen).where(*own).limit(limit))


def list_seen_anywhere(
    account_id: str, since: datetime, until: datetime
) -> list[tuple[SeenPerson, str, str]]:
    """The same for the whole installation (GDPR art. 33), with each one's name and organisation."""
    days = (AccessEntry.at >= since, AccessEntry.at < until)
    seen = _persons(_together(_seen_by(account_id, *days)))
    named = select(Person.id, Person.given_name, Person.family_name, Person.organisation_id)
    known = {}
    keys = [one.person_id for one in seen]
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        for row in db.session.execute(named.where(Person.id.in_(some))):
            known[row.id] = (f"{row.given_name} {row.family_name}", row.organisation_id)
    return [(one, *known.get(one.person_id, ("", ""))) for one in seen]


def _seen_by(account_id: str, *days: ColumnElement[bool]) -> CTE:
    """An account's looks, added up by person and by the organisation for which it looked.

    Added up apart from what is asked of it: else PostgreSQL walks through everybody's looks from
    person to person, until there are as many as a page has.
    """
    refused = func.sum(case((AccessEntry.refused, 1), else_=0)).label("refused")
    looks, at = func.count().label("looks"), AccessEntry.at
    whose = (AccessEntry.person_id, AccessEntry.organisation_id)
    return (
        select(*whose, looks, refused, func.min(at).label("first"), func.max(at).label("last"))
        .where(AccessEntry.account_id == account_id, *days)
        .group_by(*whose)
        .cte("seen")
        .prefix_with("MATERIALIZED")
    )


def _together(seen: CTE) -> Any:
    of = seen.c
    counts = cast(func.sum(of.looks), Integer), cast(func.sum(of.refused), Integer)
    times = func.min(of["first"]), func.max(of["last"])
    return select(of.person_id, *counts, *times).group_by(of.person_id).order_by(of.person_id)


def _persons(statement: Any) -> list[SeenPerson]:
    return [SeenPerson(*row) for row in db.session.execute(statement)]


def get_names(
    actor: Actor, account_ids: Collection[str | None], person_ids: Collection[str | None]
) -> Names:
    """The names of keys in the trail, and of the organisation's staff; two statements.

    A subject may be a person or an account. To an operator nobody is named who is no staff.
    """
    keys = {key for key in (*account_ids, *person_ids) if key}
    staff = exists().where(
        Membership.account_id == Account.id,
        Membership.organisation_id == actor.organisation_id,
        Membership.role != Role.PARTICIPANT,
    )
    wanted = or_(Account.id.in_(keys), staff)
    if not may(actor, Permission.AUDIT_VALUES):
        works = exists().where(
            Membership.account_id == Account.id, Membership.role != Role.PARTICIPANT
        )
        wanted = and_(wanted, works)
    named = select(Account.id, Account.name, staff.label("is_staff")).where(wanted)
    rows = db.session.execute(named.order_by(Account.name, Account.id)).all()
    persons = _person_names({key for key in person_ids if key}) if person_ids else {}
    return Names(
        {row.id: row.name for row in rows},
        persons,
        [(row.id, row.name) for row in rows if row.is_staff],
    )


def _person_names(keys: Iterable[str]) -> dict[str, str]:
    named = select(Person.id, Person.given_name, Person.family_name).where(Person.id.in_(keys))
    rows = db.session.execute(named)
    return {row.id: f"{row.given_name} {row.family_name}" for row in rows}


def _own_changes(actor: Actor) -> ColumnElement[bool]:
    if may(actor, Permission.AUDIT_VALUES):
        return AuditEntry.organisation_id == actor.organisation_id
    return AuditEntry.table_name.in_(TECHNICAL)


def _own_looks(actor: Actor, looks: Any = AccessEntry) -> ColumnElement[bool]:
    """Those of the organisation's own members, and everybody's at its people.

    A municipal coach looks for her town, but at people of the provider.
    """
    hers = select(Person.id).where(Person.organisation_id == actor.organisation_id)
    return or_(looks.organisation_id == actor.organisation_id, looks.person_id.in_(hers))


def _days(entry: Any, asked: Asked, zone: str) -> list[ColumnElement[bool]]:
    found = []
    if asked.since:
        found.append(entry.at >= instant_of(asked.since, 0, zone))
    if asked.until:
        found.append(entry.at < instant_of(asked.until + timedelta(days=1), 0, zone))
    return found


def _newest(statement: Any, entry: Any, before: Key | None, limit: int) -> Sequence[Any]:
    if before is not None:
        statement = statement.where(tuple_(entry.at, entry.id) < (before.at, before.id))
    ordered = statement.order_by(entry.at.desc(), entry.id.desc()).limit(limit)
    return db.session.execute(ordered).all()
