"""Whom the pages of messages are about: how she can be reached, and what she can choose."""

from sqlalchemy import select

from jobsearch.accounts.models import Account, Membership
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.desk.messages.rules import Address, Reach
from jobsearch.notices.delivery.queries import address_indices, failed_indices
from jobsearch.notices.preferences.queries import choices_of
from jobsearch.notices.rules import Audience, Channel
from jobsearch.notices.setting import channels_on, kinds_for
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person

_AUDIENCES = {
    Role.PARTICIPANT: Audience.PARTICIPANT,
    Role.MUNICIPAL_COACH: Audience.MUNICIPAL_COACH,
}


def own_reach(actor: Actor) -> Reach:
    """How whoever is signed in can be reached; a participant is her person."""
    if actor.person_id is not None:
        return _of_person(get_person(actor.person_id))
    account = db.session.scalars(select(Account).where(Account.id == actor.account_id)).one()
    return _of_account(account, _AUDIENCES.get(actor.role, Audience.STAFF))


def reach_of(subject_id: str) -> Reach:
    """How the person or account of a link can be reached. Raises NotVisible when it is gone."""
    person = db.session.scalar(select(Person).where(Person.id == subject_id))
    if person is not None:
        return _of_person(person)
    statement = select(Account).where(Account.id == subject_id, Account.closed_at.is_(None))
    account = db.session.scalar(statement)
    if account is None:
        raise NotVisible
    coach = select(Membership.id).where(
        Membership.account_id == subject_id,
        Membership.role == Role.MUNICIPAL_COACH,
        Membership.ended_at.is_(None),
    )
    is_coach = db.session.scalars(coach).first() is not None
    return _of_account(account, Audience.MUNICIPAL_COACH if is_coach else Audience.STAFF)


def _of_person(person: Person) -> Reach:
    return _reach(person.id, person.email, person.phone, person.language, Audience.PARTICIPANT)


def _of_account(account: Account, audience: Audience) -> Reach:
    return _reach(account.id, account.email, account.phone, account.language, audience)


def _reach(
    subject_id: str, email: str | None, phone: str | None, language: str, audience: Audience
) -> Reach:
    on, failed = channels_on(), failed_indices(subject_id)
    ways = ((Channel.EMAIL, email), (Channel.SMS, phone))
    addresses = [
        Address(channel, text, not failed.isdisjoint(address_indices(text)))
        for channel, text in ways
        if text and channel in on
    ]
    return Reach(subject_id, addresses, language, choices_of(subject_id), kinds_for(audience))
