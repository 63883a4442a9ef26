"""Turning the index key: it is searched by, then written with, then every digest is made anew.

Each step leaves a working installation in which a value is found under either key, and each can be
stopped and begun again: a digest shows by itself of which key it is, when its value is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, create_engine, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.codes.queries import address_digests
from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.core.crypto import read_keyring, replace_keyring
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.queries import address_indices
from jobsearch.notices.models import Message
from jobsearch.operating.rules import Refused
from jobsearch.people.models import Person
from jobsearch.people.queries import identity_indices

BATCH = 100

_Digests = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A column of digests: of which rows, and which digests each of their values may have.

    Where `is_sure` is false the value itself is not kept: it is one of the account's addresses,
    or nobody knows it any more.
    """

    model: Any
    column: InstrumentedAttribute[Any]
    rows: Select[Any]
    digests: Callable[[Row[Any]], _Digests]
    is_sure: bool = True

    @property
    def name(self) -> tuple[str, str]:
        """The table and the column."""
        return self.model.__tablename__, self.column.key

    def meant(self, row: Row[Any]) -> str | None:
        """The digest that belongs there, under the key that is written with.

        None where nobody knows of what it is: then it goes, unless a column cannot be empty, whose
        rows live for two days.
        """
        known = self.digests(row)
        for one in known:
            if row.found in one:
                return one[0]
        if self.is_sure and known:
            return known[0][0]
        return None if self.column.nullable else str(row.found)


@dataclass(frozen=True, slots=True)
class Made:
    """What a batch came to: how many digests were made anew, and rows that are somebody's twin."""

    anew: int
    twins: tuple[str, ...]


def _of_code(row: Row[Any]) -> _Digests:
    return [identity_indices(row.value)] if row.value else []


def _of_address(row: Row[Any]) -> _Digests:
    return [address_indices(row.value)] if row.value else []


def _of_account(row: Row[Any]) -> _Digests:
    ways = (Address(email=row.email), Address(phone=row.phone))
    return [address_digests(way) for way in ways if way.text]


def _kept(model: Any, column: InstrumentedAttribute[Any], value: Any) -> Select[Any]:
    return select(model.id, column.label("found"), value.label("value"))


def _known(model: Any, column: InstrumentedAttribute[Any]) -> Select[Any]:
    return select(model.id, column.label("found"), Account.email, Account.phone)


_CODES = _known(OneTimeCode, OneTimeCode.address_digest).outerjoin(
    Account, Account.id == OneTimeCode.account_id
)
_SIGN_INS = (
    _known(SignIn, SignIn.address_digest)
    .join(Membership, Membership.id == SignIn.membership_id)
    .join(Account, Account.id == Membership.account_id)
)
_PEOPLE = _kept(Person, Person.identity_index, Person.identity_code)
_MESSAGES = _kept(Message, Message.address_index, Message.address)
_FAILURES = _kept(FailedAddress, FailedAddress.address_index, FailedAddress.address)

INDEXED = (
    Indexed(Person, Person.identity_index, _PEOPLE, _of_code),
    Indexed(Message, Message.address_index, _MESSAGES, _of_address),
    Indexed(FailedAddress, FailedAddress.address_index, _FAILURES, _of_address),
    Indexed(OneTimeCode, OneTimeCode.address_digest, _CODES, _of_account, is_sure=False),
    Indexed(SignIn, SignIn.address_digest, _SIGN_INS, _of_account, is_sure=False),
)
"""Every column by which something is found without being read."""


def turn_index(path: Path) -> None:
    """Add a new index key to the key file, to be searched by as well. Raises Refused.

    Nobody writes with it before every process knows it.
    """
    ring = read_keyring(path)
    if ring.old_index_key is not None:
        raise Refused("The last turn is not over: run flask keys reindex, then keys drop-index.")
    if ring.next_index_key is not None:
        raise Refused("There is a new index key already: start everything anew, then use-index.")
    replace_keyring(path, replace(ring, next_index_key=token_bytes(32)))


def use_index(path: Path) -> None:
    """Write with the new index key from now on, and search by the old one too. Raises Refused."""
    ring = read_keyring(path)
    if ring.next_index_key is None:
        raise Refused("There is no new index key: run flask keys turn-index first.")
    turned = replace(
        ring,
        index_key=ring.next_index_key,
        next_index_key=None,
        old_index_key=ring.index_key,
    )
    replace_keyring(path, turned)


def reindex(engine: Engine) -> Iterator[Made]:
    """Make every digest anew that is not of the key written with, a batch a transaction.

    Whatever has changed meanwhile is left alone: who changes a value writes its new digest. Two
    rows of one value, which is refused while both keys are searched by, stay as they are and are
    told as twins.
    """
    with engine.connect() as connection:
        there = _there(connection)
    for one in there:
        last: str | None = ""
        while last is not None:
            with engine.begin() as connection:
                rows = _batch(connection, one, last)
                made = _make_anew(connection, one, rows)
            yield made
            last = rows[-1].id if rows else None


def reindexed(url: str) -> int:
    """Make anew what a restored backup was searched by, if its index key was another one."""
    engine = create_engine(url, hide_parameters=True)
    try:
        return sum(made.anew for made in reindex(engine))
    finally:
        engine.dispose()


def count_old(connection: Connection) -> int:
    """How many digests are not of the key that is written with."""
    old = 0
    for one in _there(connection):
        rows = _batch(connection, one, "")
        while rows:
            old += sum(one.meant(row) != row.found for row in rows)
            rows = _batch(connection, one, rows[-1].id)
    return old


def drop_index(path: Path, connection: Connection) -> None:
    """Take the old index key out of the key file. Raises Refused while a digest is of it."""
    ring = read_keyring(path)
    if ring.old_index_key is None:
        raise Refused("There is no old index key in the file.")
    if old := count_old(connection):
        raise Refused(f"{old} digests are of the old index key: run flask keys reindex first.")
    replace_keyring(path, replace(ring, old_index_key=None))


def _there(connection: Connection) -> list[Indexed]:
    """The columns of this database, whose tables may be older than the program."""
    found = {
        (table, one["name"])
        for (_schema, table), columns in inspect(connection).get_multi_columns().items()
        for one in columns
    }
    return [one for one in INDEXED if one.name in found]


def _batch(connection: Connection, one: Indexed, after: str) -> list[Row[Any]]:
    key = one.model.id
    asked = one.rows.where(one.column.is_not(None), key > after).order_by(key).limit(BATCH)
    return list(connection.execute(asked))


def _make_anew(connection: Connection, one: Indexed, rows: list[Row[Any]]) -> Made:
    anew, twins = 0, []
    for row in rows:
        meant = one.meant(row)
        if meant == row.found:
            continue
        same = update(one.model).where(one.model.id == row.id, one.column == row.found)
        try:
            with connection.begin_nested():
                anew += connection.execute(same.values({one.column.key: meant})).rowcount
        except IntegrityError:
            twins.append(f"{one.name[0]} {row.id}")
    return Made(anew, tuple(twins))
