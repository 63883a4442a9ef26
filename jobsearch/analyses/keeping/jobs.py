"""Every night: erase analyses, introductions and proofs whose time is over."""

from sqlalchemy import select

from jobsearch.analyses.keeping import queries
from jobsearch.analyses.keeping.queries import Going
from jobsearch.analyses.keeping.rules import Erased
from jobsearch.analyses.keeping.service import erase_analyses_of, erase_due
from jobsearch.core.clock import today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.organisations.models import Organisation, OrganisationKind
from jobsearch.people.models import Person


def erase_old_analyses() -> Outcome:
    """Erase what is over with every provider, each in a unit of work of its own."""
    gone = sum((_erase_of(key) for key in _providers()), Erased())
    return Outcome(
        N_(
            "Analyses erased: %(analyses)s, papers: %(papers)s, introductions: %(introductions)s,"
            " proofs of consent: %(proofs)s"
        ),
        analyses=gone.analyses,
        papers=gone.papers,
        introductions=gone.introductions,
        proofs=gone.proofs,
    )


def due_now() -> dict[str, Going]:
    """A dry run: what would go now, by provider; nothing is changed."""
    found: dict[str, Going] = {}
    for key in _providers():
        scope = Scope(frozenset({key}), "what would be erased")
        with unit_of_work(scope, read_only=True):
            found[key] = queries.what_goes(queries.terms_in_force()).due(today())
    return found


def erase_person(person_id: str) -> Erased:
    """Erase one participant's analyses now. Raises NotVisible for an unknown key."""
    with unit_of_work(whole_installation("erasing a participant"), read_only=True):
        owner = db.session.scalar(select(Person.organisation_id).where(Person.id == person_id))
    if owner is None:
        raise NotVisible
    with unit_of_work(Scope(frozenset({owner}), "erasing a participant")):
        return erase_analyses_of(person_id)


def _erase_of(organisation_id: str) -> Erased:
    with unit_of_work(Scope(frozenset({organisation_id}), "keeping")):
        return erase_due(today())


def _providers() -> list[str]:
    statement = select(Organisation.id).where(Organisation.kind == OrganisationKind.PROVIDER)
    with unit_of_work(whole_installation("keeping"), read_only=True):
        return list(db.session.scalars(statement.order_by(Organisation.id)))
