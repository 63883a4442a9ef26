"""Computes a run of corrections in memory: what was paid, what is right, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span, month_of, year_of
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.queries import list_these, tax_cards
from jobsearch.payroll.contracts.rules import TaxCardTerms, born_on, card_on, is_year_or_more
from jobsearch.payroll.pay.calculation import PayFacts, earn, missing_rates, pay_out
from jobsearch.payroll.pay.corrections.anew import say_anew
from jobsearch.payroll.pay.corrections.exceptions import (
    concerns_of,
    earlier_tax,
    mixed,
    not_all,
    nothing,
    owed,
)
from jobsearch.payroll.pay.corrections.models import PayCorrection
from jobsearch.payroll.pay.corrections.queries import (
    Paid,
    as_line,
    list_corrections,
    list_families,
    payment_of,
    payments_since,
)
from jobsearch.payroll.pay.corrections.rules import (
    DUE,
    Way,
    differences,
    standing,
    sums,
    take_back,
    which_way,
)
from jobsearch.payroll.pay.distraint.queries import amounts_by_contract
from jobsearch.payroll.pay.drafting import Corrects, Draft, DraftSlip
from jobsearch.payroll.pay.exceptions import PayException
from jobsearch.payroll.pay.hours import Hours, hours_worked
from jobsearch.payroll.pay.insurance import MonthSoFar
from jobsearch.payroll.pay.lines import Item, LineKind, PayLine, PayslipFigures
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.rates.employer import EmployerSettings
from jobsearch.rates.queries import find_employer_setting, load_rate_table
from jobsearch.rates.rules import RateTable


@dataclass(frozen=True, slots=True)
class _Grounds:
    """Everything that the corrections of a run rest on, loaded once."""

    run: PayRun
    table: RateTable
    settings: dict[int, EmployerSettings]
    employments: dict[str, Employment]
    families: dict[str, list[Payslip]]
    cards: dict[str, list[TaxCardTerms]]
    hours: dict[tuple[str, Span], Hours]
    paid: dict[str, list[Paid]]
    distraints: dict[str, Money]


@dataclass(frozen=True, slots=True)
class _Case:
    """One correction with what was paid before (`before`) and what is due by what is right."""

    correction: PayCorrection
    employment: Employment
    family: Sequence[Payslip]
    hours: Hours
    before: list[PayLine]
    due: list[PayLine]
    change: dict[Item, Money]


_Result = tuple[DraftSlip | None, list[PayException]]


def draft_corrections(run: PayRun) -> Draft:
    """Compute the corrections of a run from what is known now; about twelve queries at any size.

    RuleBroken names the rate or the setting that the day of payment lacks.
    """
    corrections = list_corrections(run.id)
    grounds = _load(run, corrections)
    slips, exceptions = [], []
    for correction in corrections:
        slip, found = _draft(correction, grounds)
        exceptions += found
        if slip is not None:
            slips.append(slip)
    exceptions.sort(key=lambda exception: not exception.blocks)
    return Draft(tuple(slips), tuple(exceptions), grounds.settings[run.pays_on.year])


def _load(run: PayRun, corrections: Sequence[PayCorrection]) -> _Grounds:
    table = load_rate_table()
    days = [run.pays_on]
    for one in corrections:
        days += [one.root.pays_on, one.payslip.pays_on]
    settings = _settings(run, {day.year for day in days})
    missing = missing_rates(table, settings.get(run.pays_on.year), run.pays_on)
    if missing:
        raise RuleBroken(missing[0].text, field="pays_on", **missing[0].plain_gaps())
    rows = list_these({one.root.employment_id for one in corrections})
    employments = {row.id: row for row in rows}
    return _Grounds(
        run=run,
        table=table,
        settings=settings,
        employments=employments,
        families=list_families({one.root_id for one in corrections}, run.id),
        cards=tax_cards(rows),
        hours=_hours(corrections, employments),
        paid=payments_since({one.root.person_id for one in corrections}, year_of(min(days)).first),
        distraints=amounts_by_contract(run.id),
    )


def _settings(run: PayRun, years: set[int]) -> dict[int, EmployerSettings]:
    rows = {year: find_employer_setting(run.organisation_id, year) for year in sorted(years)}
    return {year: row.as_settings() for year, row in rows.items() if row is not None}


def _hours(
    corrections: Sequence[PayCorrection], employments: dict[str, Employment]
) -> dict[tuple[str, Span], Hours]:
    """The hours by contract and days; most often one group's, so three queries."""
    wanted: dict[Span, list[Employment]] = {}
    for one in corrections:
        wanted.setdefault(one.root.period, []).append(employments[one.root.employment_id])
    return {
        (key, period): hours
        for period, rows in wanted.items()
        for key, hours in hours_worked(rows, period).items()
    }


def _draft(correction: PayCorrection, grounds: _Grounds) -> _Result:
    root, person_id = correction.root, correction.root.person_id
    employment = grounds.employments[root.employment_id]
    if employment.person.identity_code is None:
        return None, concerns_of(employment, Hours(), None)
    case = _case(correction, employment, grounds)
    way = which_way(case.change.values())
    if way is Way.MIXED:
        return None, [mixed(person_id)]
    if way is Way.PAYS_MORE:
        return _pay_more(case, grounds)
    return _say_anew(case, grounds)


def _case(correction: PayCorrection, employment: Employment, grounds: _Grounds) -> _Case:
    root, right = correction.root, correction.right
    family = grounds.families[root.id]
    before = standing(as_line(line) for slip in family for line in slip.lines if line.kind in DUE)
    hours = grounds.hours[employment.id, root.period]
    if right.minutes is not None or root.kind is not RunKind.WAGES:
        hours = Hours(paid_minutes=right.minutes or 0)
    due = earn(
        _right_facts(correction, employment, hours, sums(before)),
        grounds.settings[root.pays_on.year],
        grounds.table,
    )
    return _Case(correction, employment, family, hours, before, due, differences(due, before))


def _right_facts(
    correction: PayCorrection, employment: Employment, hours: Hours, before: dict[Item, Money]
) -> PayFacts:
    """What should have been paid first: by the clerk's word, else as contract and hours say now."""
    root, right = correction.root, correction.right
    is_wages = root.kind is RunKind.WAGES
    ends_here = is_wages and root.period.contains(employment.ends_on)
    allowance = employment.allowance if ends_here else Money.zero()
    bonus = before.get(Item.BONUS, Money.zero()) if right.bonus is None else right.bonus
    return PayFacts(
        pays_on=root.pays_on,
        born_on=born_on(employment.person.identity_code or ""),
        paid_minutes=hours.paid_minutes if is_wages else 0,
        hourly=employment.hourly,
        allowance=allowance if right.allowance is None else right.allowance,
        bonus=bonus,
        employed_a_year=is_year_or_more(employment.starts_on, employment.ends_on),
    )


def _changed(lines: Sequence[PayLine], change: dict[Item, Money]) -> list[PayLine]:
    return [line for line in lines if change.get(line.item)]


def _pay_more(case: _Case, grounds: _Grounds) -> _Result:
    """What is due more is an ordinary payment of its own day: taxed and insured by it."""
    root, run = case.correction.root, grounds.run
    back = take_back(_changed(case.before, case.change), root.id, root.pays_on)
    paid = [one for one in grounds.paid.get(root.person_id, ()) if _same_year(one.on, run.pays_on)]
    facts = _facts(case.employment, grounds, run.pays_on, paid, paid)
    figures = pay_out(
        [*back, *_changed(case.due, case.change)],
        facts,
        grounds.settings[run.pays_on.year],
        grounds.table,
    )
    slip = _slip(case, figures, None, run.pays_on)
    return slip, concerns_of(case.employment, case.hours, figures, facts)


def _same_year(one: date, other: date) -> bool:
    return one.year == other.year


def _facts(
    employment: Employment,
    grounds: _Grounds,
    day: date,
    before: Sequence[Paid],
    others: Sequence[Paid],
) -> PayFacts:
    """What a payment on a day rests on; `before` counts against the ceiling, `others` in its
    month."""
    card = card_on(grounds.cards.get(employment.person_id, ()), day)
    same = [one for one in others if month_of(day).contains(one.on)]
    is_new = day == grounds.run.pays_on
    return PayFacts(
        pays_on=day,
        born_on=born_on(employment.person.identity_code or ""),
        paid_minutes=0,
        hourly=employment.hourly,
        distraint=grounds.distraints.get(employment.id, Money.zero()) if is_new else Money.zero(),
        card=card,
        paid_on_card=Money.total(
            one.gross for one in before if card is not None and one.on >= card.valid_from
        ),
        month=MonthSoFar(
            gross=Money.total(one.gross for one in same),
            insured=Money.total(one.pension_base for one in same),
        ),
    )


def _say_anew(case: _Case, grounds: _Grounds) -> _Result:
    """The payment as it should have been on its own day, and what was taken back of it."""
    payment, person_id = case.correction.payslip, case.correction.root.person_id
    day, run = payment.pays_on, grounds.run
    said = payment_of(payment, case.family)
    lines = standing(
        as_line(line) for slip in said for line in slip.lines if line.kind is not LineKind.AFTER_NET
    )
    is_only = all(slip.id == payment.id or slip.restates_id for slip in case.family)
    paid = [one for one in grounds.paid.get(person_id, ()) if _same_year(one.on, day)]
    others = [one for one in paid if one.payment_id != payment.id]
    own = next(one for one in paid if one.payment_id == payment.id)
    facts = _facts(
        case.employment, grounds, day, [one for one in others if one.place < own.place], others
    )
    anew = say_anew(
        payment=lines,
        due=case.due if is_only else None,
        change=case.change,
        facts=facts,
        settings=grounds.settings[day.year],
        table=grounds.table,
        keeps_tax=day.year != run.pays_on.year,
        insured=own.pension_base,
        payslip_id=payment.id,
    )
    if anew is None:
        return None, [nothing(person_id)]
    found = concerns_of(case.employment, case.hours, None, facts)
    found += owed(person_id, anew.figures.to_account)
    found += not_all(person_id, anew.rest)
    if day.year != run.pays_on.year:
        found.append(earlier_tax(person_id, day))
    return _slip(case, anew.figures, payment.id, day), found


def _slip(
    case: _Case, figures: PayslipFigures, restates_id: str | None, counts_on: date
) -> DraftSlip:
    correction, root = case.correction, case.correction.root
    before = sum(line.minutes or 0 for line in case.before)
    return DraftSlip(
        employment=case.employment,
        period=root.period,
        paid_minutes=case.hours.paid_minutes - before if root.kind is RunKind.WAGES else 0,
        account=case.employment.person.bank_account,
        figures=figures,
        correction=Corrects(root.id, correction.number, restates_id, counts_on),
    )
