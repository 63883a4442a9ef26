"""What is asked of a programme's bonus rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.payroll.bonus.models import BonusRule
from jobsearch.payroll.bonus.terms.rules import DatedTerms, in_force
from jobsearch.payroll.contracts.models import Employment
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme


def get_rule(rule_id: str) -> BonusRule:
    """One rule. Raises NotVisible."""
    rule = db.session.scalar(select(BonusRule).where(BonusRule.id == rule_id))
    if rule is None:
        raise NotVisible
    return rule


def list_rules(programme_id: str) -> list[BonusRule]:
    """A programme's rules with who made them, newest first."""
    statement = (
        select(BonusRule)
        .where(BonusRule.programme_id == programme_id)
        .options(joinedload(BonusRule.made_by))
        .order_by(BonusRule.valid_from.desc(), BonusRule.slot, BonusRule.id)
    )
    return list(db.session.scalars(statement))


def is_slot_taken(programme_id: str, slot: str, valid_from: date) -> bool:
    """Whether a rule of the slot begins on that very day."""
    statement = select(BonusRule.id).where(
        BonusRule.programme_id == programme_id,
        BonusRule.slot == slot,
        BonusRule.valid_from == valid_from,
    )
    return db.session.scalar(statement.limit(1)) is not None


def last_signed(programme_id: str, from_day: date) -> date | None:
    """The latest first day, from a day on, of a contract that is signed in the programme."""
    statement = (
        select(func.max(Employment.starts_on))
        .join(Enrolment, Enrolment.id == Employment.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.programme_id == programme_id, Employment.starts_on >= from_day)
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class Rules:
    """A programme's rules: all that were made, and those for an employment that begins today."""

    programme: Programme
    rows: Sequence[BonusRule]
    now: Sequence[DatedTerms]


def show_rules(programme_id: str) -> Rules:
    """A programme with its rules. Raises NotVisible."""
    programme = get_programme(programme_id)
    rows = list_rules(programme_id)
    dated = [row.as_terms() for row in rows]
    holds = in_force(dated, today(programme.zone), programme.follow_up_months)
    return Rules(programme, rows, holds)
