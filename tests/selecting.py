"""Info sessions and candidates for the tests of recruitment."""

from datetime import date, time

from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import SessionForm, Stage
from jobsearch.recruitment.sessions.models import InfoSession
from jobsearch.recruitment.sessions.rules import Mode, SessionPlan
from jobsearch.recruitment.sessions.service import plan_sessions
from tests.world import TODAY, World, make_person

THURSDAY = date(2026, 11, 26)
PLAN = SessionPlan(
    form=SessionForm.GROUP,
    mode=Mode.ON_SITE,
    language="en",
    on=THURSDAY,
    at=time(9),
    minutes=60,
    capacity=10,
    place="Library, room 2",
)


def make_candidate(
    world: World, given: str, stage: Stage = Stage.CONTACTED, number: int = 0
) -> Candidate:
    """A candidate of provider A's programme; needs a unit of work."""
    number = number or db.session.query(Person).count()
    phone = f"+3584000{number:05}"
    person = make_person(world.a.organisation_id, given, "Ahola", phone)
    person.language = "en"
    candidate = Candidate(
        programme_id=world.a.programme_id,
        person_id=person.id,
        stage=stage,
        referred_on=TODAY,
        referred_by_name="Mia",
        organisation_id=world.a.organisation_id,
    )
    db.session.add(candidate)
    db.session.flush()
    return candidate


def make_session(world: World, **changes: object) -> InfoSession:
    """An info session of provider A on Thursday at nine; needs a unit of work as its coach."""
    values = {name: getattr(PLAN, name) for name in PLAN.__dataclass_fields__}
    values["host_id"] = world.stig.account_id
    plan = SessionPlan(**{**values, **changes})
    return plan_sessions(world.stig.actor, world.a.programme_id, plan)[0]
