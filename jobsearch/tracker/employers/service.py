"""Use cases of a person's own register of employers: add, rename, join, remove."""

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.employers import queries
from jobsearch.tracker.models import Employer
from jobsearch.tracker.rules import company_key
from jobsearch.tracker.service import employer_of


def add_employer(actor: Actor, name: str) -> str:
    """A participant writes down an employer that she has in mind; one of this name is that one.

    Returns its key. Raises NotVisible for who has no register.
    """
    employer_id = employer_of(_person(actor), None, name)
    assert employer_id is not None
    db.session.flush()
    return employer_id


def rename_employer(actor: Actor, employer_id: str, name: str) -> bool:
    """Correct the name of an employer; another one of that name and this one become one.

    Returns whether two were joined. Raises NotVisible for another's employer.
    """
    person_id = _person(actor)
    employer = queries.get_employer(person_id, employer_id)
    wanted = " ".join(name.split())
    other = queries.find_of_key(person_id, company_key(wanted), employer.id)
    if other is not None:
        _join(employer, other)
    kept = other or employer
    kept.name, kept.name_key = wanted, company_key(wanted)
    db.session.flush()
    return other is not None


def _join(employer: Employer, other: Employer) -> None:
    for row in queries.list_naming(employer.id):
        row.employer_id = other.id
    db.session.flush()
    db.session.delete(employer)
    db.session.flush()


def remove_employer(actor: Actor, employer_id: str) -> None:
    """Take an employer out of the register. Actions that were taken back forget it.

    Raises NotVisible for another's employer, RuleBroken when something hangs on it.
    """
    employer = queries.get_employer(_person(actor), employer_id)
    if not queries.what_hangs(employer.id).is_nothing:
        raise RuleBroken(N_("Something you logged names this employer, so it stays."))
    for row in queries.list_naming(employer.id):
        row.employer_id = None
    db.session.flush()
    db.session.delete(employer)
    db.session.flush()


def _person(actor: Actor) -> str:
    if actor.person_id is None:
        raise NotVisible
    return actor.person_id
