"""Dated figures: which there are, which one is in force on a day, and where they are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import ONE_DAY, Span
from jobsearch.core.text import Word
from jobsearch.core.text import mark as N_


class RateKey(StrEnum):
    """Every dated figure that pay or advice about pay rests on."""

    TYEL_EMPLOYEE_UNDER53_AND_63PLUS = "tyel_employee_under53_and_63plus"
    TYEL_EMPLOYEE_53_62 = "tyel_employee_53_62"
    TYEL_EMPLOYEE_ALL_AGES = "tyel_employee_all_ages"
    TYEL_EMPLOYER_AVERAGE = "tyel_employer_average"
    TYEL_CONTRACT_TOTAL = "tyel_contract_total"
    TYEL_TEMPORARY_TOTAL = "tyel_temporary_total"
    TYEL_MIN_MONTH = "tyel_min_month"
    TYEL_TEMP_EMPLOYER_LIMIT_6M = "tyel_temp_employer_limit_6m"
    UI_EMPLOYEE = "ui_employee"
    UI_EMPLOYER_LOW = "ui_employer_low"
    UI_EMPLOYER_ABOVE_LIMIT = "ui_employer_above_limit"
    UI_PAYROLL_LIMIT_YEAR = "ui_payroll_limit_year"
    HEALTH_EMPLOYER = "health_employer"
    TAX_NO_CARD = "tax_no_card"
    HOLIDAY_COMP_UNDER_1Y = "holiday_comp_under_1y"
    HOLIDAY_COMP_1Y_OR_MORE = "holiday_comp_1y_or_more"
    TYOSSAOLOEHTO_FULL_MONTH = "tyossaoloehto_full_month"
    TYOSSAOLOEHTO_HALF_MONTH = "tyossaoloehto_half_month"
    BENEFIT_PROTECTED_MONTH = "benefit_protected_month"
    BENEFIT_REDUCTION = "benefit_reduction"
    GENERAL_BENEFIT_DAY = "general_benefit_day"


RATE_NAMES: dict[RateKey, str] = {
    RateKey.TYEL_EMPLOYEE_UNDER53_AND_63PLUS: N_(
        "Employee's pension contribution, under 53 and from 63"
    ),
    RateKey.TYEL_EMPLOYEE_53_62: N_("Employee's pension contribution, aged 53 to 62"),
    RateKey.TYEL_EMPLOYEE_ALL_AGES: N_("Employee's pension contribution"),
    RateKey.TYEL_EMPLOYER_AVERAGE: N_("Employer's pension contribution on average"),
    RateKey.TYEL_CONTRACT_TOTAL: N_("Whole pension contribution of a contract employer"),
    RateKey.TYEL_TEMPORARY_TOTAL: N_("Whole pension contribution of a temporary employer"),
    RateKey.TYEL_MIN_MONTH: N_("Monthly earnings from which pension insurance is due"),
    RateKey.TYEL_TEMP_EMPLOYER_LIMIT_6M: N_("Wages of a temporary employer in six months, at most"),
    RateKey.UI_EMPLOYEE: N_("Employee's unemployment insurance contribution"),
    RateKey.UI_EMPLOYER_LOW: N_("Employer's unemployment insurance contribution"),
    RateKey.UI_EMPLOYER_ABOVE_LIMIT: N_(
        "Employer's unemployment insurance contribution above the payroll limit"
    ),
    RateKey.UI_PAYROLL_LIMIT_YEAR: N_("Yearly payroll limit of unemployment insurance"),
    RateKey.HEALTH_EMPLOYER: N_("Employer's health insurance contribution"),
    RateKey.TAX_NO_CARD: N_("Withholding without a tax card"),
    RateKey.HOLIDAY_COMP_UNDER_1Y: N_("Holiday compensation, employed less than a year"),
    RateKey.HOLIDAY_COMP_1Y_OR_MORE: N_("Holiday compensation, employed a year or more"),
    RateKey.TYOSSAOLOEHTO_FULL_MONTH: N_("Pay in a month that counts as a month of employment"),
    RateKey.TYOSSAOLOEHTO_HALF_MONTH: N_(
        "Pay in a month that counts as half a month of employment"
    ),
    RateKey.BENEFIT_PROTECTED_MONTH: N_("Earnings in a month that do not reduce benefit"),
    RateKey.BENEFIT_REDUCTION: N_("Share of gross pay by which unemployment benefit is reduced"),
    RateKey.GENERAL_BENEFIT_DAY: N_("General unemployment benefit (yleistuki) a day"),
}


EURO_KEYS = frozenset(
    {
        RateKey.TYEL_MIN_MONTH,
        RateKey.TYEL_TEMP_EMPLOYER_LIMIT_6M,
        RateKey.UI_PAYROLL_LIMIT_YEAR,
        RateKey.TYOSSAOLOEHTO_FULL_MONTH,
        RateKey.TYOSSAOLOEHTO_HALF_MONTH,
        RateKey.BENEFIT_PROTECTED_MONTH,
        RateKey.GENERAL_BENEFIT_DAY,
    }
)
"""The figures that are euros; the others are per cent."""


class Unit(StrEnum):
    """What a figure counts: per cent (kept in basis points) or euros (kept in cents)."""

    PCT = "pct"
    EUR = "eur"


class Confidence(StrEnum):
    """How well a figure is founded, as `finland/law.md` grades its sources."""

    H = "H"
    M = "M"
    L = "L"
    K = "K"


CONFIDENCE_WORDS: dict[Confidence, str] = {
    Confidence.H: N_("Seen on an official page"),
    Confidence.M: N_("From a secondary or older page"),
    Confidence.L: N_("Inferred, weakly"),
    Confidence.K: N_("General knowledge, not looked up"),
}

# The days on which the law has had the figure at all; without an entry, from the first day kept.
FIRST_DAY = date(2021, 1, 1)
IN_USE: dict[RateKey, Span] = {
    RateKey.TYEL_EMPLOYEE_UNDER53_AND_63PLUS: Span(FIRST_DAY, date(2025, 12, 31)),
    RateKey.TYEL_EMPLOYEE_53_62: Span(FIRST_DAY, date(2025, 12, 31)),
    RateKey.TYEL_EMPLOYEE_ALL_AGES: Span(date(2026, 1, 1)),
    RateKey.TYOSSAOLOEHTO_FULL_MONTH: Span(date(2024, 9, 2)),
    RateKey.TYOSSAOLOEHTO_HALF_MONTH: Span(date(2024, 9, 2)),
    RateKey.GENERAL_BENEFIT_DAY: Span(date(2026, 5, 1)),
}


@dataclass(frozen=True, slots=True)
class RateRow:
    """One figure with its days of validity and its source; `value` in basis points or cents.

    `is_own` is a figure that a provider entered itself.
    """

    key: RateKey
    unit: Unit
    value: int
    valid: Span
    source: str
    confidence: Confidence
    is_own: bool = False

    @property
    def figure(self) -> Rate | Money:
        """The value as what it is."""
        return Rate(self.value) if self.unit is Unit.PCT else Money(self.value)


@dataclass(frozen=True, slots=True)
class RateTable:
    """All dated figures at hand; picking is by date of payment, and a gap is never filled."""

    rows: tuple[RateRow, ...]
    _by_key: dict[RateKey, tuple[RateRow, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grouped: defaultdict[RateKey, list[RateRow]] = defaultdict(list)
        # what a provider entered itself goes before what ships
        for row in sorted(self.rows, key=lambda row: not row.is_own):
            grouped[row.key].append(row)
        object.__setattr__(self, "_by_key", {key: tuple(rows) for key, rows in grouped.items()})

    def find(self, key: RateKey, day: date) -> RateRow | None:
        """The row in force on the day, or None where there is a gap."""
        for row in self._by_key.get(key, ()):
            if row.valid.contains(day):
                return row
        return None

    def on(self, key: RateKey, day: date) -> RateRow:
        """The row in force on the day; RuleBroken names the figure and the day when there is none.

        Never defaulted: see `finland/law.md` section 1, rule 1.
        """
        row = self.find(key, day)
        if row is None:
            raise RuleBroken(
                N_("The rate “%(rate)s” is not known for %(day)s, so pay cannot be computed."),
                field="pays_on",
                rate=Word(RATE_NAMES[key]),
                day=day,
            )
        return row

    def percent(self, key: RateKey, day: date) -> Rate:
        """The percentage in force on the day; RuleBroken when it is missing."""
        return Rate(self.on(key, day).value)

    def amount(self, key: RateKey, day: date) -> Money:
        """The euro figure in force on the day; RuleBroken when it is missing."""
        return Money(self.on(key, day).value)


def pension_employee_key(in_raised_band: bool, day: date) -> RateKey:
    """Which of the employee's pension rates applies on the day; since 2026 one for all ages."""
    if IN_USE[RateKey.TYEL_EMPLOYEE_ALL_AGES].contains(day):
        return RateKey.TYEL_EMPLOYEE_ALL_AGES
    if in_raised_band:
        return RateKey.TYEL_EMPLOYEE_53_62
    return RateKey.TYEL_EMPLOYEE_UNDER53_AND_63PLUS


def gaps(rows: Iterable[RateRow], key: RateKey, until: date) -> list[Span]:
    """The days up to `until` on which the law has the figure and we do not, in order."""
    in_use = IN_USE.get(key, Span(FIRST_DAY)).until(until)
    day, missing = in_use.first, []
    for row in sorted((row for row in rows if row.key is key), key=lambda row: row.valid.first):
        if row.valid.first > day:
            missing.append(Span(day, row.valid.first - ONE_DAY))
        if row.valid.last is None:
            return missing
        day = max(day, row.valid.last + ONE_DAY)
    if in_use.last is not None and day <= in_use.last:
        missing.append(Span(day, in_use.last))
    return missing


def check_no_overlap(rows: Iterable[RateRow]) -> None:
    """Refuse two rows of one figure that are in force on the same day."""
    ordered = sorted(rows, key=lambda row: (row.key, row.valid.first))
    for earlier, later in pairwise(ordered):
        if earlier.key is later.key and earlier.valid.overlaps(later.valid):
            raise RuleBroken(
                N_("The rate “%(rate)s” already has a value for %(day)s."),
                field="valid_from",
                rate=Word(RATE_NAMES[later.key]),
                day=later.valid.first,
            )
