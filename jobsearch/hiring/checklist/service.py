"""Use cases of the checklist: mark that a person was introduced to the work, and take it back."""

from datetime import date

from jobsearch.cohorts.queries import get_enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.hiring.checklist.models import Orientation
from jobsearch.hiring.checklist.queries import find_orientation


def mark_orientation(actor: Actor, enrolment_id: str, done_on: date | None = None) -> Orientation:
    """A person was introduced to the work on a day, by default today; again changes nothing.

    Raises NotVisible, RuleBroken for a day that has not come.
    """
    enrolment = get_enrolment(enrolment_id)
    day = done_on or today(actor.zone)
    if day > today(actor.zone):
        raise RuleBroken(N_("This day has not come yet."), field="done_on")
    there = find_orientation(enrolment_id)
    if there is not None:
        return there
    made = Orientation(
        organisation_id=enrolment.organisation_id,
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        done_on=day,
        marked_by_id=actor.account_id,
        marked_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def unmark_orientation(enrolment_id: str) -> None:
    """The mark was a mistake; the trail keeps who made it. Raises NotVisible."""
    get_enrolment(enrolment_id)
    there = find_orientation(enrolment_id)
    if there is not None:
        db.session.delete(there)
        db.session.flush()
