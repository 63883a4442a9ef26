"""Use cases of programmes: templates, programmes and their dated pay terms."""

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.programmes import queries
from jobsearch.programmes.models import PayTerms, Programme, Template
from jobsearch.programmes.pilot import pilot_template
from jobsearch.programmes.rules import TemplatePlan, Terms, check_template, check_terms
from jobsearch.programmes.templates.queries import get_whole_template, plan_of
from jobsearch.programmes.templates.service import keep_template

_MOST_FOLLOW_UP_MONTHS = 24


def make_pilot_template(organisation_id: str) -> Template:
    """The pilot's template for a provider, made once: three weeks, 12 + 18 + 18 hours."""
    plan = pilot_template()
    found = queries.find_template(organisation_id, plan.name)
    return found if found is not None else keep_template(organisation_id, plan)


def make_template(actor: Actor, plan: TemplatePlan) -> Template:
    """A template of the actor's provider. Raises RuleBroken when it is not 48.0 h in 12 days."""
    check_template(plan.days)
    if queries.find_template(actor.organisation_id, plan.name) is not None:
        raise RuleBroken(N_("There is a template of this name already."), field="name")
    return keep_template(actor.organisation_id, plan)


def make_programme(
    actor: Actor,
    *,
    code: str,
    name: str,
    terms: Terms,
    template_id: str | None = None,
    follow_up_months: int = 3,
) -> Programme:
    """A programme with its first pay terms; without a template it takes the pilot's.

    Raises RuleBroken for a code that is in use, for pay terms that do not hold, or for a follow-up
    outside 1-24 months; NotVisible for a template of somebody else.
    """
    check_terms(terms, None)
    if not 1 <= follow_up_months <= _MOST_FOLLOW_UP_MONTHS:
        raise RuleBroken(
            N_("The follow-up takes from 1 to %(most)d months."),
            field="follow_up_months",
            most=_MOST_FOLLOW_UP_MONTHS,
        )
    if queries.is_code_taken(actor.organisation_id, code):
        raise RuleBroken(N_("This code is in use already."), field="code")
    template = (
        queries.get_template(template_id)
        if template_id
        else make_pilot_template(actor.organisation_id)
    )
    programme = Programme(
        organisation_id=actor.organisation_id,
        code=code,
        name=name,
        template_id=template.id,
        follow_up_months=follow_up_months,
    )
    programme.pay_terms = [_terms(actor.organisation_id, terms)]
    db.session.add(programme)
    db.session.flush()
    return programme


def choose_template(programme_id: str, template_id: str) -> Programme:
    """The template of the programme's groups to come; those that exist keep their days.

    Raises RuleBroken for a template that is not 48.0 h in 12 days, NotVisible for another's.
    """
    programme = queries.get_programme(programme_id)
    check_template(plan_of(get_whole_template(template_id)).days)
    programme.template_id = template_id
    db.session.flush()
    return programme


def add_pay_terms(actor: Actor, programme_id: str, terms: Terms) -> PayTerms:
    """Other pay from a day on; the terms before them stay as they were.

    Raises RuleBroken when they do not hold or do not follow; NotVisible for another's programme.
    """
    programme = queries.get_programme(programme_id)
    latest = max((row.valid_from for row in programme.pay_terms), default=None)
    check_terms(terms, latest)
    row = _terms(actor.organisation_id, terms)
    programme.pay_terms.append(row)
    db.session.flush()
    return row


def _terms(organisation_id: str, terms: Terms) -> PayTerms:
    return PayTerms(
        organisation_id=organisation_id,
        valid_from=terms.valid_from,
        hourly_wage=terms.hourly_wage,
        allowance=terms.allowance,
        outcome_bonus=terms.outcome_bonus,
        agreement=terms.agreement.strip(),
    )
