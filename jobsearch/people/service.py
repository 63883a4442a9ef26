"""Use cases of people: enter one, correct one, choose how others see oneself."""

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.people import queries
from jobsearch.people.models import Person
from jobsearch.people.rules import BoardName, Details


def add_person(details: Details, identity_code: str | None = None) -> Person:
    """Enter a person. Raises RuleBroken when she is here already (same code or phone)."""
    _refuse_twin(identity_code, details.phone, "")
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

    Raises NotVisible, RuleBroken when another person has the same code or phone, and Conflict when
    someone else has changed her since `version` was read.
    """
    person = queries.get_person(person_id)
    if version is not None and person.version != version:
        raise Conflict
    _refuse_twin(identity_code, details.phone, person.id)
    _write(person, details)
    _set_identity(person, identity_code)
    if bank_account:
        person.bank_account = bank_account
    db.session.flush()
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


def _set_identity(person: Person, code: str | None) -> None:
    if code:
        person.identity_code = code
        person.identity_index = queries.identity_index(code)


def _refuse_twin(identity_code: str | None, phone: str | None, but: str) -> None:
    twin = queries.find_twin(identity_code=identity_code, phone=phone, but=but)
    if twin is None:
        return
    if phone is not None and twin.phone == phone:
        raise RuleBroken(
            N_("%(name)s has this phone number already."), field="phone", name=twin.full_name
        )
    raise RuleBroken(
        N_("%(name)s has this identity code already."), field="identity_code", name=twin.full_name
    )
