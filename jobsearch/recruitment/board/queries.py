"""What is asked of the funnel: its counts and the rows behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from jobsearch.cohorts.models import Cohort
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ORDER, ExitReason, Stage, reached

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

    `exits` counts all who left, `exits_after_signing` those of them who had signed.
    """

    reached: Mapping[Stage, int]
    exits: Mapping[ExitReason, int]
    exits_after_signing: Mapping[ExitReason, int]

    @property
    def introduced(self) -> int:
        """Everyone who was introduced."""
        return self.reached[Stage.REFERRED]


def _known_by(stage: Stage) -> ColumnElement[date]:
    """The day on which a stage was reached, or the nearest one before it that is known."""
    days = [day for known, day in _KNOWN if known in reached(stage)]
    return func.coalesce(*reversed(days), Candidate.referred_on)


def _has_reached(stage: Stage, as_of: date) -> ColumnElement[bool]:
    beyond = ORDER[ORDER.index(stage) :]
    return Candidate.stage.in_(beyond) & (_known_by(stage) <= as_of)


def _exit_by(as_of: date) -> ColumnElement[ExitReason]:
    left_on = func.coalesce(Candidate.exited_on, _known_by(Stage.SIGNED))
    return case((left_on <= as_of, Candidate.exit_reason), else_=None)


def funnel(programme_id: str, as_of: date) -> Funnel:
    """The programme's funnel on a day, in one statement."""
    left = _exit_by(as_of).label("exit_by_then")
    counts = [func.sum(case((_has_reached(stage, as_of), 1), else_=0)) for stage in ORDER]
    statement = (
        select(left, func.count(), *counts)
        .where(Candidate.programme_id == programme_id, Candidate.referred_on <= as_of)
        .group_by(left)
    )
    rows = db.session.execute(statement).all()
    signed = 2 + ORDER.index(Stage.SIGNED)
    left_after = {row[0]: row[signed] for row in rows if row[0] is not None and row[signed]}
    return Funnel(
        reached={stage: sum(row[2 + at] for row in rows) for at, stage in enumerate(ORDER)},
        exits={row[0]: row[1] for row in rows if row[0] is not None},
        exits_after_signing=left_after,
    )


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """Which rows of the funnel to show."""

    programme_id: str
    as_of: date
    stage: Stage | None = None
    exit_reason: ExitReason | None = None

    def criteria(self) -> list[ColumnElement[bool]]:
        """The filter as conditions."""
        found = [Candidate.programme_id == self.programme_id, Candidate.referred_on <= self.as_of]
        if self.stage is not None:
            found.append(_has_reached(self.stage, self.as_of))
        if self.exit_reason is not None:
            found.append(_exit_by(self.as_of) == self.exit_reason)
        return found


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page's address asks for; what it leaves out is chosen for it."""

    programme_id: str
    as_of: date | None
    stage: Stage | None
    exit_reason: ExitReason | None


@dataclass(frozen=True, slots=True)
class FunnelPage:
    """A programme's funnel, and a page of the candidates that were asked for."""

    programme: Programme
    programmes: list[Programme]
    which: CandidateFilter
    funnel: Funnel
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


def show_funnel(asked: Asked, page: int = 1) -> FunnelPage | None:
    """The funnel of the programme asked for, else of the newest; None where there is none.

    Raises NotVisible for a programme that is not the reader's.
    """
    newest = func.coalesce(func.max(Cohort.starts_on), date.max)  # no group yet: just made
    statement = (
        select(Programme)
        .outerjoin(Cohort, Cohort.programme_id == Programme.id)
        .group_by(Programme.id)
        .order_by(newest.desc(), Programme.id)
        .limit(200)
    )
    programmes = list(db.session.scalars(statement))
    chosen = [one for one in programmes if one.id == asked.programme_id]
    if asked.programme_id and not chosen:
        raise NotVisible
    if not programmes:
        return None
    programme = (chosen or programmes)[0]
    this_day = today(programme.zone)
    as_of = min(asked.as_of or this_day, this_day)
    which = CandidateFilter(programme.id, as_of, asked.stage, asked.exit_reason)
    return FunnelPage(
        programme=programme,
        programmes=programmes,
        which=which,
        funnel=funnel(programme.id, as_of),
        candidates=list_candidates(which, page),
        count=count_candidates(which),
    )
