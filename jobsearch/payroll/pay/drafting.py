"""Computes a run in memory: loads what it rests on in a few queries, then the pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span, month_of
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.queries import list_these, tax_cards
from jobsearch.payroll.contracts.rules import (
    TaxCardTerms,
    born_on,
    card_on,
    is_year_or_more,
)
from jobsearch.payroll.pay.bonuses.queries import Approved, approved_bonuses
from jobsearch.payroll.pay.calculation import PayFacts, compute_payslip, missing_rates
from jobsearch.payroll.pay.distraint.queries import amounts_by_contract
from jobsearch.payroll.pay.exceptions import PayException, PersonInRun, find_exceptions
from jobsearch.payroll.pay.hours import Hours, hours_worked
from jobsearch.payroll.pay.insurance import MonthSoFar
from jobsearch.payroll.pay.lines import Item, PayslipFigures
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.queries import Earlier, earlier_payments, paid_elsewhere
from jobsearch.payroll.pay.rules import MonthInformation, RunKind, months_count
from jobsearch.payroll.pay.worked import contracts_of
from jobsearch.rates.employer import EmployerSettings
from jobsearch.rates.queries import find_employer_setting, load_rate_table
from jobsearch.rates.rules import RateTable


@dataclass(frozen=True, slots=True)
class Corrects:
    """Which payslip a payslip corrects, for which time, and which payment it says anew, if any."""

    root_id: str
    number: int
    restates_id: str | None
    counts_on: date


@dataclass(frozen=True, slots=True)
class DraftSlip:
    """A payslip that is computed and not yet kept."""

    employment: Employment
    period: Span
    paid_minutes: int
    account: str | None
    figures: PayslipFigures
    correction: Corrects | None = None
    bonus_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A run as computed now: its payslips by name, what a clerk must see, and the settings."""

    slips: tuple[DraftSlip, ...]
    exceptions: tuple[PayException, ...]
    settings: EmployerSettings


@dataclass(frozen=True, slots=True)
class _Grounds:
    """Everything a run rests on, loaded once."""

    run: PayRun
    month: Span
    employments: Sequence[Employment]
    settings: EmployerSettings
    table: RateTable
    cards: dict[str, list[TaxCardTerms]]
    hours: dict[str, Hours]
    earlier: dict[str, list[Earlier]]
    elsewhere: dict[str, list[Span]]
    distraints: dict[str, Money]
    bonuses: dict[str, list[Approved]]


def what_is_missing(run: PayRun) -> list[PayException]:
    """The rates and settings that the run's day of payment lacks, as blocking exceptions."""
    setting = find_employer_setting(run.organisation_id, run.pays_on.year)
    settings = setting.as_settings() if setting else None
    return find_exceptions([], missing_rates(load_rate_table(), settings, run.pays_on))


def draft_run(run: PayRun) -> Draft:
    """Compute the run from what is known now; about seven queries at any size.

    RuleBroken names the rate or the setting that the day of payment lacks.
    """
    grounds = _load(run)
    slips, people = [], []
    for employment in grounds.employments:
        slip, person = _draft_person(employment, grounds)
        people.append(person)
        if slip is not None:
            slips.append(slip)
    return Draft(tuple(slips), tuple(find_exceptions(people)), grounds.settings)


def _load(run: PayRun) -> _Grounds:
    table = load_rate_table()
    setting = find_employer_setting(run.organisation_id, run.pays_on.year)
    settings = setting.as_settings() if setting else None
    missing = missing_rates(table, settings, run.pays_on)
    if missing or settings is None:
        raise RuleBroken(missing[0].text, field="pays_on", **missing[0].plain_gaps())
    is_bonus = run.kind is RunKind.BONUS
    bonuses = approved_bonuses(run) if is_bonus else {}
    employments = list_these(bonuses) if is_bonus else contracts_of(run)
    contracts = {row.id for row in employments}
    people = {row.person_id for row in employments}
    return _Grounds(
        run=run,
        month=month_of(run.pays_on),
        employments=employments,
        settings=settings,
        table=table,
        cards=tax_cards(employments),
        hours={} if is_bonus else hours_worked(employments, run.period),
        earlier=earlier_payments(people, run.pays_on, run.id),
        # a bonus that another run has is not among them
        elsewhere={} if is_bonus else paid_elsewhere(contracts, run),
        distraints=amounts_by_contract(run.id),
        bonuses=bonuses,
    )


def _draft_person(
    employment: Employment, grounds: _Grounds
) -> tuple[DraftSlip | None, PersonInRun]:
    run, person = grounds.run, employment.person
    hours = _hours(employment, grounds)
    card = card_on(grounds.cards.get(person.id, ()), run.pays_on)
    period = _period(employment, run)
    is_elsewhere = any(period.overlaps(days) for days in grounds.elsewhere.get(employment.id, ()))
    slip = None
    if person.identity_code is not None and not is_elsewhere:
        facts = _facts(employment, grounds, hours, card)
        figures = compute_payslip(facts, grounds.settings, grounds.table)
        slip = DraftSlip(
            employment,
            period,
            hours.paid_minutes,
            person.bank_account,
            figures,
            bonus_ids=tuple(one.award_id for one in grounds.bonuses.get(employment.id, ())),
        )
    state = PersonInRun(
        person_id=person.id,
        agreed_minutes=employment.agreed_minutes,
        paid_minutes=hours.paid_minutes,
        unsettled_days=hours.unsettled_days,
        unapproved_days=hours.unapproved_days,
        has_card=card is not None,
        has_account=person.bank_account is not None,
        has_identity=person.identity_code is not None,
        is_paid_elsewhere=is_elsewhere,
        distraint=grounds.distraints.get(employment.id, Money.zero()),
        figures=slip.figures if slip else None,
        month=_month(slip.figures, grounds, person.id) if slip else None,
    )
    return slip, state


def _hours(employment: Employment, grounds: _Grounds) -> Hours:
    return grounds.hours.get(employment.id, Hours())


def _period(employment: Employment, run: PayRun) -> Span:
    """The days that the payslip pays: a bonus belongs to the whole contract."""
    if run.kind is RunKind.BONUS:
        return employment.term
    first = max(run.period_first, employment.starts_on)
    return Span(first, min(run.period_last, employment.ends_on))


def _facts(
    employment: Employment, grounds: _Grounds, hours: Hours, card: TaxCardTerms | None
) -> PayFacts:
    run, person = grounds.run, employment.person
    earlier = grounds.earlier.get(person.id, [])
    is_bonus = run.kind is RunKind.BONUS
    # the allowance is for the whole contract and is paid with its last day
    ends_here = run.period.contains(employment.ends_on)
    return PayFacts(
        pays_on=run.pays_on,
        born_on=born_on(person.identity_code or ""),
        paid_minutes=hours.paid_minutes,
        hourly=employment.hourly,
        allowance=employment.allowance if ends_here and not is_bonus else Money.zero(),
        bonus=Money.total(one.amount for one in grounds.bonuses.get(employment.id, ())),
        distraint=grounds.distraints.get(employment.id, Money.zero()),
        employed_a_year=is_year_or_more(employment.starts_on, employment.ends_on),
        card=card,
        paid_on_card=Money.total(
            payment.gross for payment in earlier if card and payment.pays_on >= card.valid_from
        ),
        month=_month_so_far(earlier, grounds.month),
    )


def _month_so_far(earlier: list[Earlier], month: Span) -> MonthSoFar:
    same = [payment for payment in earlier if month.contains(payment.pays_on)]
    return MonthSoFar(
        gross=Money.total(payment.gross for payment in same),
        insured=Money.total(payment.pension_base for payment in same),
    )


def _month(figures: PayslipFigures, grounds: _Grounds, person_id: str) -> MonthInformation | None:
    """How the month of payment counts; nothing is said about a run that pays only a bonus."""
    run = grounds.run
    if run.kind is RunKind.BONUS:
        return None
    payments = [(run.pays_on, figures.of(Item.WAGE))]
    payments += [
        (payment.pays_on, payment.wage)
        for payment in grounds.earlier.get(person_id, [])
        if grounds.month.contains(payment.pays_on)
    ]
    return next(iter(months_count(payments, grounds.table)), None)
