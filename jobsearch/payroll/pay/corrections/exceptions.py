"""What a clerk looks at first in a run of corrections; pure."""

from datetime import date

from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.calculation import PayFacts
from jobsearch.payroll.pay.exceptions import (
    Concern,
    PayException,
    PersonInRun,
    find_exceptions,
)
from jobsearch.payroll.pay.hours import Hours
from jobsearch.payroll.pay.lines import PayslipFigures
from jobsearch.payroll.pay.sentences import Sentence


def concerns_of(
    employment: Employment,
    hours: Hours,
    figures: PayslipFigures | None,
    facts: PayFacts | None = None,
) -> list[PayException]:
    """What any payment is looked through for; `figures` only where something more is paid."""
    person = employment.person
    paid = figures if figures is not None and figures.gross else None
    state = PersonInRun(
        person_id=person.id,
        agreed_minutes=employment.agreed_minutes,
        paid_minutes=hours.paid_minutes,
        unsettled_days=hours.unsettled_days,
        unapproved_days=hours.unapproved_days,
        has_card=facts is None or facts.card is not None,
        has_account=person.bank_account is not None,
        has_identity=person.identity_code is not None,
        distraint=facts.distraint if facts and paid else Money.zero(),
        figures=paid,
    )
    return find_exceptions([state])


def mixed(person_id: str) -> PayException:
    """A part rises and a part falls."""
    text = N_(
        "A part of the pay rises and a part falls. Correct one of them first, with figures of your"
        " own, and the other when that is approved."
    )
    return PayException(Concern.CORRECTION_MIXED, Sentence.of(text), person_id)


def nothing(person_id: str) -> PayException:
    """Nothing changes."""
    text = N_(
        "The figures are the same as before: nothing is corrected. Correct the facts, or withdraw"
        " the correction."
    )
    return PayException(Concern.CORRECTION_EMPTY, Sentence.of(text), person_id)


def owed(person_id: str, to_account: Money) -> list[PayException]:
    """More was paid than was due."""
    if to_account >= Money.zero():
        return []
    text = N_(
        "%(sum)s was paid too much. The bank’s file takes nothing back: agree with the person how"
        " it is returned. It is set off against later pay only with their consent."
    )
    sentence = Sentence.of(text, sum=-to_account)
    return [PayException(Concern.PAID_TOO_MUCH, sentence, person_id)]


def not_all(person_id: str, rest: Money) -> list[PayException]:
    """The corrected payment was smaller than what is taken back."""
    if not rest:
        return []
    text = N_(
        "This payment was smaller than what was paid too much: %(rest)s is left. Correct the"
        " payment before it too, when this is approved."
    )
    return [PayException(Concern.CORRECTION_LEFT, Sentence.of(text, rest=rest), person_id)]


def earlier_tax(person_id: str, day: date) -> PayException:
    """The payment was in an earlier year."""
    text = N_(
        "The payment was in %(year)s: the tax that was withheld then stays, and the tax office"
        " settles it."
    )
    sentence = Sentence.of(text, year=str(day.year))
    return PayException(Concern.EARLIER_TAX, sentence, person_id)
