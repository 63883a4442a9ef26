"""What a clerk looks at before anything else in a run; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.lines import PayslipFigures
from jobsearch.payroll.pay.rules import MonthCounts, MonthInformation
from jobsearch.payroll.pay.sentences import Minutes, Sentence


class Concern(StrEnum):
    """What is wrong or worth a look."""

    RATE_MISSING = "rate_missing"
    IDENTITY_MISSING = "identity_missing"
    HOURS_MISSING = "hours_missing"
    HOURS_NOT_APPROVED = "hours_not_approved"
    ACCOUNT_MISSING = "account_missing"
    PAID_ELSEWHERE = "paid_elsewhere"
    TAX_CARD_MISSING = "tax_card_missing"
    UNUSUAL_AMOUNT = "unusual_amount"
    BELOW_PENSION_MINIMUM = "below_pension_minimum"
    MONTH_LIMIT = "month_limit"
    DISTRAINT_CUT = "distraint_cut"
    CORRECTION_MIXED = "correction_mixed"
    CORRECTION_EMPTY = "correction_empty"
    CORRECTION_LEFT = "correction_left"
    PAID_TOO_MUCH = "paid_too_much"
    EARLIER_TAX = "earlier_tax"


# What must be settled before the run can be reviewed; the others are said and may stand.
BLOCKING = frozenset(
    {
        Concern.RATE_MISSING,
        Concern.IDENTITY_MISSING,
        Concern.HOURS_MISSING,
        Concern.HOURS_NOT_APPROVED,
        Concern.CORRECTION_MIXED,
        Concern.CORRECTION_EMPTY,
    }
)


@dataclass(frozen=True, slots=True)
class PayException:
    """One concern about one person, or about the run (`person_id` is None)."""

    concern: Concern
    sentence: Sentence
    person_id: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether the run cannot go on before it is settled."""
        return self.concern in BLOCKING


@dataclass(frozen=True, slots=True)
class PersonInRun:
    """What a run knows about one person; `figures` is None while nothing could be computed."""

    person_id: str
    agreed_minutes: int
    paid_minutes: int
    unsettled_days: int
    has_card: bool
    has_account: bool
    has_identity: bool = True
    unapproved_days: int = 0
    is_paid_elsewhere: bool = False
    distraint: Money = Money(0)
    figures: PayslipFigures | None = None
    month: MonthInformation | None = None


def find_exceptions(
    people: Iterable[PersonInRun], missing_rates: Iterable[Sentence] = ()
) -> list[PayException]:
    """Every concern about a run, those that stop it first; the order of people is kept."""
    found = [PayException(Concern.RATE_MISSING, sentence) for sentence in missing_rates]
    for person in people:
        found += [
            PayException(concern, sentence, person.person_id) for concern, sentence in _of(person)
        ]
    return sorted(found, key=lambda exception: not exception.blocks)


def _of(person: PersonInRun) -> list[tuple[Concern, Sentence]]:
    if person.is_paid_elsewhere:
        text = N_("Some of these days are in another pay run; nothing is paid here.")
        return [(Concern.PAID_ELSEWHERE, Sentence.of(text))]
    found = []
    if not person.has_identity:
        text = N_("The identity code is missing. Contributions depend on the age.")
        found.append((Concern.IDENTITY_MISSING, Sentence.of(text)))
    if person.unsettled_days:
        text = N_("%(days)s days have no mark. Settle them first; nothing is guessed.")
        found.append((Concern.HOURS_MISSING, Sentence.of(text, days=person.unsettled_days)))
    if person.unapproved_days:
        text = N_("The hours of %(days)s days are not approved. The manager approves them by week.")
        found.append((Concern.HOURS_NOT_APPROVED, Sentence.of(text, days=person.unapproved_days)))
    if not person.has_account:
        text = N_("The bank account is missing. The pay cannot be transferred without it.")
        found.append((Concern.ACCOUNT_MISSING, Sentence.of(text)))
    if not person.has_card:
        text = N_("The tax card is missing. Tax is withheld as the law says without a card.")
        found.append((Concern.TAX_CARD_MISSING, Sentence.of(text)))
    if person.paid_minutes > person.agreed_minutes:
        text = N_("%(paid)s to be paid, more than the agreed %(agreed)s.")
        sentence = Sentence.of(
            text, paid=Minutes(person.paid_minutes), agreed=Minutes(person.agreed_minutes)
        )
        found.append((Concern.UNUSUAL_AMOUNT, sentence))
    found += _of_distraint(person)
    return found + _of_figures(person.figures, person.month)


def _of_distraint(person: PersonInRun) -> list[tuple[Concern, Sentence]]:
    """A payment ban that the net pay does not cover."""
    if person.figures is None or person.figures.distraint == person.distraint:
        return []
    text = N_("The distraint is more than the net pay: it takes less than was entered.")
    return [(Concern.DISTRAINT_CUT, Sentence.of(text))]


def _of_figures(
    figures: PayslipFigures | None, month: MonthInformation | None
) -> list[tuple[Concern, Sentence]]:
    found = []
    if figures is not None and figures.gross == Money.zero():
        text = N_("Nothing to be paid in this period.")
        found.append((Concern.UNUSUAL_AMOUNT, Sentence.of(text)))
    elif figures is not None and figures.pension_base == Money.zero():
        text = N_("No pension contribution is due on %(gross)s.")
        found.append((Concern.BELOW_PENSION_MINIMUM, Sentence.of(text, gross=figures.gross)))
    if month is not None and month.counts is MonthCounts.NOT:
        text = N_(
            "The wages of this month, %(paid)s, stay below %(half)s: the month does not count"
            " toward the employment condition. Another pay date may change that."
        )
        sentence = Sentence.of(text, paid=month.paid, half=month.half)
        found.append((Concern.MONTH_LIMIT, sentence))
    return found


def as_json(exception: PayException) -> dict[str, object]:
    """A concern as a run keeps it."""
    return {
        "concern": exception.concern.value,
        "person_id": exception.person_id,
        "text": exception.sentence.text,
        "gaps": exception.sentence.gaps_as_json(),
    }


def from_json(kept: dict[str, Any]) -> PayException:
    """The concern that `as_json` kept."""
    sentence = Sentence.from_json(kept["text"], kept["gaps"])
    return PayException(Concern(kept["concern"]), sentence, kept["person_id"])
