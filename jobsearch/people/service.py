"""Use cases of people: enter one, correct one, choose how others see oneself."""

from dataclasses import replace

from jobsearch.core import spellings
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.phones import phone_number
from jobsearch.core.text import mark as N_
from jobsearch.notices.delivery.service import contact_changed
from jobsearch.people import queries
from jobsearch.people.models import Person
from jobsearch.people.rules import BoardName, Details


def find_known(
    phone: str | None = None, email: str | None = None, identity_code: str | None = None
) -> Person | None:
    """The person of the provider who has one of these, in any spelling, or None.

    Where they belong to different people, the identity code says more than the phone number, and
    that more than the e-mail address. What cannot be a number, an address or a code finds nobody.
    """
    code = spellings.identity_code(identity_code or "")
    number = phone_number(phone or "")
    address = spellings.email_address(email or "")
    found = queries.find_same(identity_code=code, phone=number, email=address)
    indices = queries.identity_indices(code) if code else ()

    def distance(person: Person) -> tuple[bool, bool, str]:
        other_code = person.identity_index not in indices
        return other_code, number is None or person.phone != number, person.id

    return min(found, key=distance, default=None)


def add_person(details: Details, identity_code: str | None = None) -> Person:
    """Enter a person. Raises RuleBroken when she is here already (same code, phone or e-mail)."""
    details = _as_kept(details)
    _refuse_twin(identity_code, details, "")
    person = Person(given_name=details.given_name, family_name=details.family_name)
    _write(person, details)
    _set_identity(person, identity_code)
    db.session.add(person)
    db.session.flush()
    return person


def edit_person(
    person_id: str,
    version: int | None,
    details: Details,
    *,
    identity_code: str | None = None,
    bank_account: str | None = None,
) -> Person:
    """Correct a person; a code or an account that is left out stays as it is.

    Raises NotVisible, RuleBroken when another person has the same code, phone or e-mail, and
    Conflict when someone else has changed her since `version` was read.
    """
    person = queries.get_person(person_id)
    if version is not None and person.version != version:
        raise Conflict
    details = _as_kept(details)
    _refuse_twin(identity_code, details, person.id)
    _write(person, details)
    _set_identity(person, identity_code)
    if bank_account:
        person.bank_account = bank_account
    db.session.flush()
    contact_changed(person.id, person.email, person.phone)
    return person


def choose_board_name(actor: Actor, choice: BoardName) -> Person:
    """A participant chooses how her group sees her; it holds at once. Raises NotVisible."""
    if actor.person_id is None:
        raise NotVisible
    person = queries.get_person(actor.person_id)
    person.board_name = choice
    db.session.flush()
    return person


def _write(person: Person, details: Details) -> None:
    person.given_name = details.given_name
    person.family_name = details.family_name
    person.phone = details.phone
    person.email = details.email
    person.municipality = details.municipality
    person.language = details.language
    person.board_name = details.board_name


def _as_kept(details: Details) -> Details:
    """The details with phone number and address in the one spelling that is kept."""
    phone, email = (details.phone or "").strip(), (details.email or "").strip()
    return replace(
        details,
        phone=phone_number(phone) or phone or None,
        email=spellings.email_address(email) or email.casefold() or None,
    )


def _set_identity(person: Person, code: str | None) -> None:
    if code:
        person.identity_code = spellings.identity_code(code) or code
        person.identity_index = queries.identity_index(person.identity_code)


def _refuse_twin(identity_code: str | None, details: Details, but: str) -> None:
    code = spellings.identity_code(identity_code or "") or identity_code
    twins = queries.find_same(identity_code=code, phone=details.phone, email=details.email)
    twins = [one for one in twins if one.id != but]
    if not twins:
        return
    twin = twins[0]
    name = twin.full_name
    if details.phone is not None and twin.phone == details.phone:
        raise RuleBroken(N_("%(name)s has this phone number already."), field="phone", name=name)
    if code and twin.identity_index in queries.identity_indices(code):
        raise RuleBroken(
            N_("%(name)s has this identity code already."), field="identity_code", name=name
        )
    raise RuleBroken(N_("%(name)s has this e-mail address already."), field="email", name=name)


def keep_identity_code(person_id: str, code: str) -> Person:
    """Enter or correct a person's identity code. Raises NotVisible, RuleBroken when it is taken."""
    person = queries.get_person(person_id)
    kept = spellings.identity_code(code) or code
    twins = queries.find_same(identity_code=kept, phone=None, email=None)
    twin = next((one for one in twins if one.id != person.id), None)
    if twin is not None:
        raise RuleBroken(
            N_("Another person has this identity code already."), field="identity_code"
        )
    _set_identity(person, kept)
    db.session.flush()
    return person


def keep_bank_account(person_id: str, account: str) -> Person:
    """Enter or change the account that wages are paid to. Raises NotVisible."""
    person = queries.get_person(person_id)
    person.bank_account = account
    db.session.flush()
    return person
