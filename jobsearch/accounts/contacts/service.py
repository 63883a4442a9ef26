"""Use cases of contact details: staff correct them, or the participant herself."""

from dataclasses import replace

from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.contacts.mail import tell_old_address
from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.queries import (
    find_account_by,
    find_membership_of_person,
    list_other_roles,
)
from jobsearch.accounts.service import admit_participant
from jobsearch.accounts.sessions.service import end_all
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.organisations.queries import get_organisation
from jobsearch.people import service as people
from jobsearch.people.models import Person
from jobsearch.people.queries import get_person
from jobsearch.people.rules import Details, details_of


def edit_person(
    actor: Actor,
    person_id: str,
    version: int | None,
    details: Details,
    *,
    identity_code: str | None = None,
    bank_account: str | None = None,
) -> Person:
    """Correct a person; where she signs in by an address that has changed, her sign-in follows.

    The old address is told, and her sign-ins end. Raises as `people.service.edit_person` does.
    """
    was = details_of(get_person(person_id))
    person = people.edit_person(
        person_id, version, details, identity_code=identity_code, bank_account=bank_account
    )
    _follow(actor, person, was)
    return person


def edit_own_contact(actor: Actor, version: int | None, details: Details) -> Person:
    """A participant changes how she is reached, and in which language; never her name.

    Raises NotVisible for whoever is no participant, and as `edit_person` does.
    """
    if actor.person_id is None:
        raise NotVisible
    was = details_of(get_person(actor.person_id))
    own = replace(
        was,
        phone=details.phone,
        email=details.email,
        municipality=details.municipality,
        language=details.language,
    )
    person = people.edit_person(actor.person_id, version, own)
    _follow(actor, person, was)
    db.session.get_one(Account, actor.account_id).language = person.language
    return person


def _follow(actor: Actor, person: Person, was: Details) -> None:
    email = was.email if was.email != person.email else None
    phone = was.phone if was.phone != person.phone else None
    followed = _account_follows(actor, person, was)
    if followed is not None and followed != actor.account_id:
        end_all(followed)
    organisation = get_organisation(person.organisation_id).name
    if email is not None:
        tell_old_address(person, email, None, organisation)
    if phone is not None:
        tell_old_address(person, None, phone, organisation)


def _account_follows(actor: Actor, person: Person, was: Details) -> str | None:
    """The account whose address has changed with its person's, if any.

    A sign-in that opens more than this provider follows nobody else's word, and one that opens more
    than a participant's pages follows no word at all. An address that opens another account is not
    taken, and nobody is told so: then she signs in by the old one, or by the other.
    """
    member = find_membership_of_person(person.id)
    if member is None or not _may_follow(actor, member):
        return None
    account = db.session.get_one(Account, member.account_id)
    now = (
        _next(account.email, was.email, Address(email=person.email)),
        _next(account.phone, was.phone, Address(phone=person.phone)),
    )
    if now in ((account.email, account.phone), (None, None)):
        return None
    account.email, account.phone = now
    db.session.flush()
    return account.id


def _may_follow(actor: Actor, member: Membership) -> bool:
    others = list_other_roles(member)
    if actor.account_id != member.account_id:
        return not others
    return all(one.role is Role.PARTICIPANT for one in others)


def _next(kept: str | None, was: str | None, new: Address) -> str | None:
    """The account's address from now on: the person's new one where it was hers, and is free."""
    wanted = new.text or None
    if kept == wanted or kept not in (None, was):
        return kept
    if wanted is not None and find_account_by(new) is not None:
        return kept
    return wanted


def give_sign_in(person: Person) -> bool:
    """Let a participant sign in by what her provider knows of her; asked again it changes nothing.

    False where it knows no number and no address that is hers alone: then she needs one first.
    """
    try:
        admit_participant(
            person.id,
            name=person.full_name,
            email=person.email,
            phone=person.phone,
            language=person.language,
            organisation_id=person.organisation_id,
        )
    except RuleBroken:
        return False
    return True
