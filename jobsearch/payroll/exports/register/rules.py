"""What the Incomes Register is told of a payment, by when, and what may follow; pure.

Facts and how sure they are: `finland/law.md` section 5. Method 2: itemised income types, never 101.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span, month_of, next_banking_day
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.lines import PayLine
from jobsearch.payroll.pay.rules import RunState

DUE_DAYS = 5
"""A wage report is due on the fifth day after the payment, a separate one on the fifth of the next
month; a weekend or holiday moves it to the next business day (vero.fi)."""
DAYS_BEFORE, MOST_DAYS_BEFORE = 2, 30
"""How many days before a day the clerks are reminded of it, unless the employer says otherwise."""
HEALTH_CODE, NO_WAGES_CODE = 102, 101
ALWAYS = frozenset({"402"})
REPORTED = frozenset({"201", "203", "213", "216", "234", "353", "402", "413", "414"})
READY = frozenset({RunState.APPROVED, RunState.PAID, RunState.REPORTED})


class DeliveryKind(StrEnum):
    """What a file for the register is."""

    WAGES = "wages"
    SUMMARY = "summary"
    CANCELLED_WAGES = "cancelled_wages"
    CANCELLED_SUMMARY = "cancelled_summary"


class DataType(IntEnum):
    """The register's own number of a kind of delivery."""

    WAGES = 100
    SUMMARY = 101
    CANCELLED_WAGES = 105
    CANCELLED_SUMMARY = 106


CANCELS: Mapping[DeliveryKind, DeliveryKind] = {
    DeliveryKind.WAGES: DeliveryKind.CANCELLED_WAGES,
    DeliveryKind.SUMMARY: DeliveryKind.CANCELLED_SUMMARY,
}
"""Which kind of file cancels which."""
DATA_TYPES: Mapping[DeliveryKind, DataType] = {kind: DataType[kind.name] for kind in DeliveryKind}


class DeliveryState(StrEnum):
    """How far a file has come."""

    MADE = "made"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


STATE_NAMES: Mapping[DeliveryState, str] = {
    DeliveryState.MADE: N_("Made, not delivered yet"),
    DeliveryState.DELIVERED: N_("Delivered, no answer yet"),
    DeliveryState.ACCEPTED: N_("Accepted"),
    DeliveryState.REJECTED: N_("Rejected in whole or in part"),
}
NEXT: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.MADE: frozenset(
        {DeliveryState.DELIVERED, DeliveryState.ACCEPTED, DeliveryState.REJECTED}
    ),
    DeliveryState.DELIVERED: frozenset({DeliveryState.ACCEPTED, DeliveryState.REJECTED}),
    DeliveryState.ACCEPTED: frozenset(),
    DeliveryState.REJECTED: frozenset(),
}
KIND_NAMES: Mapping[DeliveryKind, str] = {
    DeliveryKind.WAGES: N_("Wages"),
    DeliveryKind.SUMMARY: N_("Separate report of the month"),
    DeliveryKind.CANCELLED_WAGES: N_("Cancellation of wages"),
    DeliveryKind.CANCELLED_SUMMARY: N_("Cancellation of a separate report"),
}


@dataclass(frozen=True, slots=True)
class Sender:
    """The employer as the register knows it, and whom it asks.

    `pension_provider` and `pension_policy` name the pension arrangement, `profession` is a code of
    TK10. `is_production` is False until a person has turned it on.
    """

    business_id: str
    contact: str
    phone: str
    email: str
    pension_provider: int
    pension_policy: str
    profession: str
    is_production: bool = False
    remind_days: int = DAYS_BEFORE


@dataclass(frozen=True, slots=True)
class Income:
    """One income type of a report; wages by the hour carry price and hours (in minutes)."""

    code: str
    amount: Money
    hourly: Money | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class WageReport:
    """What is told of one payment to one person."""

    reference: str
    identity_code: str
    employed: Span
    weekly_minutes: int
    is_pension_insured: bool
    incomes: Sequence[Income]
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands around every delivery."""

    reference: str
    made_at: datetime
    sender: Sender


@dataclass(frozen=True, slots=True)
class WageDelivery:
    """The wage reports of one payment day and one period: a file holds one period only."""

    envelope: Envelope
    pays_on: date
    period: Span
    reports: Sequence[WageReport]


@dataclass(frozen=True, slots=True)
class SummaryDelivery:
    """The separate report of a month; without wages `health` is None."""

    envelope: Envelope
    reference: str
    month: date
    health: Money | None
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Reports that are to count no more, by their references."""

    envelope: Envelope
    references: Sequence[str]
    kind: DataType = DataType.CANCELLED_WAGES


def incomes_of(lines: Iterable[PayLine]) -> list[Income]:
    """What a payment tells, each income type with its price: what was taken back is taken off.

    Where the price itself was corrected the type is told as one sum, as no part is below zero.
    """
    found: dict[tuple[str, Money | None], Income] = {}
    for line in lines:
        if line.code not in REPORTED:
            continue
        there = found.get((line.code, line.hourly), Income(line.code, Money.zero(), line.hourly))
        minutes = None if line.minutes is None else (there.minutes or 0) + line.minutes
        found[line.code, line.hourly] = replace(
            there, amount=there.amount + line.amount, minutes=minutes
        )
    incomes = list(found.values())
    below = {one.code for one in incomes if one.amount < Money.zero()}
    kept = [one for one in incomes if one.code not in below]
    return kept + [
        Income(code, Money.total(one.amount for one in incomes if one.code == code))
        for code in sorted(below)
    ]


def wages_due_on(pays_on: date, holidays: Collection[date]) -> date:
    """By when a payment is reported."""
    return next_banking_day(pays_on + timedelta(days=DUE_DAYS), holidays)


def summary_due_on(month: date, holidays: Collection[date]) -> date:
    """By when a month's separate report is due."""
    last = month_of(month).last or month
    return next_banking_day(last + timedelta(days=DUE_DAYS), holidays)


class Nearness(StrEnum):
    """Why somebody is reminded of a day."""

    NEAR = "near"
    LATE = "late"


def nearness(due_on: date, today: date, days: int) -> Nearness | None:
    """Whether a day is so many days away or less, or over; None while there is time."""
    if due_on < today:
        return Nearness.LATE
    return Nearness.NEAR if due_on - timedelta(days=days) <= today else None


def weekly_minutes(agreed_minutes: int, employed: Span) -> int:
    """The agreed hours by week, spread over the weeks of the employment that have begun."""
    last = employed.last or employed.first
    weeks = -(-((last - employed.first).days + 1) // 7)
    return agreed_minutes // weeks


def health_of_month(bases: Mapping[Rate, Money]) -> Money:
    """The employer's health contribution of a month: on the month's total, rounded once a rate."""
    return Money.total(rate.of_money(base) for rate, base in bases.items())


def check_ready(state: RunState) -> None:
    """Refuse to report pay that nobody has approved."""
    if state not in READY:
        raise RuleBroken(N_("Only a pay run that is approved is reported."))


def check_state(now: DeliveryState, then: DeliveryState) -> None:
    """Refuse a step that the table of states does not have."""
    if then not in NEXT[now]:
        raise RuleBroken(N_("The register has answered this file already."))


def check_answered(names: Sequence[str]) -> None:
    """Refuse to replace what the register has not accepted yet; whose it is, is said."""
    if names:
        raise RuleBroken(
            N_("Read first the register’s answer to what was reported of: %(names)s."),
            names=", ".join(names),
        )


def check_outdated(*, is_changed: bool, is_accepted: bool) -> None:
    """Refuse to tell a month twice, and to replace what the register has not accepted yet."""
    if not is_changed:
        raise RuleBroken(N_("The separate report of this month is made, and nothing has changed."))
    if not is_accepted:
        raise RuleBroken(N_("Read first the register’s answer to the report of this month."))


def check_known(names: Sequence[str]) -> None:
    """Refuse a report while somebody's identity code is missing; her name is said."""
    if names:
        raise RuleBroken(N_("The identity code is missing of: %(names)s."), names=", ".join(names))
