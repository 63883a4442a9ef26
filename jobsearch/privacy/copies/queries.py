"""Reads everything about one person or account, table by table, by the marks of the columns."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, func, inspect, literal, or_, select, union_all

from jobsearch.accounts.models import Membership, SignIn
from jobsearch.audit.keys import find_keys
from jobsearch.core.access import Actor, Role
from jobsearch.core.columns import UTC
from jobsearch.core.db import Base, db
from jobsearch.core.files import StoredFile
from jobsearch.core.scope import Owned
from jobsearch.privacy.copies.models import DataCopy
from jobsearch.privacy.copies.rules import LEFT_OUT_FIELDS, MOST_ROWS
from jobsearch.privacy.queries import is_hers, personal_models
from jobsearch.privacy.rules import NOBODYS, way_of

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose copy it is: a person of a provider with her accounts, or an account alone."""

    organisation_id: str
    person_id: str | None
    account_ids: frozenset[str]


def whose_own(actor: Actor) -> Whose:
    """The actor's own: her person here, also when that role has ended, else her account."""
    person_id = actor.person_id or db.session.scalar(
        select(Membership.person_id)
        .where(
            Membership.account_id == actor.account_id,
            Membership.organisation_id == actor.organisation_id,
            Membership.person_id.is_not(None),
        )
        .order_by(Membership.began_at.desc(), Membership.id)
    )
    accounts = {actor.account_id}
    return Whose(actor.organisation_id, person_id, frozenset(accounts))


def whose_person(actor: Actor, person_id: str) -> Whose:
    """Everything of a person of the actor's provider, with the accounts that are hers."""
    found = db.session.scalars(
        select(Membership.account_id).where(Membership.person_id == person_id).distinct()
    )
    return Whose(actor.organisation_id, person_id, frozenset(found))


def copied_models() -> list[type[Any]]:
    """Every table of whose rows a copy has those that are hers."""
    return [model for model in personal_models() if model.__tablename__ not in NOBODYS]


@cache
def copied_fields(model: Any) -> tuple[str, ...]:
    """The fields of a table that go into a copy, in the order of its columns."""
    return tuple(
        attribute.key
        for attribute in inspect(model).column_attrs
        if not attribute.columns[0].info.get("secret")
        and not _is_left_out(attribute.key, attribute.columns[0])
    )


def _is_left_out(key: str, column: Any) -> bool:
    # the key of an account is told as a role, where it is known to be one
    return key in LEFT_OUT_FIELDS and not (key == "account_id" and column.foreign_keys)


def condition_of(model: type[Any], whose: Whose) -> ColumnElement[bool] | None:
    """Under which condition rows are hers; None for a table that knows no accounts."""
    if whose.person_id is None:
        mine = _is_accounts(model, whose.account_ids)
    else:
        mine = is_hers(model, whose.person_id)
    if mine is None or issubclass(model, Owned):
        return mine
    if "organisation_id" in inspect(model).column_attrs:  # not behind the tenant filter
        here = or_(model.organisation_id == whose.organisation_id, model.organisation_id.is_(None))
        return mine & here
    return mine


def _is_accounts(model: type[Any], accounts: Collection[str]) -> ColumnElement[bool] | None:
    if model is SignIn:
        memberships = select(Membership.id).where(Membership.account_id.in_(accounts))
        return SignIn.membership_id.in_(memberships)
    if model is Membership or model is DataCopy:
        return model.account_id.in_(accounts)  # type: ignore[no-any-return]
    way = way_of(model.__tablename__, frozenset(inspect(model).column_attrs.keys()))
    if model.__tablename__ == "account" or way in ("account_id", "subject_id"):
        return getattr(model, way or "id").in_(accounts)  # type: ignore[no-any-return]
    return None


def count_rows(whose: Whose) -> dict[str, int]:
    """How many rows there are, by table; one statement however many tables there are."""
    counts = [
        select(literal(model.__tablename__), func.count()).select_from(model).where(mine)
        for model in copied_models()
        if (mine := condition_of(model, whose)) is not None
    ]
    rows: Any = db.session.execute(union_all(*counts))
    return {name: int(count) for name, count in rows}


def load_rows(model: Any, whose: Whose) -> tuple[list[dict[str, Any]], int]:
    """Her rows of one table, in order of time, with what is sealed of them; and how many are left.

    At most MOST_ROWS, the newest.
    """
    mine = condition_of(model, whose)
    if mine is None:
        return [], 0
    keys = copied_fields(model)
    sealed = [model.sealed, model.subject_id] if hasattr(model, "sealed") else []
    columns = [getattr(model, key).label(key) for key in keys]
    extra = [column.label(f"_{column.key}") for column in sealed]
    statement = select(*columns, *extra).where(mine).order_by(*_newest_first(model, keys))
    found = [dict(row._mapping) for row in db.session.execute(statement.limit(MOST_ROWS))]
    left = 0
    if len(found) == MOST_ROWS:
        left = (db.session.scalar(select(func.count()).select_from(model).where(mine)) or 0) - len(
            found
        )
    return found[::-1], left


def _newest_first(model: type[Any], keys: Sequence[str]) -> list[Any]:
    columns = inspect(model).columns
    times = [
        key
        for key in keys
        if isinstance(columns[key].type, UTC | Date) and not columns[key].nullable
    ]
    primary = [getattr(model, column.key).desc() for column in inspect(model).primary_key]
    return [getattr(model, key).desc() for key in times[:1]] + primary


def keys_of(subjects: Collection[str]) -> dict[str, bytes]:
    """The keys under which the trail has sealed her values."""
    return find_keys(subjects)


def roles_of(account_ids: Collection[str], organisation_id: str) -> dict[str, Role]:
    """The role of each account, the one in this organisation before others."""
    found: dict[str, Role] = {}
    for some in _batches(account_ids):
        statement = (
            select(Membership.account_id, Membership.role)
            .where(Membership.account_id.in_(some))
            .order_by(Membership.organisation_id == organisation_id, Membership.began_at)
        )
        found |= {row[0]: row[1] for row in db.session.execute(statement)}
    return found


def names_of(table: str, field: str, keys: Collection[str]) -> dict[str, Any]:
    """What things that belong to no one person are named by."""
    model = _model_of(table)
    found: dict[str, Any] = {}
    for some in _batches(keys):
        statement = select(model.id, getattr(model, field)).where(model.id.in_(some))
        found |= {row[0]: row[1] for row in db.session.execute(statement)}
    return found


def files_of(keys: Collection[str]) -> dict[str, tuple[str, str, int]]:
    """Digest, media type and size of stored files, by their key."""
    found: dict[str, tuple[str, str, int]] = {}
    for some in _batches(keys):
        statement = select(
            StoredFile.id, StoredFile.sha256, StoredFile.media_type, StoredFile.size_bytes
        ).where(StoredFile.id.in_(some))
        found |= {key: (sha, kind, size) for key, sha, kind, size in db.session.execute(statement)}
    return found


def count_copies(whose: Whose, since: datetime) -> int:
    """How many copies of hers were made since then."""
    statement = select(func.count(DataCopy.id)).where(DataCopy.made_at > since)
    if whose.person_id is not None:
        return db.session.scalar(statement.where(DataCopy.person_id == whose.person_id)) or 0
    return db.session.scalar(statement.where(DataCopy.account_id.in_(whose.account_ids))) or 0


def list_copies(whose: Whose) -> list[DataCopy]:
    """The last ten copies of hers, the newest first."""
    mine = condition_of(DataCopy, whose)
    statement = select(DataCopy).order_by(DataCopy.made_at.desc(), DataCopy.id).limit(10)
    return list(db.session.scalars(statement.where(mine))) if mine is not None else []


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for at in range(0, len(ordered), _AT_ONCE):
        yield ordered[at : at + _AT_ONCE]


@cache
def _model_of(table: str) -> Any:
    return next(
        mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table
    )
