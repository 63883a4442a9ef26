"""What a contract and a tax card may say, and on which days a card is in force; pure."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span, age_on
from jobsearch.core.text import mark as N_

WHOLE = Rate.of("100.00")
YOUNGEST = 15
# Up to the cards of 2023 a card held through the January that followed it.
_LAST_YEAR_WITH_JANUARY = 2023


# The sign after the day of birth tells the century (act 661/2009, changed on 1 January 2023).
_CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
_SHOWN = 4  # letters of an account at its end that stay readable


class TaxCardKind(StrEnum):
    """What income a tax card was made for."""

    WAGE = "wage"
    BENEFIT = "benefit"


@dataclass(frozen=True, slots=True)
class TaxCardTerms:
    """What stands on a tax card.

    `ceiling` is the yearly income up to which the base percentage holds; None where the card has
    no ceiling. Above it the additional percentage is withheld.
    """

    kind: TaxCardKind
    base: Rate
    additional: Rate
    ceiling: Money | None
    valid_from: date


def check_tax_card(card: TaxCardTerms) -> None:
    """Refuse percentages outside 0 to 100, a ceiling below zero and a card made for benefits.

    A benefit card cannot be used for wages (vero.fi, payee's page; `finland/law.md` section 2).
    """
    if card.kind is not TaxCardKind.WAGE:
        raise RuleBroken(
            N_("A tax card made for benefits cannot be used for wages. Ask for the wage card."),
            field="kind",
        )
    for field, rate in (("base", card.base), ("additional", card.additional)):
        if rate > WHOLE:
            raise RuleBroken(
                N_("No tax card has more than 100 percent: it is between 0 and 100."), field=field
            )
        if rate < Rate(0):
            raise RuleBroken(N_("The percentage is between 0 and 100."), field=field)
    if card.ceiling is not None and card.ceiling < Money.zero():
        raise RuleBroken(N_("The income ceiling is not below zero."), field="ceiling")


def card_days(card: TaxCardTerms) -> Span:
    """The days of payment on which the card may be used: to the end of its year.

    Cards up to 2023 hold through the next January, as the new ones began on 1 February.
    """
    year = card.valid_from.year
    last = date(year, 12, 31)
    if year <= _LAST_YEAR_WITH_JANUARY:
        last = date(year + 1, 1, 31)
    return Span(card.valid_from, last)


def card_on(cards: Iterable[TaxCardTerms], day: date) -> TaxCardTerms | None:
    """The newest wage card in force on the day of payment, or None.

    The cards are given as they came: of two from the same day the later one holds.
    """
    usable = [
        card for card in cards if card.kind is TaxCardKind.WAGE and card_days(card).contains(day)
    ]
    return max(reversed(usable), key=lambda card: card.valid_from, default=None)


def check_employment(span: Span, hourly: Money, agreed_minutes: int, ground: str) -> None:
    """Refuse a contract without an end, without its ground, without pay or without hours.

    A fixed term needs its ground in writing (Employment Contracts Act 1:3, 1:3a and 2:4).
    """
    if span.last is None:
        raise RuleBroken(N_("Give the day on which the fixed term ends."), field="ends_on")
    if hourly <= Money.zero():
        raise RuleBroken(N_("The hourly wage is above zero."), field="hourly")
    if not 0 < agreed_minutes <= span.length() * 24 * 60:
        raise RuleBroken(N_("Give the agreed hours; they must fit the term."), field="agreed")
    if not ground.strip():
        raise RuleBroken(N_("Say why the contract is for a fixed term."), field="ground")


def check_first_day(starts_on: date, began_on: date | None) -> None:
    """A change of a contract under which work has begun keeps its first day.

    The days that were worked are paid by it. Raises RuleBroken.
    """
    if began_on is not None and starts_on != began_on:
        raise RuleBroken(
            N_("Work began on %(day)s. A change of the contract keeps this first day."),
            field="starts_on",
            day=began_on,
        )


def is_year_or_more(starts_on: date, day: date) -> bool:
    """Whether the employment has lasted a year on the day (Annual Holidays Act, section 12)."""
    return day - starts_on >= timedelta(days=365)


def born_on(identity_code: str) -> date:
    """The day of birth in an identity code; ValueError for what is no code."""
    century = _CENTURIES.get(identity_code[6:7])
    if century is None:
        raise ValueError("not an identity code")
    day, month, year = (int(identity_code[at : at + 2]) for at in (0, 2, 4))
    return date(century + year, month, day)


def check_old_enough(identity_code: str, day: date) -> None:
    """Refuse the code of somebody under 15: nobody so young is employed.

    Young Workers' Act 998/1993, section 2. What is no code says nothing of an age.
    """
    with suppress(ValueError):
        if age_on(born_on(identity_code), day) < YOUNGEST:
            raise RuleBroken(
                N_("By this identity code the person is under %(age)d years old. Check the code."),
                field="identity_code",
                age=YOUNGEST,
            )


def mask_account(account: str) -> str:
    """An account as it may be printed: `FI** **** **** **07 85`."""
    bare = account.replace(" ", "")
    hidden = bare[:2] + "*" * (len(bare) - 2 - _SHOWN) + bare[-_SHOWN:]
    return " ".join(hidden[at : at + 4] for at in range(0, len(hidden), 4))
