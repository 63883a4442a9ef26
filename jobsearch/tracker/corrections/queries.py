"""What a correction is made of: the goals of a locked day and whose they are."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import CohortDay
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.tracker.queries import Place, get_person, get_place, list_goals
from jobsearch.tracker.rules import SEARCH_ACTIVITIES, Activity


@dataclass(frozen=True, slots=True)
class GoalsOfDay:
    """One person's goals of one day of her group; an activity without a goal is 0."""

    place: Place
    person: Person
    day_id: str
    on: date
    targets: dict[Activity, int]


def get_goals_of_day(actor: Actor, enrolment_id: str, day_id: str) -> GoalsOfDay:
    """The goals that staff may correct. Raises NotVisible for what is not theirs to see."""
    place = get_place(enrolment_id)
    person = get_person(actor, place.person_id)
    on = db.session.scalar(
        select(CohortDay.on).where(CohortDay.id == day_id, CohortDay.cohort_id == place.cohort_id)
    )
    if on is None:
        raise NotVisible
    known = {goal.activity: goal.target for goal in list_goals(enrolment_id, on)}
    targets = {activity: known.get(activity, 0) for activity in SEARCH_ACTIVITIES}
    return GoalsOfDay(place, person, day_id, on, targets)
