"""Bonuses of the cast: one that may be paid, and one of Pia's for tests that walk every page."""

from datetime import date

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.payroll.bonus.models import BonusAward
from jobsearch.payroll.bonus.rules import ProofWay
from jobsearch.payroll.bonus.service import approve_bonus, award, bring_proof, note_proof
from jobsearch.payroll.bonus.terms.rules import BonusEvent, BonusTerms, Happening, ProofAsked
from jobsearch.payroll.bonus.terms.service import add_rule
from tests.documented import a_pdf
from tests.world import TODAY, World

STUDIES = BonusTerms(BonusEvent.STUDIES, 3, Money.of("80.00"), ProofAsked.STUDY_PLACE, 30)


def promise(
    world: World, who: str = "pia", began_on: date = TODAY, *, is_work: bool = True
) -> BonusAward:
    """A bonus that waits for its proof; Stig has noted the outcome."""
    found = Happening(is_work, began_on)
    (one,) = award(world.stig.actor, world.a.enrolment_ids[who], found)
    return one


def earn_bonus(
    world: World, who: str = "pia", began_on: date = TODAY, *, is_work: bool = True
) -> BonusAward:
    """A bonus that may be paid: Paula has seen the proof, Aino has approved it."""
    one = promise(world, who, began_on, is_work=is_work)
    one = note_proof(world.paula.actor, one.id, one.version, ProofWay.SEEN)
    return approve_bonus(world.aino.actor, one.id, one.version)


def furnish_bonuses(world: World) -> dict[str, str]:
    """A rule of the programme, and a bonus of Pia's whose proof waits to be checked."""
    rule = add_rule(world.aino.actor, world.a.programme_id, STUDIES, date(2027, 1, 1))
    one = promise(world)
    one = bring_proof(world.pia.actor, one.id, one.version, a_pdf(), world.pia.person_id)
    return {"award_id": one.id, "bonus_rule_id": rule.id}


def bonus_of(person_id: str) -> BonusAward:
    """The only bonus of a person, as it is now."""
    return db.session.scalars(select(BonusAward).where(BonusAward.person_id == person_id)).one()
