"""A person's payments by calendar month, with what they mean for benefit; pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobsearch.core.money import Money
from jobsearch.core.periods import month_of
from jobsearch.payroll.pay.rules import MonthInformation, months_count
from jobsearch.rates.benefits import BenefitReduction, reduce_benefit
from jobsearch.rates.rules import RateKey, RateRow, RateTable


@dataclass(frozen=True, slots=True)
class PaidOn:
    """One payment to a person, by the day on which it counts."""

    on: date
    gross: Money
    net: Money
    wage: Money
    to_account: Money


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month of payment: what was paid, and as estimates its effect on benefit and whether it
    counts toward the employment condition; each None where a figure of the day is not known.
    """

    month: date
    gross: Money
    net: Money
    to_account: Money
    benefit: BenefitReduction | None
    counts: MonthInformation | None
    sources: tuple[RateRow, ...]


def months_of(payments: Iterable[PaidOn], table: RateTable) -> list[MonthView]:
    """The months in which something was paid, newest first."""
    by_month: defaultdict[date, list[PaidOn]] = defaultdict(list)
    for payment in payments:
        by_month[month_of(payment.on).first].append(payment)
    return [_month(month, by_month[month], table) for month in sorted(by_month, reverse=True)]


def _month(month: date, paid: list[PaidOn], table: RateTable) -> MonthView:
    last = max(payment.on for payment in paid)
    gross = Money.total(payment.gross for payment in paid)
    wages = [(payment.on, payment.wage) for payment in paid]
    benefit = reduce_benefit(gross, table, last)
    half = table.find(RateKey.TYOSSAOLOEHTO_HALF_MONTH, last)
    return MonthView(
        month=month,
        gross=gross,
        net=Money.total(payment.net for payment in paid),
        to_account=Money.total(payment.to_account for payment in paid),
        benefit=benefit,
        counts=next(iter(months_count(wages, table)), None),
        sources=(*(benefit.sources if benefit else ()), *([half] if half else [])),
    )
