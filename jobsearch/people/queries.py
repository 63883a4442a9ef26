"""What is asked of people."""

import re

from sqlalchemy import ColumnElement, or_, select

from jobsearch.core.crypto import keyring
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person

_FEWEST_DIGITS = 3
IDENTITY_PURPOSE = "person.identity_code"


def get_person(person_id: str) -> Person:
    """A person of the provider. Raises NotVisible."""
    person = db.session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotVisible
    return person


def identity_index(code: str) -> str:
    """The blind index of an identity code: equal codes are found without being read."""
    return keyring().blind(code, IDENTITY_PURPOSE)


def identity_indices(code: str) -> tuple[str, ...]:
    """Every blind index that a person of this code may have while the index key is turned."""
    return keyring().blinds(code, IDENTITY_PURPOSE)


def find_same(
    *, identity_code: str | None = None, phone: str | None = None, email: str | None = None
) -> list[Person]:
    """Everyone who has one of these, written as they are kept; at most one by each of them."""
    same: list[ColumnElement[bool]] = []
    if identity_code:
        same.append(Person.identity_index.in_(identity_indices(identity_code)))
    if phone:
        same.append(Person.phone == phone)
    if email:
        same.append(Person.email == email)
    if not same:
        return []
    statement = select(Person).where(or_(*same)).order_by(Person.id).limit(10)
    return list(db.session.scalars(statement))


def found_by(text: str) -> ColumnElement[bool]:
    """Whether a person is meant by a search: words of her name, a part of her number or address."""
    ways = [named(text)]
    digits = re.sub(r"\D", "", text).lstrip("0")
    if len(digits) >= _FEWEST_DIGITS and not re.search(r"[^\W\d_]", text):
        ways.append(Person.phone.contains(digits, autoescape=True))
    if "@" in text:
        ways.append(Person.email.contains(text.strip().casefold(), autoescape=True))
    return or_(*ways)


def named(text: str) -> ColumnElement[bool]:
    """Whether every word of a search is in a person's name."""
    return _all_of([_in_name(word) for word in text.split()[:5]])


def _all_of(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    found = conditions[0]
    for condition in conditions[1:]:
        found = found & condition
    return found


def _in_name(word: str) -> ColumnElement[bool]:
    # SQLite folds only ASCII letters, so the usual spellings are tried as they are
    ways = sorted({word, word.lower(), word.upper(), word.title()})
    names = (Person.given_name, Person.family_name)
    return or_(*(name.icontains(way, autoescape=True) for name in names for way in ways))
