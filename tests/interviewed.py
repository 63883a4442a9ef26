"""Interviews of Pia's and a company that her provider remembers, for tests that walk every page."""

from datetime import timedelta

from jobsearch.core.db import db
from jobsearch.tracker.companies.models import CompanyChannel
from jobsearch.tracker.companies.rules import TakesCalls
from jobsearch.tracker.companies.service import note_company
from jobsearch.tracker.interviews.rules import InterviewWay, Preparation, Went
from jobsearch.tracker.interviews.service import When, add_interview, tell_how_it_went, tick
from jobsearch.tracker.rules import Channel
from tests.world import TODAY, World

NOON = 12 * 60


def furnish_interviews(world: World, canary: str) -> dict[str, str]:
    """One that is behind with what was learned, and one ahead; as Pia."""
    who = world.pia.actor, world.pia.person_id
    behind = When(TODAY - timedelta(days=1), NOON, 30, InterviewWay.PHONE)
    past = add_interview(*who, behind, employer_name=canary)
    tell_how_it_went(world.pia.actor, past.id, Went.FAIRLY, canary)
    ahead = When(TODAY + timedelta(days=2), NOON, 45, InterviewWay.ON_SITE, canary)
    coming = add_interview(*who, ahead, employer_name=canary)
    tick(world.pia.actor, coming.id, Preparation.EXAMPLE, done=True)
    return {"interview_id": coming.id}


def furnish_company() -> dict[str, str]:
    """A company that was turned to in two ways, and likes to be called; as a coach."""
    company = note_company("Rannikon Leipomo", TakesCalls.YES)
    month = TODAY.replace(day=1)
    for channel in (Channel.PHONE, Channel.OTHER):
        db.session.add(
            CompanyChannel(
                company_id=company.id, channel=channel, contacts=3, replies=1, last_month=month
            )
        )
    db.session.flush()
    return {"company_id": company.id}
