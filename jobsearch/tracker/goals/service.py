"""Use cases of goals: keep a programme's ramp, propose a group's goals by it, take them back."""

from collections.abc import Mapping

from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.tracker.goals import queries
from jobsearch.tracker.goals.models import RampStep
from jobsearch.tracker.goals.rules import check_not_behind, check_ramp
from jobsearch.tracker.models import Goal
from jobsearch.tracker.queries import get_place_of_day
from jobsearch.tracker.rules import Activity, GoalOrigin, check_goal
from jobsearch.tracker.service import set_goals


def keep_ramp(programme_id: str, ramp: Mapping[int, Mapping[Activity, int]]) -> None:
    """Set what a programme proposes for each week; goals that are set already stay.

    Raises RuleBroken for a target that cannot be, NotVisible for another's programme.
    """
    queries.get_ramp(programme_id)
    check_ramp(ramp)
    known = {(step.week, step.activity): step for step in queries.list_steps(programme_id)}
    for week, targets in ramp.items():
        for activity, target in targets.items():
            check_goal(activity, target)
            step = known.get((week, activity))
            if step is None:
                step = RampStep(programme_id=programme_id, week=week, activity=activity)
                db.session.add(step)
            step.target = target
    db.session.flush()


def drop_ramp(programme_id: str) -> None:
    """Go back to the shipped proposal; goals that are set already stay. Raises NotVisible."""
    queries.get_ramp(programme_id)
    for step in queries.list_steps(programme_id):
        db.session.delete(step)
    db.session.flush()


def propose_goals(actor: Actor, cohort_id: str) -> int:
    """Give everyone the ramp's goals on the days from today on that have none of hers.

    Returns on how many days of people. What somebody set stays, and so does a goal of 0. Raises
    NotVisible.
    """
    touch_board(cohort_id)  # of two who propose at once the second finds what the first wrote
    missing = queries.get_group_goals(actor, cohort_id).proposed
    for one in missing:
        for activity, target in one.goals.items():
            if target:
                db.session.add(
                    Goal(
                        enrolment_id=one.enrolment_id,
                        cohort_id=cohort_id,
                        person_id=one.person_id,
                        on=one.on,
                        activity=activity,
                        target=target,
                        origin=GoalOrigin.RAMP,
                    )
                )
    db.session.flush()
    return len(missing)


def take_back_goals(actor: Actor, cohort_id: str) -> int:
    """Take the ramp's goals of the days from today on away; what somebody has set since stays.

    Returns how many goals. Raises NotVisible.
    """
    queries.get_group_goals(actor, cohort_id)
    touch_board(cohort_id)
    proposed = queries.list_proposed(cohort_id, today(actor.zone))
    for goal in proposed:
        db.session.delete(goal)
    db.session.flush()
    return len(proposed)


def set_goal_of(actor: Actor, person_id: str, day_id: str, activity: Activity, target: int) -> None:
    """Set one goal of a person's day, today or ahead: she herself, or her coach.

    Raises RuleBroken for a day behind or a target that cannot be, NotVisible for a person who is
    in no group or not the actor's to set goals for.
    """
    if queries.find_goal_days(actor, person_id) is None:
        raise NotVisible
    this_day = today(actor.zone)
    place = get_place_of_day(person_id, this_day)
    on = queries.get_day(place.cohort_id, day_id)
    check_not_behind(on, this_day)
    set_goals(actor, place.enrolment_id, on, {activity: target})
