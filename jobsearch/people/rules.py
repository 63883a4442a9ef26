"""How a person is named to others, and what may be shown of her codes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

_HIDDEN = "•"
FEWEST_IN_TOTALS = 3
"""So many people are only in a group's totals before what others read of it counts them: the
figures of one would be the difference to the rows, and of two each knows her own."""


class BoardName(StrEnum):
    """How the group sees a person on the open board, by her own choice."""

    FIRST = "first"
    FULL = "full"
    TOTALS = "totals"


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept of a person beside her codes."""

    given_name: str
    family_name: str
    phone: str | None = None
    email: str | None = None
    municipality: str | None = None
    language: str = "fi"
    board_name: BoardName = BoardName.FIRST


class Detailed(Protocol):
    """Whatever has a person's details: a row, or the details themselves."""

    given_name: str
    family_name: str
    phone: str | None
    email: str | None
    municipality: str | None
    language: str
    board_name: BoardName


def details_of(person: Detailed) -> Details:
    """A person's details as they are kept now."""
    return Details(
        person.given_name,
        person.family_name,
        person.phone,
        person.email,
        person.municipality,
        person.language,
        person.board_name,
    )


def shown_name(given: str, family: str, choice: BoardName) -> str | None:
    """What the group reads of one person; None when she is only part of the totals."""
    if choice is BoardName.TOTALS:
        return None
    return f"{given} {family}".strip() if choice is BoardName.FULL else given


def shown_names(people: Iterable[tuple[str, str, str, BoardName]]) -> dict[str, str]:
    """Names for the group by person's key, from (key, given, family, choice).

    Who is only in the totals is not among them. Two of the same first name get a letter of the
    family name, so that nobody is taken for the other.
    """
    rows = [(key, given, family, choice) for key, given, family, choice in people]
    names = {
        key: name
        for key, given, family, choice in rows
        if (name := shown_name(given, family, choice)) is not None
    }
    doubled = {name for name, times in Counter(names.values()).items() if times > 1}
    for key, given, family, choice in rows:
        if names.get(key) in doubled and choice is BoardName.FIRST and family:
            names[key] = f"{given} {family[0]}."
    return names


def counts_everyone(hidden: int) -> bool:
    """Whether totals beside rows may count those who are only in them, so many as there are."""
    return hidden == 0 or hidden >= FEWEST_IN_TOTALS


def mask_identity_code(code: str) -> str:
    """An identity code without what identifies: `131052-••••`."""
    return code[:7] + _HIDDEN * 4


def mask_account(account: str) -> str:
    """A bank account by its country and last four digits: `FI•• •••• 0785`."""
    return f"{account[:2]}{_HIDDEN * 2} {_HIDDEN * 4} {account[-4:]}"
