"""Use case: enter a candidate who asked to come by herself."""

from dataclasses import dataclass
from datetime import date

from jobsearch.cohorts.calendar import free_weekday_from
from jobsearch.core import spellings
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.people.models import Person
from jobsearch.people.rules import Details
from jobsearch.people.service import add_person, find_known
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import find_candidacy
from jobsearch.recruitment.referrals.rules import Introduction, check_introduction
from jobsearch.recruitment.rules import CallWhy, Channel


@dataclass(frozen=True, slots=True)
class Added:
    """The candidate, and whether the provider knew the person before."""

    candidate: Candidate
    was_known: bool


def add_candidate(actor: Actor, told: Introduction, identity_code: str | None = None) -> Added:
    """Somebody asked to come; who is known by phone, e-mail or code gets no second row.

    The code is only looked up, not kept (1050/2018 section 29). Raises NotVisible, and RuleBroken
    for a bad e-mail address or somebody who is a candidate of the programme already.
    """
    check_introduction(told)
    email = spellings.email_address(told.email or "")
    if told.email and email is None:
        raise RuleBroken(
            N_("Enter an e-mail address, for example name@example.org."), field="email"
        )
    programme = get_programme(told.programme_id)
    known = find_known(told.phone, email, identity_code)
    if known is not None and find_candidacy(programme.id, known.id) is not None:
        raise RuleBroken(
            N_("%(name)s is a candidate of the programme already."),
            field="phone",
            name=known.full_name,
        )
    person = known or add_person(_details(told, email))
    day = today(programme.zone)
    candidate = _candidate(actor, told, person, day)
    db.session.add(candidate)
    db.session.flush()
    return Added(candidate, known is not None)


def _details(told: Introduction, email: str | None) -> Details:
    return Details(
        given_name=told.given_name[:80],
        family_name=told.family_name[:80],
        phone=told.phone,
        email=email,
        municipality=told.municipality,
        language=told.language,
    )


def _candidate(actor: Actor, told: Introduction, person: Person, day: date) -> Candidate:
    return Candidate(
        programme_id=told.programme_id,
        person_id=person.id,
        channel=Channel.OWN_APPLICATION,
        referred_by_id=actor.account_id,
        referred_by_name="",
        introduction=told.text,
        referred_on=day,
        call_on=free_weekday_from(day),
        call_why=CallWhy.FIRST_CALL,
        call_when=told.call_when[:120],
    )
