"""Use cases of bonus rules: add one from a day on, end one."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.payroll.bonus.models import BonusRule
from jobsearch.payroll.bonus.terms import queries
from jobsearch.payroll.bonus.terms.rules import (
    BonusTerms,
    check_end,
    check_first_day,
    check_terms,
)
from jobsearch.programmes.queries import get_programme


def add_rule(actor: Actor, programme_id: str, terms: BonusTerms, valid_from: date) -> BonusRule:
    """A rule for employments that begin on the day or later; it takes the place of an earlier one.

    RuleBroken for figures that cannot be, and when a contract that it would change is signed
    already; NotVisible for a programme of somebody else.
    """
    programme = get_programme(programme_id)
    check_terms(terms)
    check_first_day(valid_from, queries.last_signed(programme.id, valid_from))
    if queries.is_slot_taken(programme.id, terms.slot, valid_from):
        raise RuleBroken(N_("There is such a rule from that day on already."), field="valid_from")
    rule = BonusRule(
        organisation_id=programme.organisation_id,
        programme_id=programme.id,
        slot=terms.slot,
        event=terms.event,
        months=terms.months,
        amount=terms.amount,
        proof=terms.proof,
        proof_days=terms.proof_days,
        valid_from=valid_from,
        made_at=now(),
        made_by_id=actor.account_id,
    )
    db.session.add(rule)
    db.session.flush()
    return rule


def end_rule(rule_id: str, version: int, last_day: date) -> BonusRule:
    """End a rule: employments that begin after the day do not have it.

    RuleBroken when a contract that rests on it is signed already; Conflict when somebody else
    changed it; NotVisible.
    """
    rule = queries.get_rule(rule_id)
    if rule.version != version:
        raise Conflict
    signed = queries.last_signed(rule.programme_id, rule.valid_from)
    check_end(Span(rule.valid_from, rule.valid_to), last_day, signed)
    rule.valid_to = last_day
    db.session.flush()
    return rule
