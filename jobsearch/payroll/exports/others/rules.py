"""What is handed to another payroll system: which items, by which codes, in which form; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, round_half_up
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.lines import ITEMS, Item


class System(StrEnum):
    """The form of the file: for any system, or by the public description of one."""

    PLAIN = "plain"
    PROCOUNTOR = "procountor"
    NETVISOR = "netvisor"


SYSTEM_NAMES: Mapping[System, str] = {
    System.PLAIN: N_("Plain CSV, for any system"),
    System.PROCOUNTOR: N_("Procountor, salary data as CSV"),
    System.NETVISOR: N_("Netvisor, hours as XML for its interface"),
}
ENDINGS: Mapping[System, tuple[str, str]] = {
    System.PLAIN: ("csv", "text/csv"),
    System.PROCOUNTOR: ("csv", "text/csv"),
    System.NETVISOR: ("zip", "application/zip"),
}
"""How a file's name ends, and its kind."""


class HandedItem(StrEnum):
    """What was earned or is paid back; what is withheld, the other system reckons itself."""

    WAGE = Item.WAGE.value
    BONUS = Item.BONUS.value
    ALLOWANCE = Item.ALLOWANCE.value
    HOLIDAY_COMPENSATION = Item.HOLIDAY_COMPENSATION.value
    REIMBURSEMENT = Item.REIMBURSEMENT.value

    @property
    def label(self) -> str:
        """Its marked name."""
        return ITEMS[Item(self.value)].label


@dataclass(frozen=True, slots=True)
class HandedLine:
    """One item of one person; hours (in minutes) and price only where it is paid by the hour."""

    item: HandedItem
    income_type: str
    amount: Money
    minutes: int | None = None
    hourly: Money | None = None


@dataclass(frozen=True, slots=True)
class HandedPerson:
    """What the other system is to pay to one person for some days."""

    reference: str
    name: str
    identity_code: str | None
    period: Span
    pays_on: date
    lines: Sequence[HandedLine]
    due: Money

    @property
    def total(self) -> Money:
        """What its lines come to."""
        return Money.total(line.amount for line in self.lines)


def hours_of(minutes: int) -> Decimal:
    """Hours with two decimals."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def check_identity(people: Iterable[HandedPerson]) -> None:
    """Refuse a file in which somebody could not be told apart; her name is said."""
    names = ", ".join(one.name for one in people if not one.identity_code)
    if names:
        raise RuleBroken(N_("The identity code is missing of: %(names)s."), names=names)


def check_whole(people: Sequence[HandedPerson]) -> None:
    """Refuse to hand over nobody, or other sums than were approved (gross and reimbursements)."""
    if not people:
        raise RuleBroken(N_("The pay run pays nobody."))
    for one in people:
        if one.total != one.due:
            raise RuleBroken(
                N_("The lines of %(name)s come to %(lines)s, the approved sum is %(due)s."),
                name=one.name,
                lines=one.total,
                due=one.due,
            )


def check_codes(codes: Mapping[HandedItem, str]) -> None:
    """Refuse a file whose hours the other system would not know."""
    if HandedItem.WAGE not in codes:
        raise RuleBroken(
            N_("Enter first under which code the other payroll system knows the hourly wage.")
        )


def check_exact(people: Iterable[HandedPerson]) -> None:
    """Refuse hours that make other cents when they are written with two decimals."""
    for one in people:
        for line in one.lines:
            if line.minutes is None or line.hourly is None:
                continue
            hundredths = int(hours_of(line.minutes) * 100)
            if Money(round_half_up(hundredths * line.hourly.cents, 100)) != line.amount:
                raise RuleBroken(
                    N_(
                        "The hours of %(name)s cannot be written with two decimals to the cent."
                        " Use the plain CSV."
                    ),
                    name=one.name,
                )
