"""What the law says of a contract: grounds of a fixed term, endings, limits and written terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import Word, Words
from jobsearch.core.text import mark as N_
from jobsearch.rates.rules import Confidence


class GroundKey(StrEnum):
    """Why a contract may be for a fixed term (`finland/law.md` section 7)."""

    NATURE_OF_WORK = "nature_of_work"
    OWN_WISH = "own_wish"
    LONG_TERM_UNEMPLOYED = "long_term_unemployed"
    FIRST_CONTRACT = "first_contract"


GROUND_NAMES: dict[GroundKey, str] = {
    GroundKey.NATURE_OF_WORK: N_("The nature of the work"),
    GroundKey.OWN_WISH: N_("The employee's own wish"),
    GroundKey.LONG_TERM_UNEMPLOYED: N_("Unemployed for 12 months without a break"),
    GroundKey.FIRST_CONTRACT: N_("First contract with this employer"),
}


class EndingKey(StrEnum):
    """Why a contract ended."""

    TERM_OVER = "term_over"
    AGREED_BEFORE_START = "agreed_before_start"
    NOT_CONCLUDED = "not_concluded"
    TRIAL_BY_EMPLOYEE = "trial_by_employee"
    TRIAL_BY_EMPLOYER = "trial_by_employer"
    AGREED = "agreed"
    CANCELLED = "cancelled"


class EndingTime(StrEnum):
    """When in the life of a contract an ending is possible."""

    UNSIGNED = "unsigned"
    BEFORE_START = "before_start"
    TRIAL = "trial"
    RUNNING = "running"
    LAST_DAY = "last_day"


class LimitKey(StrEnum):
    """Figures of the Employment Contracts Act that a contract is held against."""

    TRIAL_SHARE_PERCENT = "trial_share_percent"


class TermKey(StrEnum):
    """The written terms of an employment, in the order in which they are printed."""

    EMPLOYER = "employer"
    EMPLOYEE = "employee"
    START = "start"
    END = "end"
    GROUND = "ground"
    TRIAL_PERIOD = "trial_period"
    PLACE = "place"
    TASKS = "tasks"
    PAY = "pay"
    PAY_PERIOD = "pay_period"
    WORKING_TIME = "working_time"
    HOLIDAY = "holiday"
    NOTICE = "notice"
    COLLECTIVE_AGREEMENT = "collective_agreement"
    PENSION_INSURER = "pension_insurer"
    ACCIDENT_INSURER = "accident_insurer"
    TRAINING = "training"


_LAW = "Employment Contracts Act 55/2001, chapter 2, section 4"
_SOURCE = "https://tyosuojelu.fi/tyosuhde/tyosopimus/selvitys-tyonteon-ehdoista"
WITHIN_A_WEEK, WITHIN_A_MONTH = 7, 30


@dataclass(frozen=True, slots=True)
class WrittenTerm:
    """A term that the employer gives in writing, and within how many days of the start.

    It holds for employments of more than 12 hours in four weeks, since 1.8.2022.
    """

    key: TermKey
    within_days: int
    law: str = _LAW
    source: str = _SOURCE


_LATER = (
    TermKey.HOLIDAY,
    TermKey.NOTICE,
    TermKey.COLLECTIVE_AGREEMENT,
    TermKey.PENSION_INSURER,
    TermKey.ACCIDENT_INSURER,
    TermKey.TRAINING,
)
WRITTEN_TERMS: tuple[WrittenTerm, ...] = tuple(
    WrittenTerm(key, WITHIN_A_MONTH if key in _LATER else WITHIN_A_WEEK) for key in TermKey
)
"""Everything that section 7 of `finland/law.md` lists; a contract is issued with all of it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Days of validity (None: not in force yet), law and source of a row."""

    valid: Span | None
    law: str
    source: str
    confidence: Confidence

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on the day."""
        return self.valid is not None and self.valid.contains(day)


@dataclass(frozen=True, slots=True)
class Ground(Dated):
    """A ground of a fixed term.

    `needs_reason`: the reason is written out. `most_contracts` and `most_days` bound all contracts
    of one person on this ground together.
    """

    key: GroundKey
    text: Words
    needs_reason: bool
    most_contracts: int | None
    most_days: int | None


@dataclass(frozen=True, slots=True)
class Ending(Dated):
    """A way in which a contract ends, and when it is possible."""

    key: EndingKey
    text: Words
    when: EndingTime


@dataclass(frozen=True, slots=True)
class Limit(Dated):
    """A figure of the law."""

    key: LimitKey
    value: int


_Row = TypeVar("_Row", bound=Dated)


@dataclass(frozen=True, slots=True)
class ContractLaw:
    """All dated rows about contracts."""

    grounds: tuple[Ground, ...]
    endings: tuple[Ending, ...]
    limits: tuple[Limit, ...]

    def grounds_on(self, day: date) -> tuple[Ground, ...]:
        """The grounds in force on the day on which work begins."""
        return _in_force(self.grounds, day)

    def ground_on(self, key: GroundKey, day: date) -> Ground:
        """One ground; RuleBroken when it is not in force on the day."""
        for ground in self.grounds_on(day):
            if ground.key is key:
                return ground
        raise RuleBroken(
            N_("“%(ground)s” is no ground for a fixed term on %(day)s."),
            field="ground",
            ground=Word(GROUND_NAMES[key]),
            day=day,
        )

    def endings_on(self, day: date) -> tuple[Ending, ...]:
        """The ways to end a contract that are in force on the day."""
        return _in_force(self.endings, day)

    def limit_on(self, key: LimitKey, day: date) -> int:
        """A figure of the day; RuleBroken when none is in force, never a guess."""
        for limit in _in_force(self.limits, day):
            if limit.key is key:
                return limit.value
        raise RuleBroken(
            N_("The limit of the trial period is not known for %(day)s."),
            field="trial_days",
            day=day,
        )

    def longest_trial(self, term: Span) -> int:
        """Days of trial period at most: half of the fixed term (1:4); 21 days give 10."""
        share = self.limit_on(LimitKey.TRIAL_SHARE_PERCENT, term.first)
        return term.length() * share // 100


def _in_force(rows: Iterable[_Row], day: date) -> tuple[_Row, ...]:
    return tuple(row for row in rows if row.holds_on(day))


def check_earlier(ground: Ground, term: Span, earlier: Iterable[Span]) -> None:
    """Refuse a contract beyond what its ground allows one person in all.

    `earlier` are the terms of her other contracts on the same ground (1:3a: three contracts and a
    year at most).
    """
    spans = [*earlier, term]
    if ground.most_contracts is not None and len(spans) > ground.most_contracts:
        raise RuleBroken(
            N_("This person has had %(most)d contracts on this ground; the law allows no more."),
            field="ground",
            most=ground.most_contracts,
        )
    if ground.most_days is not None and sum(span.length() for span in spans) > ground.most_days:
        raise RuleBroken(
            N_("The contracts on this ground may last a year in all; this one goes beyond it."),
            field="ground",
        )
