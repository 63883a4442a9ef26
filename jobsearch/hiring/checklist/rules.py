"""The employer's checklist of one person: its items, their days, who does them; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.periods import ONE_DAY, is_working_day
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.editions.rules import TO_SIGN, ContractState, Side


class Item(StrEnum):
    """What must be in order before the first day."""

    IDENTITY_CODE = "identity_code"
    BANK_ACCOUNT = "bank_account"
    TAX_CARD = "tax_card"
    INSURANCE = "insurance"
    TERMS = "terms"
    CONTRACT = "contract"
    ORIENTATION = "orientation"


ITEM_NAMES: dict[Item, str] = {
    Item.IDENTITY_CODE: N_("Identity code"),
    Item.BANK_ACCOUNT: N_("Bank account"),
    Item.TAX_CARD: N_("Tax card"),
    Item.INSURANCE: N_("Insurance against accidents"),
    Item.TERMS: N_("Terms in writing"),
    Item.CONTRACT: N_("Contract signed by both"),
    Item.ORIENTATION: N_("Introduction to the work"),
}

_BEFORE_START: dict[Item, int] = {
    Item.IDENTITY_CODE: 5,
    Item.INSURANCE: 5,
    Item.TERMS: 4,
    Item.CONTRACT: 1,
    Item.BANK_ACCOUNT: 1,
    Item.TAX_CARD: 1,
    Item.ORIENTATION: 0,
}
"""How many days before the first day each is due: before the contract what it rests on."""


class Doer(StrEnum):
    """Who brings an item in order."""

    PERSON = "person"
    OFFICE = "office"
    MANAGER = "manager"
    COACH = "coach"


DOER_NAMES: dict[Doer, str] = {
    Doer.PERSON: N_("The job seeker"),
    Doer.OFFICE: N_("Payroll clerk or manager"),
    Doer.MANAGER: N_("Manager"),
    Doer.COACH: N_("Coach"),
}


class Mood(StrEnum):
    """How an item stands on a day."""

    DONE = "done"
    WAITING = "waiting"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: yes or no, never a value."""

    starts_on: date
    has_identity_code: bool
    has_bank_account: bool
    has_tax_card: bool
    has_insurance: bool
    oriented_on: date | None
    contract: ContractState | None
    signed: frozenset[Side]
    contract_fits: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a person: how it stands, by when it is due and who does it next."""

    item: Item
    mood: Mood
    due_on: date
    doers: tuple[Doer, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.mood is Mood.DONE


def checklist(known: Known, today: date) -> tuple[Line, ...]:
    """Every item of a person, in the order in which they are done."""
    done = _done(known)
    return tuple(
        Line(item, _mood(done[item], due, today), due, () if done[item] else _doers(item, known))
        for item, due in ((item, _due(known.starts_on, _BEFORE_START[item])) for item in Item)
    )


def _due(starts_on: date, before: int) -> date:
    """The last weekday that is so many days before the start."""
    day = starts_on - timedelta(days=before)
    while before and not is_working_day(day):
        day -= ONE_DAY
    return day


def _mood(is_done: bool, due_on: date, today: date) -> Mood:
    if is_done:
        return Mood.DONE
    return Mood.LATE if due_on < today else Mood.WAITING


def _done(known: Known) -> dict[Item, bool]:
    issued = known.contract in (*TO_SIGN, ContractState.SIGNED)
    return {
        Item.IDENTITY_CODE: known.has_identity_code,
        Item.BANK_ACCOUNT: known.has_bank_account,
        Item.TAX_CARD: known.has_tax_card,
        Item.INSURANCE: known.has_insurance,
        # a paper whose days the group has left since says something else than what will be
        Item.TERMS: issued and known.contract_fits,
        Item.CONTRACT: known.contract is ContractState.SIGNED,
        Item.ORIENTATION: known.oriented_on is not None,
    }


def _doers(item: Item, known: Known) -> tuple[Doer, ...]:
    if item is Item.CONTRACT:
        return _signers(known)
    return {
        Item.IDENTITY_CODE: (Doer.PERSON, Doer.OFFICE),
        Item.BANK_ACCOUNT: (Doer.PERSON, Doer.OFFICE),
        Item.TAX_CARD: (Doer.PERSON, Doer.OFFICE),
        Item.INSURANCE: (Doer.MANAGER,),
        Item.TERMS: (Doer.OFFICE,),
        Item.ORIENTATION: (Doer.COACH,),
    }[item]


def _signers(known: Known) -> tuple[Doer, ...]:
    if known.contract not in TO_SIGN:
        return (Doer.OFFICE,)
    sides = {Side.EMPLOYER: Doer.MANAGER, Side.EMPLOYEE: Doer.PERSON}
    return tuple(doer for side, doer in sides.items() if side not in known.signed)


def is_ready(lines: Iterable[Line]) -> bool:
    """Whether a person can begin: everything but the introduction, which is the first day's."""
    return all(line.is_done for line in lines if line.item is not Item.ORIENTATION)
