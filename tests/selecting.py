"""Info sessions and candidates for the tests of recruitment."""

from datetime import date, time, timedelta

from jobsearch.core.db import db
from jobsearch.links.service import issue_link
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import SessionForm, Stage
from jobsearch.recruitment.selection.letters import OFFER_PURPOSE
from jobsearch.recruitment.selection.models import SeatOffer, SelectionDecision, WaitingPlace
from jobsearch.recruitment.selection.rules import Decision, DecisionState, PlaceState, Reason
from jobsearch.recruitment.sessions.letters import BOOKING_PURPOSE
from jobsearch.recruitment.sessions.models import Booking, InfoSession, Marking
from jobsearch.recruitment.sessions.rules import BookedBy, Mode, SessionPlan
from jobsearch.recruitment.sessions.service import plan_sessions
from jobsearch.recruitment.sessions.trials.models import WordingTrial
from jobsearch.recruitment.sessions.trials.rules import Tried
from tests.world import NOW, TODAY, World, make_person

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


def book_and_select_pia(
    world: World, candidate_id: str, canary: str, links: dict[str, str]
) -> dict[str, str]:
    """A place in an info session, a pass over its list, a trial, a proposed refusal and an offer.

    Needs a unit of work as Stig; returns the keys of the things by the names in addresses.
    """
    own = {"candidate_id": candidate_id, "person_id": world.pia.person_id}
    cohort = {"cohort_id": world.a.cohort_ids[0]}
    session = make_session(world)
    booking = Booking(session_id=session.id, booked_by=BookedBy.CANDIDATE, booked_at=NOW, **own)
    marking = Marking(
        session_id=session.id,
        number=1,
        marked_at=NOW,
        marked_by_id=world.stig.account_id,
        before="{}",
        after="{}",
    )
    trial = WordingTrial(
        programme_id=world.a.programme_id,
        tried=Tried.TWO_DAYS,
        language="en",
        first="{link} one",
        second="{link} two",
        started_at=NOW,
        started_by_id=world.stig.account_id,
    )
    decision = SelectionDecision(
        decision=Decision.REFUSE,
        state=DecisionState.PROPOSED,
        reason=Reason.CANNOT_TAKE_PART,
        words=canary,
        decided_by_id=world.stig.account_id,
        decided_at=NOW,
        **own,
        **cohort,
    )
    place = WaitingPlace(
        number=1,
        state=PlaceState.OFFERED,
        placed_at=NOW,
        placed_by_id=world.stig.account_id,
        **own,
        **cohort,
    )
    db.session.add_all([booking, marking, trial, decision, place])
    db.session.flush()
    offer = SeatOffer(
        place_id=place.id,
        offered_at=NOW,
        answer_by=NOW + timedelta(days=2),
        **own,
        **cohort,
    )
    db.session.add(offer)
    db.session.flush()
    links[BOOKING_PURPOSE] = issue_link(BOOKING_PURPOSE, candidate_id, expires_at=None)
    links[OFFER_PURPOSE] = issue_link(OFFER_PURPOSE, offer.id, expires_at=None)
    return {
        "session_id": session.id,
        "booking_id": booking.id,
        "marking_id": marking.id,
        "trial_id": trial.id,
        "decision_id": decision.id,
    }
