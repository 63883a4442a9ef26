"""Use case: a municipal coach introduces somebody."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from jobsearch.cohorts.calendar import free_weekday_from
from jobsearch.core import spellings
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.links.service import issue_link
from jobsearch.organisations.queries import get_organisation
from jobsearch.people.models import Person
from jobsearch.people.queries import find_same
from jobsearch.recruitment.following.rules import LINK_LIFETIME, PURPOSE
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import find_candidacy
from jobsearch.recruitment.referrals import mail, queries
from jobsearch.recruitment.referrals.models import Referral, Referrer
from jobsearch.recruitment.referrals.rules import (
    Introduction,
    KnownBy,
    Statement,
    check_introduction,
    check_number,
    check_statement,
)
from jobsearch.recruitment.rules import CallWhy, Channel


def introduce(
    referrer_id: str,
    told: Introduction,
    statement: Statement,
    *,
    account_id: str | None = None,
) -> Referral:
    """A municipal coach introduces a candidate, by her link or signed in (`account_id`).

    Somebody known by phone or e-mail gets no second row, and the coach does not learn that she is
    known: her answer is the same. The candidate comes to the call list; the coach gets a receipt
    and the candidate word of it. Raises NotVisible, RuleBroken.
    """
    referrer = queries.get_referrer(referrer_id)
    if referrer.closed_at is not None:
        raise RuleBroken(N_("This link has been closed."))
    check_introduction(told)
    check_statement(statement)
    at, day = now(), today()
    check_number(queries.count_since(referrer.id, at - timedelta(days=1)))
    open_now = queries.list_open_programmes([referrer.organisation_id], day)
    if told.programme_id not in {one.id for one in open_now}:
        raise RuleBroken(N_("Nobody can be introduced to this programme now."), "programme")
    told = replace(told, email=spellings.email_address(told.email or ""))
    channel = Channel.SIGNED_IN if account_id else Channel.PERSONAL_LINK
    person, known_by = _person(referrer.organisation_id, told)
    candidate = _candidate(referrer, told, person, channel, day)
    referral = _write_down(referrer, candidate, told, statement, at)
    referral.known_by, referral.channel, referral.account_id = known_by, channel, account_id
    db.session.add(referral)
    db.session.flush()
    _tell(referrer, referral, person, day)
    return referral


def _tell(referrer: Referrer, referral: Referral, person: Person, day: date) -> None:
    provider = get_organisation(referrer.organisation_id).name
    secret = issue_link(
        PURPOSE,
        referral.id,
        expires_at=referral.referred_at + LINK_LIFETIME,
        language=referral.language,
        organisation_id=referrer.organisation_id,
    )
    mail.thank(referrer, provider, referral, day)
    mail.tell_candidate(referrer, provider, referral, person, secret)


def _person(organisation_id: str, told: Introduction) -> tuple[Person, KnownBy | None]:
    """The person, known or new; of two introductions at once the later one finds her known."""
    known = _find_known(organisation_id, told)
    if known is None:
        try:
            with db.session.begin_nested():
                return _add_person(organisation_id, told), None
        except IntegrityError:
            known = _find_known(organisation_id, told)
            if known is None:
                raise
    return known, KnownBy.PHONE if known.phone == told.phone else KnownBy.EMAIL


def _find_known(organisation_id: str, told: Introduction) -> Person | None:
    """Of this provider alone: a coach of several is known to each of them for herself."""
    found = find_same(phone=told.phone, email=told.email)
    own = [person for person in found if person.organisation_id == organisation_id]
    return min(own, key=lambda person: (person.phone != told.phone, person.id), default=None)


def _add_person(organisation_id: str, told: Introduction) -> Person:
    person = Person(
        organisation_id=organisation_id,
        given_name=told.given_name[:80],
        family_name=told.family_name[:80],
        phone=told.phone,
        email=told.email,
        municipality=told.municipality,
        language=told.language,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _candidate(
    referrer: Referrer, told: Introduction, person: Person, channel: Channel, day: date
) -> Candidate:
    known = find_candidacy(told.programme_id, person.id)
    if known is not None:
        _call_again(known, told, day)
        return known
    try:
        with db.session.begin_nested():
            return _add_candidate(referrer, told, person, channel, day)
    except IntegrityError:
        known = find_candidacy(told.programme_id, person.id)
        if known is None:
            raise
        _call_again(known, told, day)
        return known


def _add_candidate(
    referrer: Referrer, told: Introduction, person: Person, channel: Channel, day: date
) -> Candidate:
    candidate = Candidate(
        organisation_id=referrer.organisation_id,
        programme_id=told.programme_id,
        person_id=person.id,
        channel=channel,
        referred_by_id=referrer.account_id,
        referred_by_name=referrer.name,
        introduction=told.text,
        referred_on=day,
        call_on=free_weekday_from(day),
        call_why=CallWhy.FIRST_CALL,
        call_when=told.call_when[:120],
    )
    db.session.add(candidate)
    db.session.flush()
    return candidate


def _call_again(candidate: Candidate, told: Introduction, day: date) -> None:
    """Introduced once more: somebody calls and finds out why."""
    if candidate.call_on is None or candidate.call_on > day:
        candidate.call_on, candidate.call_why = free_weekday_from(day), CallWhy.INTRODUCED_AGAIN
    candidate.call_when = told.call_when[:120] or candidate.call_when


def _write_down(
    referrer: Referrer,
    candidate: Candidate,
    told: Introduction,
    statement: Statement,
    at: datetime,
) -> Referral:
    return Referral(
        organisation_id=referrer.organisation_id,
        candidate_id=candidate.id,
        person_id=candidate.person_id,
        referrer_id=referrer.id,
        given_name=told.given_name[:80],
        family_name=told.family_name[:80],
        phone=told.phone,
        email=told.email,
        municipality=told.municipality,
        language=told.language,
        introduction=told.text,
        call_when=told.call_when[:120],
        statement_edition=statement.edition,
        statement_language=statement.language,
        statement=statement.words,
        referred_at=at,
    )
