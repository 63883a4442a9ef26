"""What pay does to unemployment benefit in its month of payment, as an estimate; pure."""

from dataclasses import dataclass
from datetime import date

from jobsearch.core.money import Money, Rate
from jobsearch.rates.rules import RateKey, RateRow, RateTable


@dataclass(frozen=True, slots=True)
class BenefitReduction:
    """By how much gross pay of one month makes its benefit smaller, and by which figures."""

    gross: Money
    protected: Money
    share: Rate
    less: Money
    sources: tuple[RateRow, ...]


def reduce_benefit(gross: Money, table: RateTable, day: date) -> BenefitReduction | None:
    """Half of gross pay above a protected sum, where there is one; None where a figure is missing.

    By date of payment (`finland/law.md` section 8). Never a promise: the payer of benefit decides.
    """
    share = table.find(RateKey.BENEFIT_REDUCTION, day)
    protected = table.find(RateKey.BENEFIT_PROTECTED_MONTH, day)
    if share is None or protected is None:
        return None
    above = max(gross - Money(protected.value), Money.zero())
    rate = Rate(share.value)
    return BenefitReduction(
        gross, Money(protected.value), rate, rate.of_money(above), (share, protected)
    )
