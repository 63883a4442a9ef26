"""Insurance contributions of the employee and the employer on one payment; pure."""

from dataclasses import dataclass
from datetime import date

from jobsearch.core.money import Money, Rate
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.ages import Insurance, in_raised_pension_band, is_insured
from jobsearch.payroll.pay.lines import Item, PayLine, at_most, nothing, share
from jobsearch.payroll.pay.sentences import Sentence
from jobsearch.rates.employer import EmployerSettings, TyelForm, UiBand
from jobsearch.rates.rules import RateKey, RateTable, pension_employee_key

_BY_AGE = N_("Nothing is due at this age.")
_BY_RATE = N_("%(rate)s of %(base)s.")
_BELOW = N_("Nothing is due: the pay of the month, %(month)s, is below %(limit)s.")
UI_EMPLOYER_KEYS = {
    UiBand.LOW: RateKey.UI_EMPLOYER_LOW,
    UiBand.ABOVE_LIMIT: RateKey.UI_EMPLOYER_ABOVE_LIMIT,
}


@dataclass(frozen=True, slots=True)
class MonthSoFar:
    """What this employer has paid the person earlier in the calendar month of payment.

    `insured` is the part of `gross` on which pension contributions were taken already.
    """

    gross: Money = Money(0)
    insured: Money = Money(0)


@dataclass(frozen=True, slots=True)
class PensionBase:
    """The pay on which pension contributions fall now, or the sentence why there is none."""

    base: Money
    why_none: Sentence | None = None


def pension_base(
    gross: Money, so_far: MonthSoFar, born_on: date, table: RateTable, day: date
) -> PensionBase:
    """The pay to insure: all of the month that is not yet insured, once the minimum is reached.

    Tested per employee and month over all payments (`finland/law.md` section 1, rule 4).
    """
    limit = table.amount(RateKey.TYEL_MIN_MONTH, day)
    if not is_insured(Insurance.PENSION, born_on, day):
        return PensionBase(Money.zero(), Sentence.of(_BY_AGE))
    month = so_far.gross + gross
    if month < limit:
        return PensionBase(Money.zero(), Sentence.of(_BELOW, month=month, limit=limit))
    return PensionBase(max(month - so_far.insured, Money.zero()))


def employee_lines(
    gross: Money, pension: PensionBase, born_on: date, table: RateTable, day: date
) -> list[PayLine]:
    """What is taken from the employee: pension and unemployment insurance, each rounded once.

    Unemployment insurance is withheld whatever the employer's size; never more than the pay.
    """
    rate = table.percent(pension_employee_key(in_raised_pension_band(born_on, day), day), day)
    taken = rate.of_money(pension.base)
    sentence = pension.why_none or Sentence.of(_BY_RATE, rate=rate, base=pension.base)
    unemployment = table.percent(RateKey.UI_EMPLOYEE, day)
    insured = is_insured(Insurance.UNEMPLOYMENT, born_on, day)
    lines = [
        PayLine(Item.PENSION_EMPLOYEE, taken, sentence, rate=rate, base=pension.base),
        _by_age(Item.UNEMPLOYMENT_EMPLOYEE, unemployment, gross, insured),
    ]
    return at_most(lines, gross)


def employer_lines(
    gross: Money,
    pension: PensionBase,
    withheld: Money,
    born_on: date,
    settings: EmployerSettings,
    table: RateTable,
    day: date,
) -> list[PayLine]:
    """What the employer pays on top; `withheld` is the pension contribution of the employee.

    The health contribution is information: it is booked on the month's total.
    """
    unemployment = table.percent(UI_EMPLOYER_KEYS[settings.ui_band], day)
    health = table.percent(RateKey.HEALTH_EMPLOYER, day)
    has_unemployment = is_insured(Insurance.UNEMPLOYMENT, born_on, day)
    has_health = is_insured(Insurance.HEALTH, born_on, day)
    policy = N_("%(rate)s of %(base)s, by the employer's own policy.")
    return [
        _pension_employer(pension, withheld, settings),
        _by_age(Item.UNEMPLOYMENT_EMPLOYER, unemployment, gross, has_unemployment),
        _by_age(Item.HEALTH_EMPLOYER, health, gross, has_health),
        share(Item.ACCIDENT_EMPLOYER, settings.accident, gross, policy),
        share(Item.GROUP_LIFE_EMPLOYER, settings.group_life, gross, policy),
    ]


def _by_age(item: Item, rate: Rate, gross: Money, insured: bool) -> PayLine:
    return share(item, rate, gross, _BY_RATE) if insured else nothing(item, _BY_AGE)


def _pension_employer(pension: PensionBase, withheld: Money, settings: EmployerSettings) -> PayLine:
    if pension.why_none is not None:
        return PayLine(Item.PENSION_EMPLOYER, Money.zero(), pension.why_none)
    rate, base = settings.tyel_total, pension.base
    if settings.tyel_form is TyelForm.AVERAGE:
        return share(Item.PENSION_EMPLOYER, rate, base, _BY_RATE)
    sentence = Sentence.of(
        N_("%(rate)s of %(base)s in all, less the %(withheld)s taken from the employee."),
        rate=rate,
        base=base,
        withheld=withheld,
    )
    amount = max(rate.of_money(base) - withheld, Money.zero())
    return PayLine(Item.PENSION_EMPLOYER, amount, sentence, rate=rate, base=base)
