"""The goals ahead of the demo's group, and how its people did what they did."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.tracker.goals.rules import shipped_ramp
from jobsearch.tracker.goals.service import keep_ramp, propose_goals
from jobsearch.tracker.leads.models import Lead, LeadStage
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity, Channel, Reached, Reply

_BY: dict[Activity, tuple[Channel, ...]] = {
    Activity.ADVERTISED_APPLICATION: (Channel.WEB, Channel.WEB, Channel.EMAIL),
    Activity.AGENCY_APPLICATION: (Channel.WEB,),
    Activity.INTERVIEW: (Channel.PHONE, Channel.VISIT, Channel.ACQUAINTANCE),
}
_REPLIES = (None, None, Reply.LATER, None, Reply.INTERESTED, None, Reply.NO)
_REACHED = (Reached.YES, Reached.NO, None, Reached.YES)


def grow_goals(coach: Actor, cohort: Cohort) -> None:
    """The programme keeps the shipped ramp, and the coach has proposed it for the days ahead."""
    keep_ramp(cohort.programme_id, shipped_ramp())
    propose_goals(coach, cohort.id)


def tell_how(enrolments: Iterable[Enrolment], this_day: date) -> None:
    """By which way people applied, whom they reached and what was answered; some say nothing.

    What was done at the employer of a lead that came far belongs to it.
    """
    for enrolment in enrolments:
        leads = _leads(enrolment.id)
        statement = (
            select(Action)
            .where(Action.enrolment_id == enrolment.id)
            .order_by(Action.on, Action.logged_at, Action.id)
        )
        for turn, action in enumerate(db.session.scalars(statement)):
            action.lead_id = action.lead_id or leads.get(action.employer_id)
            _tell(action, turn, this_day)
    db.session.flush()


def _leads(enrolment_id: str) -> dict[str | None, str]:
    """The leads that came far, by their employer; the others are to be seen as they were left."""
    far = (LeadStage.INTERVIEW, LeadStage.OFFER, LeadStage.HIRED)
    statement = select(Lead.employer_id, Lead.id).where(
        Lead.enrolment_id == enrolment_id, Lead.stage.in_(far)
    )
    return {row.employer_id: row.id for row in db.session.execute(statement)}


def _tell(action: Action, turn: int, this_day: date) -> None:
    ways = _BY.get(action.activity)
    if action.activity is Activity.EMPLOYER_CONTACT:
        action.reached = _REACHED[turn % len(_REACHED)]
    if ways is None or turn % 6 == 5:
        return
    action.channel = ways[turn % len(ways)]
    if action.activity is Activity.INTERVIEW:
        return
    action.reply = _REPLIES[turn % len(_REPLIES)]
    if action.reply:
        action.replied_on = min(action.on + timedelta(days=1), this_day)
