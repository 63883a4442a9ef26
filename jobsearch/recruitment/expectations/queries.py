"""What the public page of expectations shows of a programme; it names nobody.

Whoever reads it has not signed in, so there is no scope: each statement is held to one programme
by its key, and reads only what the programme says of itself.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.clock import today
from jobsearch.core.db import connection, db
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import Span
from jobsearch.core.text import Words
from jobsearch.organisations.models import Organisation
from jobsearch.programmes.models import PayTerms, Programme, TemplateDay
from jobsearch.programmes.queries import get_programme
from jobsearch.rates.models import RateEntry
from jobsearch.rates.rules import RateRow, RateTable
from jobsearch.recruitment.expectations.models import Expectation
from jobsearch.recruitment.expectations.rules import (
    RATE_KEYS,
    BenefitEstimate,
    Pay,
    Week,
    estimate,
    longest_trial_days,
    pay_of,
)


@dataclass(frozen=True, slots=True)
class ExpectationPage:
    """What a programme asks and gives; `pay` is None where no terms hold on the day."""

    programme_id: str
    programme: str
    organisation: str
    phone: str | None
    words: Words
    weeks: list[Week]
    starts_on: date | None
    pay: Pay | None
    agreement: str
    benefit: BenefitEstimate | None
    trial_days: int

    @property
    def days(self) -> int:
        """Working days of the whole programme."""
        return sum(week.days for week in self.weeks)

    @property
    def minutes(self) -> int:
        """Paid minutes of the whole programme."""
        return sum(week.minutes for week in self.weeks)


def show_expectations(programme_id: str) -> ExpectationPage:
    """The page of a programme: of the group that starts next, else as of today.

    Raises NotVisible.
    """
    statement = (
        select(
            Programme.name,
            Programme.zone,
            Programme.template_id,
            Organisation.name,
            Organisation.phone,
            Expectation.words,
        )
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .outerjoin(Expectation, Expectation.programme_id == Programme.id)
        .where(Programme.id == programme_id)
    )
    row = connection().execute(statement).first()
    if row is None:
        raise NotVisible
    name, zone, template_id, organisation, phone, words = row
    this_day = today(zone)
    starts_on, ends_on = _next_group(programme_id, this_day)
    weeks = _weeks(template_id)
    pay, agreement = _pay(programme_id, weeks, starts_on or this_day)
    span = (ends_on - starts_on).days + 1 if starts_on and ends_on else 7 * len(weeks)
    return ExpectationPage(
        programme_id=programme_id,
        programme=name,
        organisation=organisation,
        phone=phone,
        words=words or Words(),
        weeks=weeks,
        starts_on=starts_on,
        pay=pay,
        agreement=agreement,
        benefit=estimate(pay, _rates(), ends_on or this_day) if pay else None,
        trial_days=longest_trial_days(span),
    )


def _next_group(programme_id: str, this_day: date) -> tuple[date | None, date | None]:
    statement = (
        select(Cohort.starts_on, Cohort.ends_on)
        .where(Cohort.programme_id == programme_id, Cohort.state == CohortState.OPEN)
        .where(Cohort.starts_on >= this_day)
        .order_by(Cohort.starts_on, Cohort.id)
        .limit(1)
    )
    row = connection().execute(statement).first()
    return (None, None) if row is None else (row.starts_on, row.ends_on)


def _weeks(template_id: str) -> list[Week]:
    statement = (
        select(TemplateDay.week, func.count(), func.sum(TemplateDay.paid_minutes))
        .where(TemplateDay.template_id == template_id)
        .group_by(TemplateDay.week)
        .order_by(TemplateDay.week)
    )
    rows = connection().execute(statement)
    return [Week(number, days, int(minutes)) for number, days, minutes in rows]


def _pay(programme_id: str, weeks: list[Week], day: date) -> tuple[Pay | None, str]:
    statement = (
        select(PayTerms.hourly_wage, PayTerms.allowance, PayTerms.outcome_bonus, PayTerms.agreement)
        .where(PayTerms.programme_id == programme_id, PayTerms.valid_from <= day)
        .order_by(PayTerms.valid_from.desc(), PayTerms.id)
        .limit(1)
    )
    row = connection().execute(statement).first()
    if row is None:
        return None, ""
    return pay_of(weeks, row.hourly_wage, row.allowance, row.outcome_bonus), row.agreement


def _rates() -> RateTable:
    columns = (
        RateEntry.key,
        RateEntry.unit,
        RateEntry.value,
        RateEntry.valid_from,
        RateEntry.valid_to,
        RateEntry.source,
        RateEntry.confidence,
    )
    statement = select(*columns).where(RateEntry.key.in_(RATE_KEYS))
    rows = connection().execute(statement.order_by(RateEntry.key, RateEntry.valid_from))
    return RateTable(
        tuple(
            RateRow(key, unit, value, Span(first, last), source, confidence)
            for key, unit, value, first, last, source, confidence in rows
        )
    )


def show_own_expectations(programme_id: str) -> ExpectationPage:
    """The same page for whoever edits it. Raises NotVisible for another's programme."""
    return show_expectations(get_programme(programme_id).id)


def find_words(programme_id: str) -> Expectation | None:
    """What the provider says beside the house's words, for whoever edits it."""
    statement = select(Expectation).where(Expectation.programme_id == programme_id)
    return db.session.scalar(statement)
