"""One payslip from its facts, to the cent; pure, and the only place that computes pay."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, wage
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.rules import TaxCardTerms
from jobsearch.payroll.pay.insurance import (
    UI_EMPLOYER_KEYS,
    MonthSoFar,
    employee_lines,
    employer_lines,
    pension_base,
)
from jobsearch.payroll.pay.lines import (
    Item,
    LineKind,
    PayLine,
    PayslipFigures,
    add_up,
    at_most,
    share,
)
from jobsearch.payroll.pay.sentences import Minutes, Name, Sentence
from jobsearch.payroll.pay.withholding import withhold
from jobsearch.rates.employer import AllowanceTreatment, EmployerSettings
from jobsearch.rates.rules import RATE_NAMES, RateKey, RateTable, pension_employee_key


@dataclass(frozen=True, slots=True)
class PayFacts:
    """What one payment to one person rests on.

    `paid_on_card` is what this employer paid her earlier since the tax card began;
    `month` what it paid earlier in the month of payment.
    """

    pays_on: date
    born_on: date
    paid_minutes: int
    hourly: Money
    allowance: Money = Money(0)
    bonus: Money = Money(0)
    distraint: Money = Money(0)
    employed_a_year: bool = False
    card: TaxCardTerms | None = None
    paid_on_card: Money = Money(0)
    month: MonthSoFar = field(default_factory=MonthSoFar)


def compute_payslip(
    facts: PayFacts, settings: EmployerSettings, table: RateTable
) -> PayslipFigures:
    """The lines and sums of a payslip, by the rates in force on the day of payment.

    Each line is rounded half-up to the cent once; sums add rounded lines. RuleBroken names what
    is missing or impossible: a rate of the day, settings of the year, negative hours or money.
    """
    return pay_out(earn(facts, settings, table), facts, settings, table)


def earn(facts: PayFacts, settings: EmployerSettings, table: RateTable) -> list[PayLine]:
    """What is due before anything is taken: pay for work, and costs that are reimbursed.

    RuleBroken names what is missing or impossible, as for a payslip.
    """
    _check(facts, settings)
    return [*_earnings(facts, settings, table), *_reimbursements(facts, settings)]


def pay_out(
    due: Sequence[PayLine], facts: PayFacts, settings: EmployerSettings, table: RateTable
) -> PayslipFigures:
    """The payslip that pays these lines: with tax, contributions and the employer's own."""
    day = facts.pays_on
    earnings = [line for line in due if line.kind is LineKind.EARNING]
    gross = Money.total(line.amount for line in earnings)
    pension = pension_base(gross, facts.month, facts.born_on, table, day)
    insurance = employee_lines(gross, pension, facts.born_on, table, day)
    left = gross - Money.total(line.amount for line in insurance)
    tax = at_most(withhold(gross, facts.card, facts.paid_on_card, table, day), left)
    employer = employer_lines(
        gross, pension, insurance[0].amount, facts.born_on, settings, table, day
    )
    net = left - Money.total(line.amount for line in tax)
    reimbursements = [line for line in due if line.kind is LineKind.REIMBURSEMENT]
    after_net = [*reimbursements, *_distraint(facts.distraint, net)]
    lines = [*earnings, *tax, *insurance, *after_net, *employer]
    return add_up(lines, pension.base)


def _check(facts: PayFacts, settings: EmployerSettings) -> None:
    if facts.paid_minutes < 0:
        raise RuleBroken(N_("Hours worked are not below zero."), field="paid_minutes")
    if facts.hourly < Money.zero():
        raise RuleBroken(N_("The hourly wage is not below zero."), field="hourly")
    if facts.allowance < Money.zero():
        raise RuleBroken(N_("The allowance is not below zero."), field="allowance")
    if facts.bonus < Money.zero():
        raise RuleBroken(N_("The bonus is not below zero."), field="bonus")
    if facts.distraint < Money.zero():
        raise RuleBroken(N_("The distraint is not below zero."), field="distraint")
    if facts.born_on >= facts.pays_on:
        raise RuleBroken(N_("The day of birth is before the day of payment."), field="born_on")
    if settings.year != facts.pays_on.year:
        raise RuleBroken(
            N_("The employer's own percentages for %(year)d are missing."),
            field="pays_on",
            year=facts.pays_on.year,
        )


def _earnings(facts: PayFacts, settings: EmployerSettings, table: RateTable) -> list[PayLine]:
    lines = []
    if facts.paid_minutes:
        lines.append(_wage(facts))
    if facts.bonus:
        lines.append(_bonus(facts, settings))
    base = Money.total(
        line.amount for line in lines if line.item is Item.WAGE or settings.bonus_in_holiday_base
    )
    if base:
        lines.append(_holiday_compensation(base, facts, table))
    if facts.allowance and settings.allowance_treatment is AllowanceTreatment.WAGE:
        text = N_("An allowance without a receipt is wage: taxed and insured like it.")
        lines.append(PayLine(Item.ALLOWANCE, facts.allowance, Sentence.of(text)))
    return lines


def _wage(facts: PayFacts) -> PayLine:
    return PayLine(
        Item.WAGE,
        wage(facts.paid_minutes, facts.hourly),
        Sentence.of(
            N_("%(hours)s of work, %(hourly)s an hour."),
            hours=Minutes(facts.paid_minutes),
            hourly=facts.hourly,
        ),
        minutes=facts.paid_minutes,
        hourly=facts.hourly,
    )


def _bonus(facts: PayFacts, settings: EmployerSettings) -> PayLine:
    if settings.bonus_in_holiday_base:
        text = N_("The agreed bonus; holiday compensation is paid on it too.")
    else:
        text = N_("The agreed bonus; holiday compensation is not paid on it.")
    return PayLine(Item.BONUS, facts.bonus, Sentence.of(text))


def _holiday_compensation(base: Money, facts: PayFacts, table: RateTable) -> PayLine:
    key = RateKey.HOLIDAY_COMP_UNDER_1Y
    if facts.employed_a_year:
        key = RateKey.HOLIDAY_COMP_1Y_OR_MORE
    return share(
        Item.HOLIDAY_COMPENSATION,
        table.percent(key, facts.pays_on),
        base,
        N_("%(rate)s of %(base)s, instead of days of holiday (Annual Holidays Act)."),
    )


def _reimbursements(facts: PayFacts, settings: EmployerSettings) -> list[PayLine]:
    if not facts.allowance or settings.allowance_treatment is AllowanceTreatment.WAGE:
        return []
    text = N_("Covers a cost of the work: %(cost)s. Nothing is withheld from it.")
    sentence = Sentence.of(text, cost=settings.allowance_basis)
    return [PayLine(Item.REIMBURSEMENT, facts.allowance, sentence)]


def _distraint(asked: Money, net: Money) -> list[PayLine]:
    """What a payment ban takes: the sum that the clerk entered, never more than net pay."""
    if not asked:
        return []
    text = N_("Paid on for you to the enforcement authority, as its payment ban says.")
    line = PayLine(Item.DISTRAINT, asked, Sentence.of(text))
    return at_most([line], net)


def missing_rates(table: RateTable, settings: EmployerSettings | None, day: date) -> list[Sentence]:
    """What is not known for a payment on the day, each as a sentence; empty when it can be paid."""
    if settings is None:
        text = N_("The employer's own percentages for %(year)s are missing.")
        return [Sentence.of(text, year=str(day.year))]
    text = N_("The rate “%(rate)s” is not known for %(day)s, so pay cannot be computed.")
    keys = [
        *(pension_employee_key(raised, day) for raised in (False, True)),
        RateKey.TYEL_MIN_MONTH,
        RateKey.UI_EMPLOYEE,
        UI_EMPLOYER_KEYS[settings.ui_band],
        RateKey.HEALTH_EMPLOYER,
        RateKey.TAX_NO_CARD,
        RateKey.HOLIDAY_COMP_UNDER_1Y,
    ]
    missing = [key for key in dict.fromkeys(keys) if table.find(key, day) is None]
    return [Sentence.of(text, rate=Name(RATE_NAMES[key]), day=day) for key in missing]
