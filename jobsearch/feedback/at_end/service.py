"""Use cases of the survey at the end: choose what is asked, and ask a group that has ended."""

from datetime import timedelta

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.feedback.at_end import queries
from jobsearch.feedback.at_end.models import EndSurveyPlan
from jobsearch.feedback.at_end.queries import Due
from jobsearch.feedback.at_end.rules import EndPlan, check_plan
from jobsearch.feedback.queries import find_survey
from jobsearch.feedback.rules import Audience, Plan
from jobsearch.feedback.surveys.queries import list_recipients
from jobsearch.feedback.surveys.service import lay_survey, may_be_asked, send_to
from jobsearch.programmes.queries import get_programme


def plan_end(actor: Actor, programme_id: str, plan: EndPlan, *, sends: bool) -> None:
    """Say what a programme asks its groups at their end, or that it asks nothing.

    From today on: groups that have ended before are not asked. Raises NotVisible, RuleBroken,
    Conflict.
    """
    check_plan(plan)
    programme = get_programme(programme_id)
    row = queries.find_plan(programme.id)
    if plan.version != (row.version if row else 0):
        raise Conflict
    if row is None:
        row = EndSurveyPlan(organisation_id=actor.organisation_id, programme_id=programme.id)
        db.session.add(row)
    row.open_days, row.questions = plan.open_days, plan.code
    row.since = (row.since or today(programme.zone)) if sends else None
    db.session.flush()


def ask_group(due: Due) -> int:
    """Lay and send the survey of a group that has ended; returns how many are asked.

    Where nobody can be asked nothing is laid. One survey a group is held by the database, so of
    two at once one gives way.
    """
    asks, cohort = queries.plan_of(due.plan), due.cohort
    everyone = list_recipients(due.programme.id, cohort.id, Audience.PARTICIPANTS)
    asked = [one for one in everyone if may_be_asked(one)]
    if not asked:
        return 0
    plan = Plan(
        name=_name(due),
        audience=Audience.PARTICIPANTS,
        cohort_id=cohort.id,
        closed_on=due.today + timedelta(days=asks.open_days),
        standard=asks.standard,
        asks_for_words=asks.asks_for_words,
    )
    survey = lay_survey(due.programme.organisation_id, due.programme, plan, due.plan.id)
    return send_to(survey, asked, due.programme.zone)


def _name(due: Due) -> str:
    """What staff call it; another survey may have the plain name already."""
    plain = f"{due.cohort.name[:60]} {due.cohort.ends_on:%d.%m.%Y}"
    taken = find_survey(due.programme.id, plain) is not None
    return f"{plain} {due.cohort.id[:4]}" if taken else plain
