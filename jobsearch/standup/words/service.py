"""Use cases of what is said in the meetings: by the person herself, or by her coach for her."""

from collections.abc import Mapping

from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.standup.queries import BoardDay, get_board_day, is_on_board
from jobsearch.standup.rules import check_has_come
from jobsearch.standup.words import queries
from jobsearch.standup.words.models import DayPlan, Debrief, GoodNews
from jobsearch.standup.words.rules import News, check_debrief, check_news, check_plan
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import set_goals


def make_plan(
    actor: Actor,
    cohort_id: str,
    enrolment_id: str,
    goals: Mapping[Activity, int],
    employer: str,
    way: str,
    minute: int | None,
) -> DayPlan:
    """Set the goals of today and which employer comes first, how and when (minute of the day).

    Raises RuleBroken on a day that is over or has not come, and for what is missing; NotVisible
    for who has no seat in the group or is not the actor's to speak for.
    """
    day = _held_day(actor, cohort_id, enrolment_id)
    if day.on < today(actor.zone):
        raise RuleBroken(N_("That day is over. A plan is made on the morning of a working day."))
    plan = check_plan(employer, way, minute)
    set_goals(actor, enrolment_id, day.on, goals)
    row = queries.find_plan(enrolment_id, day.day_id)
    if row is None:
        row = DayPlan(enrolment_id=enrolment_id, cohort_day_id=day.day_id)
        db.session.add(row)
    row.employer, row.way, row.at_minute = plan.employer, plan.way, plan.minute
    db.session.flush()
    return row


def write_debrief(
    actor: Actor,
    cohort_id: str,
    enrolment_id: str,
    learned: str,
    next_step: str,
    *,
    about_work: bool = False,
) -> Debrief:
    """Keep what a person learned on the latest day and does next; who is away sends it in writing.

    Raises RuleBroken as `check_debrief`, and NotVisible as `make_plan`.
    """
    day = _held_day(actor, cohort_id, enrolment_id)
    check_debrief(learned, next_step, about_work=about_work)
    row = queries.find_debrief(enrolment_id, day.day_id)
    if row is None:
        row = Debrief(enrolment_id=enrolment_id, cohort_day_id=day.day_id)
        db.session.add(row)
    row.learned, row.next_step, row.written_at = learned, next_step, now()
    db.session.flush()
    return row


def tell_news(
    actor: Actor, cohort_id: str, enrolment_id: str, news: News, words: str = ""
) -> GoodNews:
    """Let the group celebrate an interview or a job; told again, its words are the new ones.

    A coach tells it when the person says yes. Raises RuleBroken for too many words or before the
    first day, NotVisible as `make_plan`.
    """
    day = _held_day(actor, cohort_id, enrolment_id)
    check_news(words)
    row = queries.find_news(enrolment_id, day.day_id, news)
    if row is None:
        row = GoodNews(enrolment_id=enrolment_id, cohort_day_id=day.day_id, news=news)
        db.session.add(row)
    row.words, row.told_at = words, now()
    db.session.flush()
    return row


def take_back_news(actor: Actor, cohort_id: str, enrolment_id: str, news: News) -> None:
    """The group celebrates it no more; what is not there needs nothing. Raises NotVisible."""
    day = _held_day(actor, cohort_id, enrolment_id)
    row = queries.find_news(enrolment_id, day.day_id, news)
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def _held_day(actor: Actor, cohort_id: str, enrolment_id: str) -> BoardDay:
    """The day that the board shows, held until the end of the unit of work."""
    if not is_on_board(cohort_id, enrolment_id):
        raise NotVisible
    if actor.person_id is not None and not queries.is_own(enrolment_id, actor.person_id):
        raise NotVisible
    touch_board(cohort_id)
    day = get_board_day(cohort_id)
    check_has_come(day.on, today(actor.zone))
    return day
