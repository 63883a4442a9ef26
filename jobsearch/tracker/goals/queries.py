"""What is asked of goals: a programme's ramp, a person's days, and a group's days ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme, TemplateDay
from jobsearch.tracker.goals.models import RampStep
from jobsearch.tracker.goals.rules import (
    MOST_WEEKS,
    WEEKS,
    GoalDay,
    Missing,
    Ramp,
    proposals,
    shipped_ramp,
)
from jobsearch.tracker.models import Goal
from jobsearch.tracker.queries import Place, get_place_of_day, my_figures, visible_people
from jobsearch.tracker.rules import NO_FIGURES, Activity, GoalOrigin


@dataclass(frozen=True, slots=True)
class ProgrammeRamp:
    """A programme's ramp: its own, or what is proposed as long as it has none."""

    programme_id: str
    name: str
    ramp: Ramp
    is_own: bool


def get_ramp(programme_id: str) -> ProgrammeRamp:
    """The ramp of a programme, for as many weeks as its template has. Raises NotVisible."""
    weeks = (
        select(func.max(TemplateDay.week))
        .where(TemplateDay.template_id == Programme.template_id)
        .correlate(Programme)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(Programme.name, weeks).where(Programme.id == programme_id)
    ).first()
    if row is None:
        raise NotVisible
    shipped = shipped_ramp(min(row[1] or WEEKS, MOST_WEEKS))
    own = _steps(RampStep.programme_id == programme_id)
    whole = {week: {**dict.fromkeys(of, 0), **own.get(week, {})} for week, of in shipped.items()}
    return ProgrammeRamp(programme_id, row[0], whole if own else shipped, bool(own))


def _steps(*whose: Any) -> dict[int, dict[Activity, int]]:
    found: dict[int, dict[Activity, int]] = {}
    statement = select(RampStep.week, RampStep.activity, RampStep.target).where(*whose)
    for week, activity, target in db.session.execute(statement):
        found.setdefault(week, {})[activity] = target
    return found


def list_steps(programme_id: str) -> list[RampStep]:
    """The rows of a programme's ramp."""
    statement = (
        select(RampStep)
        .where(RampStep.programme_id == programme_id)
        .order_by(RampStep.week, RampStep.activity, RampStep.id)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class GoalDays:
    """A person's working days with goals and what was done, by week."""

    place: Place
    days: Sequence[GoalDay]

    @property
    def weeks(self) -> dict[int, list[GoalDay]]:
        """The days by their week."""
        found: dict[int, list[GoalDay]] = {}
        for day in self.days:
            found.setdefault(day.week, []).append(day)
        return found


def find_goal_days(actor: Actor, person_id: str) -> GoalDays | None:
    """The days of the group that a person is in now, four statements; None without a group.

    Raises NotVisible for a person whom the actor may not see.
    """
    seen = visible_people(actor).where(Person.id == person_id)
    if db.session.scalar(seen) is None:
        raise NotVisible
    this_day = today(actor.zone)
    try:
        place = get_place_of_day(person_id, this_day)
    except NotVisible:
        return None
    figures, proposed = my_figures(place.enrolment_id), _proposed(place.enrolment_id)
    days = [
        GoalDay(
            day_id,
            on,
            week,
            goals=figures.get(on, NO_FIGURES).goals,
            done=figures.get(on, NO_FIGURES).done,
            proposed=proposed.get(on, frozenset()),
            today=this_day,
        )
        for day_id, on, week in _working_days(place.cohort_id)
    ]
    return GoalDays(place, days)


def _proposed(enrolment_id: str) -> dict[date, frozenset[Activity]]:
    """The goals of a person that are the ramp's still, by day."""
    statement = select(Goal.on, Goal.activity).where(
        Goal.enrolment_id == enrolment_id, Goal.origin == GoalOrigin.RAMP
    )
    found: dict[date, frozenset[Activity]] = {}
    for on, activity in db.session.execute(statement):
        found[on] = found.get(on, frozenset()) | {activity}
    return found


def _working_days(cohort_id: str, *more: Any) -> list[tuple[str, date, int]]:
    """The group's days that are not cancelled, by date: key, day and week."""
    statement = (
        select(CohortDay.id, CohortDay.on, CohortDay.week)
        .where(CohortDay.cohort_id == cohort_id, CohortDay.cancelled_at.is_(None), *more)
        .order_by(CohortDay.on, CohortDay.position)
    )
    return [(key, on, week) for key, on, week in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Seat:
    """One person who has a seat in the group."""

    enrolment_id: str
    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupGoals:
    """A group's days ahead, everyone's goals on them, and what the ramp would propose.

    `goals` holds the sum of a person's day, by enrolment and day; a day that is not in it has
    none. `taken` is how many goals are the ramp's still.
    """

    cohort_id: str
    name: str
    ramp: ProgrammeRamp
    days: Sequence[tuple[date, int]]
    people: Sequence[Seat]
    goals: Mapping[tuple[str, date], int]
    proposed: Sequence[Missing]
    taken: int


def get_group_goals(actor: Actor, cohort_id: str) -> GroupGoals:
    """A group's days from today on; seven statements at any size. Raises NotVisible."""
    statement = select(Cohort.name, Cohort.programme_id).where(Cohort.id == cohort_id)
    cohort = db.session.execute(statement).first()
    if cohort is None:
        raise NotVisible
    this_day = today(actor.zone)
    ramp = get_ramp(cohort.programme_id)
    ahead = _working_days(cohort_id, CohortDay.on >= this_day)
    days = [(on, week) for _key, on, week in ahead]
    people = _seats(actor, cohort_id)
    goals: dict[tuple[str, date], int] = {}
    taken = 0
    for enrolment_id, on, origin, target in db.session.execute(_goals(cohort_id, this_day)):
        goals[enrolment_id, on] = goals.get((enrolment_id, on), 0) + target
        taken += origin is GoalOrigin.RAMP
    keys = [(one.enrolment_id, one.person_id) for one in people]
    proposed = proposals(days, keys, goals, ramp.ramp)
    return GroupGoals(cohort_id, cohort.name, ramp, days, people, goals, proposed, taken)


def _seats(actor: Actor, cohort_id: str) -> list[Seat]:
    statement = (
        select(Enrolment.id, Person.id, Person.given_name, Person.family_name)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort_id, has_seat(), Person.id.in_(visible_people(actor)))
        .order_by(Person.given_name, Person.family_name, Enrolment.id)
    )
    rows = db.session.execute(statement)
    return [Seat(key, who, f"{given} {family}".strip()) for key, who, given, family in rows]


def _goals(cohort_id: str, from_day: date) -> Any:
    return select(Goal.enrolment_id, Goal.on, Goal.origin, Goal.target).where(
        Goal.cohort_id == cohort_id, Goal.on >= from_day
    )


def list_proposed(cohort_id: str, from_day: date) -> list[Goal]:
    """The goals of a group's days ahead that are the ramp's still."""
    statement = (
        select(Goal)
        .where(Goal.cohort_id == cohort_id, Goal.on >= from_day, Goal.origin == GoalOrigin.RAMP)
        .order_by(Goal.on, Goal.id)
    )
    return list(db.session.scalars(statement))


def get_day(cohort_id: str, day_id: str) -> date:
    """The date of a working day of the group. Raises NotVisible."""
    found = _working_days(cohort_id, CohortDay.id == day_id)
    if not found:
        raise NotVisible
    return found[0][1]
