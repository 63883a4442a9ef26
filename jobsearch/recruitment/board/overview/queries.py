"""What the board of a programme asks: everything on the page in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union,
    union_all,
)

from jobsearch.cohorts.models import Cohort
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.board.queries import (
    PAGE,
    CandidateFilter,
    Funnel,
    count_candidates,
    day_then,
    exit_by,
    forgotten_sums,
    funnel,
    has_reached,
    list_candidates,
    month_of_referral,
    stage_then,
)
from jobsearch.recruitment.board.rules import UNKNOWN, Breakdown, Step, Waiting, steps_of, waiting
from jobsearch.recruitment.forgetting.models import ForgottenCount
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ORDER, ExitReason, Stage

MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the breakdown: how many of this municipality, coach … reached each stage.

    A coach of the forgotten is not kept: their line has no value.
    """

    value: str | None
    reached: Mapping[Stage, int]
    left: int


class Choices(NamedTuple):
    """What the board can be narrowed to."""

    municipalities: list[str]
    coaches: list[str]
    months: list[str]


@dataclass(frozen=True, slots=True)
class Board:
    """A programme's funnel, its breakdown, and a page of the candidates that were asked for."""

    programme: Programme
    programmes: list[Programme]
    which: CandidateFilter
    by: Breakdown
    funnel: Funnel
    steps: list[Step]
    parts: list[Part]
    choices: Choices
    candidates: list[Candidate]
    count: int

    @property
    def pages(self) -> int:
        """How many pages the candidates fill."""
        return max(1, -(-self.count // PAGE))

    @property
    def exits(self) -> list[tuple[ExitReason, int]]:
        """The reasons for leaving, the most frequent first."""
        return sorted(self.funnel.exits.items(), key=lambda one: (-one[1], one[0]))


def show_board(
    asked: CandidateFilter, by: Breakdown, as_of: date | None, page: int = 1
) -> Board | None:
    """The board of the programme asked for, else of the newest; None where there is none.

    `as_of` is the day asked for; later than today is today. Raises NotVisible for a programme that
    is not the reader's.
    """
    programmes = list_programmes()
    chosen = [one for one in programmes if one.id == asked.programme_id]
    if asked.programme_id and not chosen:
        raise NotVisible
    if not programmes:
        return None
    programme = (chosen or programmes)[0]
    this_day = today(programme.zone)
    which = replace(asked, programme_id=programme.id, as_of=min(as_of or this_day, this_day))
    counted = funnel(programme.id, which.as_of, which)
    return Board(
        programme=programme,
        programmes=programmes,
        which=which,
        by=by,
        funnel=counted,
        steps=steps_of(counted.reached, _waiting(which)),
        parts=parts_of(which, by),
        choices=_choices(programme.id),
        candidates=list_candidates(which, page),
        count=count_candidates(which),
    )


def list_programmes() -> list[Programme]:
    """The provider's programmes, that with the newest group first."""
    newest = func.coalesce(func.max(Cohort.starts_on), date.max)  # no group yet: just made
    statement = (
        select(Programme)
        .outerjoin(Cohort, Cohort.programme_id == Programme.id)
        .group_by(Programme.id)
        .order_by(newest.desc(), Programme.id)
        .limit(200)
    )
    return list(db.session.scalars(statement))


def _waiting(which: CandidateFilter) -> dict[Stage, Waiting]:
    """Who is at each stage on the day, and for how long."""
    stage, day = stage_then(which.as_of).label("at"), day_then(which.as_of).label("since")
    statement = (
        select(stage, day, func.count())
        .where(*which.people(), exit_by(which.as_of).is_(None))
        .group_by(stage, day)
    )
    since: defaultdict[Stage, list[tuple[date, int]]] = defaultdict(list)
    for at, on, count in db.session.execute(statement):
        since[Stage(at)].append((on, count))
    return {at: waiting(days, which.as_of) for at, days in since.items()}


def dimension_of(by: Breakdown) -> tuple[ColumnElement[Any], ColumnElement[Any] | None]:
    """The value of a candidate, and of those of whom numbers are kept."""
    if by is Breakdown.COACH:
        return func.coalesce(func.nullif(Candidate.referred_by_name, ""), UNKNOWN), None
    if by is Breakdown.CHANNEL:
        return cast(Candidate.channel, String), cast(ForgottenCount.channel, String)
    if by is Breakdown.MONTH:
        return month_of_referral(), func.substr(cast(ForgottenCount.month, String), 1, 7)
    theirs = func.coalesce(func.nullif(Person.municipality, ""), UNKNOWN)
    return theirs, func.coalesce(func.nullif(ForgottenCount.municipality, ""), UNKNOWN)


def parts_of(which: CandidateFilter, by: Breakdown) -> list[Part]:
    """The breakdown, rows and those of whom numbers are kept together, in one statement."""
    value, of_forgotten = dimension_of(by)
    value = value.label("value")
    sums = [func.sum(case((has_reached(one, which.as_of), 1), else_=0)) for one in ORDER]
    left = func.sum(case((exit_by(which.as_of).is_not(None), 1), else_=0))
    columns: list[Any] = [value, left, *sums]
    there = select(*columns).join(Person, Person.id == Candidate.person_id)
    there = there.where(*which.people()).group_by(value)
    found: defaultdict[str | None, list[int]] = defaultdict(lambda: [0] * (1 + len(ORDER)))
    rows = db.session.execute(union_all(there, _forgotten_parts(which, of_forgotten)))
    for name, *counts in rows:
        if any(counts):
            found[name] = [one + more for one, more in zip(found[name], counts, strict=True)]
    parts = [
        Part(name, dict(zip(ORDER, counts[1:], strict=True)), counts[0])
        for name, counts in found.items()
    ]
    return _in_order(parts, by)


def _forgotten_parts(which: CandidateFilter, value: ColumnElement[Any] | None) -> Select[Any]:
    name = (cast(null(), String) if value is None else value).label("value")
    has_left = (ForgottenCount.ended_month <= which.as_of) & ForgottenCount.exit_reason.is_not(None)
    left = func.sum(case((has_left, ForgottenCount.count), else_=0))
    columns: list[Any] = [name, left, *forgotten_sums(which.as_of)]
    statement = select(*columns).where(*which.forgotten())
    return statement if value is None else statement.group_by(name)


def _in_order(parts: list[Part], by: Breakdown) -> list[Part]:
    """Months as they came, else the largest first; the forgotten without a value last."""
    if by is Breakdown.MONTH:
        return sorted(parts, key=lambda part: part.value or "")
    return sorted(
        parts,
        key=lambda part: (part.value is None, -part.reached[Stage.REFERRED], part.value or ""),
    )


def _choices(programme_id: str) -> Choices:
    """The values that occur, each list in its order; one statement."""
    of = Candidate.programme_id == programme_id
    towns = select(literal("town"), Person.municipality)
    towns = towns.join(Candidate, Candidate.person_id == Person.id)
    towns = towns.where(of, Person.municipality != "")
    coaches = select(literal("coach"), Candidate.referred_by_name)
    coaches = coaches.where(of, Candidate.referred_by_name != "")
    months = select(literal("month"), month_of_referral()).where(of)
    found: defaultdict[str, list[str]] = defaultdict(list)
    rows: Any = db.session.execute(union(towns, coaches, months))
    for kind, value in rows:
        found[kind].append(value)
    return Choices(
        municipalities=sorted(found["town"])[:MOST_CHOICES],
        coaches=sorted(found["coach"])[:MOST_CHOICES],
        months=sorted(found["month"], reverse=True)[:MOST_CHOICES],
    )
