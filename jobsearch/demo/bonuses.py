"""Bonuses of the demo: the rules of its programme, and one bonus at each step."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import WORK
from jobsearch.payroll.bonus.models import BonusAward
from jobsearch.payroll.bonus.rules import ProofWay
from jobsearch.payroll.bonus.service import approve_bonus, award, note_proof
from jobsearch.payroll.bonus.terms.rules import BonusEvent, BonusTerms, Happening, ProofAsked
from jobsearch.payroll.bonus.terms.service import add_rule

_RULES = (
    BonusTerms(BonusEvent.WORK_DURING, 0, None, ProofAsked.WORK_CONTRACT, 30),
    BonusTerms(BonusEvent.WORK_AFTER, 3, None, ProofAsked.WORK_CONTRACT, 30),
    BonusTerms(BonusEvent.STUDIES, 3, Money.of("100.00"), ProofAsked.STUDY_PLACE, 30),
    BonusTerms(BonusEvent.LASTED, 3, Money.of("50.00"), ProofAsked.PAYSLIP, 30),
)


def set_bonus_rules(manager: Actor, programme_id: str, valid_from: date) -> None:
    """Finding work pays what the contract says; studies and a job that lasts have their own sum."""
    for terms in _RULES:
        add_rule(manager, programme_id, terms, valid_from)


def promise_bonuses(
    coach: Actor, clerk: Actor, manager: Actor, enrolments: Mapping[str, Enrolment]
) -> None:
    """Sari's proof is approved, Nadia's waits to be checked, Mikko's has not come yet."""
    promised: dict[str, BonusAward] = {}
    for name in ("Sari", "Nadia", "Mikko"):
        enrolment = enrolments[name]
        found = db.session.scalars(
            select(Outcome).where(Outcome.enrolment_id == enrolment.id)
        ).one()
        happening = Happening(found.kind in WORK, found.began_on, found.ended_on)
        promised[name] = award(coach, enrolment.id, happening)[0]
    for name in ("Sari", "Nadia"):
        one = promised[name]
        promised[name] = note_proof(clerk, one.id, one.version, ProofWay.SEEN)
    one = promised["Sari"]
    approve_bonus(manager, one.id, one.version)
