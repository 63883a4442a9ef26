"""Pia's group with more people in it: Maija, Ville and whoever a test wants."""

from sqlalchemy.orm import selectinload

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.people.models import BoardName, Person
from jobsearch.tracker.helping.service import raise_call
from jobsearch.tracker.helping.tips.service import claim_tip, share_tip
from tests.world import TODAY, Member, World, enrol, make_member, make_person


def join(
    world: World,
    given: str,
    family: str = "Mattila",
    choice: BoardName = BoardName.FIRST,
    group: int = 0,
) -> Member:
    """Somebody takes a seat in a group of provider A, Pia's unless told otherwise."""
    with unit_of_work(whole_installation("test")):
        number = db.session.query(Person).count()
        person = make_person(
            world.a.organisation_id, f"{given}{number}", family, f"+35840{number:07d}"
        )
        person.given_name, person.board_name = given, choice
        days = [selectinload(Cohort.days)]
        cohort = db.session.get(Cohort, world.a.cohort_ids[group], options=days)
        enrol(cohort, person.id, TODAY)
        return make_member(
            f"{given}{number} {family}",
            Role.PARTICIPANT,
            world.a.organisation_id,
            person.id,
        )


def seat_of(member: Member) -> str:
    """The person's enrolment."""
    with unit_of_work(whole_installation("test"), read_only=True):
        rows = db.session.query(Enrolment.id).filter(Enrolment.person_id == member.person_id)
        return str(rows.scalar())


def choose(member: Member, choice: BoardName) -> None:
    """The person's choice of how the others see her."""
    with unit_of_work(whole_installation("test")):
        db.session.get(Person, member.person_id).board_name = choice


def furnish_helping(world: World, words: str) -> dict[str, str]:
    """A call for help and a tip of Pia's, who follows the tip herself."""
    actor = world.pia.actor
    call = raise_call(actor, words)
    tip = share_tip(actor, world.a.cohort_ids[0], words, words, words)
    claim_tip(actor, tip.id)
    return {"call_id": call.id, "tip_id": tip.id}
