"""The follow-up of the cast: a group that has ended, and things of Pia's for every page."""

from datetime import date, timedelta

from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.links.service import issue_link
from jobsearch.outcomes.answering.service import MORE
from jobsearch.outcomes.following.mail import PURPOSE
from jobsearch.outcomes.following.models import FollowUpAsk
from jobsearch.outcomes.following.rules import Way
from jobsearch.outcomes.models import FollowUp
from jobsearch.outcomes.rules import Answer, Evidence, Found, FoundThrough, OutcomeKind
from jobsearch.outcomes.service import record_outcome
from jobsearch.outcomes.told.models import ToldOutcome
from jobsearch.outcomes.told.rules import Told
from jobsearch.outcomes.told.service import tell
from jobsearch.people.models import Person
from tests.documented import a_pdf
from tests.world import NOW, TODAY, World

WORK = Found(
    OutcomeKind.PERMANENT_PART_TIME,
    TODAY,
    None,
    FoundThrough.EMPLOYER_CONTACT,
    Evidence.OWN_WORD,
    weekly_minutes=20 * 60,
    fit=4,
)


def end_group(world: World, ended_on: date = TODAY - timedelta(days=1)) -> None:
    """Pia's group has ended; she reads English."""
    with unit_of_work(whole_installation("test")):
        cohort = db.session.get_one(Cohort, world.a.cohort_ids[0])
        cohort.starts_on = ended_on - timedelta(days=17)
        cohort.ends_on = ended_on
        db.session.get_one(Person, world.pia.person_id).language = "en"


def furnish_outcomes(world: World, links: dict[str, str]) -> dict[str, str]:
    """An outcome of Pia's, something told with a document, a question and its answer, links."""
    enrolment_id = world.a.enrolment_ids["pia"]
    outcome = record_outcome(world.stig.actor, enrolment_id, WORK)
    told = tell(world.pia.actor, Told(OutcomeKind.FREELANCE, TODAY), a_pdf())
    own = {
        "organisation_id": world.a.organisation_id,
        "enrolment_id": enrolment_id,
        "person_id": world.pia.person_id,
    }
    ask = FollowUpAsk(point=0, opens_on=TODAY, closes_on=TODAY + timedelta(days=30), sent=1, **own)
    answer = FollowUp(
        point=1, asked_on=TODAY, answer=Answer.IN_WORK, way=Way.LINK, noted_at=NOW, **own
    )
    db.session.add_all([ask, answer])
    db.session.flush()
    db.session.add(ToldOutcome(follow_up_id=answer.id, told_at=NOW, **own))
    db.session.flush()
    links[PURPOSE] = issue_link(PURPOSE, ask.id, expires_at=None)
    links[MORE] = issue_link(MORE, answer.id, expires_at=None)
    return {
        "outcome_id": outcome.id,
        "own_outcome_id": outcome.id,
        "told_id": told.id,
        "own_told_id": told.id,
    }
