"""What is asked of the funnel: its counts, those forgotten among them, and the rows behind."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload

from jobsearch.core.db import db
from jobsearch.core.periods import month_of
from jobsearch.people.models import Person
from jobsearch.recruitment.board.rules import UNKNOWN
from jobsearch.recruitment.forgetting.models import ForgottenCount
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ORDER, Channel, ExitReason, Stage, reached

PAGE = 50

# A day that nobody knows is taken to be that of the last stage whose day is known.
_KNOWN = (
    (Stage.REFERRED, Candidate.referred_on),
    (Stage.CONTACTED, Candidate.contacted_on),
    (Stage.INVITED, func.coalesce(Candidate.invited_on, Candidate.session_on)),
    (Stage.ATTENDED, Candidate.attended_on),
    (Stage.SELECTED, Candidate.selected_on),
    (Stage.SIGNED, Candidate.signed_on),
    (Stage.STARTED, Candidate.started_on),
)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many had reached each stage by a day, and why others had left.

    `exits` counts all who left, `exits_after_signing` those of them who had signed. `forgotten` of
    the introduced are kept as numbers only: they have no rows any more.
    """

    reached: Mapping[Stage, int]
    exits: Mapping[ExitReason, int]
    exits_after_signing: Mapping[ExitReason, int]
    forgotten: int = 0

    @property
    def introduced(self) -> int:
        """Everyone who was introduced."""
        return self.reached[Stage.REFERRED]


def known_by(stage: Stage) -> ColumnElement[date]:
    """The day on which a stage was reached, or the nearest one before it that is known."""
    days = [day for known, day in _KNOWN if known in reached(stage)]
    return func.coalesce(*reversed(days), Candidate.referred_on)


def has_reached(stage: Stage, as_of: date) -> ColumnElement[bool]:
    """Whether a candidate had come this far by a day."""
    beyond = ORDER[ORDER.index(stage) :]
    return Candidate.stage.in_(beyond) & (known_by(stage) <= as_of)


def exit_by(as_of: date) -> ColumnElement[ExitReason]:
    """Why a candidate had left by a day, or nothing."""
    left_on = func.coalesce(Candidate.exited_on, known_by(Stage.SIGNED))
    return case((left_on <= as_of, Candidate.exit_reason), else_=None)


def month_of_referral() -> ColumnElement[str]:
    """The month of the introduction, written 2026-11."""
    return func.substr(cast(Candidate.referred_on, String), 1, 7)


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """Which rows of the funnel to show; `here` are those who wait at the stage itself."""

    programme_id: str
    as_of: date
    stage: Stage | None = None
    exit_reason: ExitReason | None = None
    here: Stage | None = None
    municipality: str = ""
    coach: str = ""
    channel: Channel | None = None
    month: date | None = None

    def people(self) -> list[ColumnElement[bool]]:
        """Whom the filter is about, however far they came."""
        found = [Candidate.programme_id == self.programme_id, Candidate.referred_on <= self.as_of]
        if self.municipality:
            one = aliased(Person)
            theirs = func.coalesce(func.nullif(one.municipality, ""), UNKNOWN)
            found.append(exists().where(one.id == Candidate.person_id, theirs == self.municipality))
        if self.coach:
            hers = func.coalesce(func.nullif(Candidate.referred_by_name, ""), UNKNOWN)
            found.append(hers == self.coach)
        if self.channel is not None:
            found.append(Candidate.channel == self.channel)
        if self.month is not None:
            span = month_of(self.month)
            found.append(Candidate.referred_on.between(span.first, span.last))
        return found

    def criteria(self) -> list[ColumnElement[bool]]:
        """The filter as conditions."""
        found = self.people()
        if self.stage is not None:
            found.append(has_reached(self.stage, self.as_of))
        if self.exit_reason is not None:
            found.append(exit_by(self.as_of) == self.exit_reason)
        if self.here is not None:
            found.append(stage_then(self.as_of) == self.here.value)
            found.append(exit_by(self.as_of).is_(None))
        return found

    def forgotten(self) -> list[ColumnElement[bool]]:
        """The same of those of whom only numbers are kept; of no coach, as none is kept."""
        found = [
            ForgottenCount.programme_id == self.programme_id,
            ForgottenCount.month <= self.as_of,
        ]
        if self.municipality:
            theirs = func.coalesce(func.nullif(ForgottenCount.municipality, ""), UNKNOWN)
            found.append(theirs == self.municipality)
        if self.coach:
            found.append(literal(value=False))
        if self.channel is not None:
            found.append(ForgottenCount.channel == self.channel)
        if self.month is not None:
            found.append(ForgottenCount.month == month_of(self.month).first)
        return found


def stage_then(as_of: date) -> ColumnElement[str]:
    """The stage at which a candidate was on a day, as its plain word."""
    ways = [(has_reached(stage, as_of), literal(stage.value)) for stage in reversed(ORDER[1:])]
    return case(*ways, else_=literal(Stage.REFERRED.value))


def day_then(as_of: date) -> ColumnElement[date]:
    """Since when a candidate was at that stage."""
    ways = [(has_reached(stage, as_of), known_by(stage)) for stage in reversed(ORDER[1:])]
    return case(*ways, else_=Candidate.referred_on)


def funnel(programme_id: str, as_of: date, which: CandidateFilter | None = None) -> Funnel:
    """The programme's funnel on a day, in one statement; narrowed by a filter where one is given.

    Who has been forgotten is counted, in the month of her introduction and that of her last day.
    """
    which = which or CandidateFilter(programme_id, as_of)
    left = exit_by(as_of).label("exit_by_then")
    counts = [func.sum(case((has_reached(stage, as_of), 1), else_=0)) for stage in ORDER]
    columns: list[Any] = [literal(0), left, func.count(), *counts]
    there = select(*columns).where(*which.people()).group_by(left)
    rows = db.session.execute(union_all(there, _forgotten(which))).all()
    signed = 3 + ORDER.index(Stage.SIGNED)
    exits: Counter[ExitReason] = Counter()
    left_after: Counter[ExitReason] = Counter()
    for row in rows:
        if row[1] is not None:
            exits[row[1]] += row[2]
            left_after[row[1]] += row[signed]
    return Funnel(
        reached={stage: sum(row[3 + at] for row in rows) for at, stage in enumerate(ORDER)},
        exits=dict(exits),
        exits_after_signing={reason: count for reason, count in left_after.items() if count},
        forgotten=sum(row[2] for row in rows if row[0]),
    )


def _forgotten(which: CandidateFilter) -> Select[Any]:
    """Those of whom numbers are kept, in the same columns as the rows; marked by the first."""
    is_over = ForgottenCount.ended_month <= which.as_of
    left = case((is_over, ForgottenCount.exit_reason), else_=None)
    counts = forgotten_sums(which.as_of)
    columns: list[Any] = [literal(1), left, func.sum(ForgottenCount.count), *counts]
    return select(*columns).where(*which.forgotten()).group_by(left)


def forgotten_sums(as_of: date) -> list[ColumnElement[int]]:
    """How many of the forgotten had come to each stage by a day, in the order of the stages."""
    is_over = ForgottenCount.ended_month <= as_of
    came = [
        is_over & ForgottenCount.stage.in_(ORDER[at:]) if at else true() for at in range(len(ORDER))
    ]
    return [
        func.coalesce(func.sum(case((this_far, ForgottenCount.count), else_=0)), 0)
        for this_far in came
    ]


def list_candidates(which: CandidateFilter, page: int = 1) -> list[Candidate]:
    """The candidates of a filter with their persons, in order of referral, a page at a time."""
    statement = (
        select(Candidate)
        .options(joinedload(Candidate.person))
        .where(*which.criteria())
        .order_by(Candidate.referred_on, Candidate.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return list(db.session.scalars(statement))


def count_candidates(which: CandidateFilter) -> int:
    """How many the filter finds."""
    return db.session.scalar(select(func.count(Candidate.id)).where(*which.criteria())) or 0
