"""At which ages wages are insured; dated, as the limits change with years and birth years; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_


class Insurance(StrEnum):
    """The insurances that have an age limit."""

    PENSION = "pension"
    UNEMPLOYMENT = "unemployment"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """Wages are insured from the month after `from_age` to the end of the month of `to_age`.

    Holds for payments on the days of `paid` to people born on the days of `born`.
    """

    insurance: Insurance
    from_age: int
    to_age: int
    paid: Span
    born: Span
    source: str
    confidence: str


_EVER = Span(date(1900, 1, 1))
_SINCE_2021 = Span(date(2021, 1, 1))
_PENSION_SOURCE = "tyel-vakuutus.fi/ikaraja, aekassa.fi"

AGE_LIMITS: tuple[AgeLimit, ...] = (
    AgeLimit(
        Insurance.PENSION,
        17,
        68,
        _SINCE_2021,
        Span(date(1900, 1, 1), date(1957, 12, 31)),
        _PENSION_SOURCE,
        "M",
    ),
    AgeLimit(
        Insurance.PENSION,
        17,
        69,
        _SINCE_2021,
        Span(date(1958, 1, 1), date(1961, 12, 31)),
        _PENSION_SOURCE,
        "M",
    ),
    AgeLimit(Insurance.PENSION, 17, 70, _SINCE_2021, Span(date(1962, 1, 1)), _PENSION_SOURCE, "M"),
    AgeLimit(
        Insurance.UNEMPLOYMENT,
        17,
        65,
        Span(date(2021, 1, 1), date(2021, 12, 31)),
        _EVER,
        "HE 83/2019",
        "K",
    ),
    # Those born in 1965 or later follow their pension age, which matters from 2030 on.
    AgeLimit(
        Insurance.UNEMPLOYMENT,
        18,
        65,
        Span(date(2022, 1, 1), date(2029, 12, 31)),
        _EVER,
        "fineka.fi/Info2025, HE 83/2019",
        "M",
    ),
    AgeLimit(Insurance.HEALTH, 16, 68, _SINCE_2021, _EVER, "fineka.fi, mll.fi", "M"),
)

# The raised employee's pension contribution, in force until the end of 2025.
_RAISED_FROM, _RAISED_TO = 53, 63


def _is_covered(born_on: date, from_age: int, to_age: int, day: date) -> bool:
    """Whether the day's month is after that of `from_age` and not after that of `to_age`."""
    months = (day.year - born_on.year) * 12 + day.month - born_on.month
    return from_age * 12 < months <= to_age * 12


def is_insured(insurance: Insurance, born_on: date, day: date) -> bool:
    """Whether wages paid on the day to someone born then bear this insurance.

    RuleBroken where the age limits of the day are not known. `finland/law.md` section 1.
    """
    for limit in AGE_LIMITS:
        if (
            limit.insurance is insurance
            and limit.paid.contains(day)
            and limit.born.contains(born_on)
        ):
            return _is_covered(born_on, limit.from_age, limit.to_age, day)
    raise RuleBroken(
        N_("The age limits of insurance are not known for %(day)s, so pay cannot be computed."),
        field="pays_on",
        day=day,
    )


def in_raised_pension_band(born_on: date, day: date) -> bool:
    """Whether the raised 53–62 contribution would hold: month after 53 to the month of 63."""
    return _is_covered(born_on, _RAISED_FROM, _RAISED_TO, day)
