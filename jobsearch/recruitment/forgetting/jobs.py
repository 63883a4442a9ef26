"""Every night: forget who was not selected, provider by provider."""

from sqlalchemy import select

from jobsearch.core.clock import today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.organisations.models import Organisation, OrganisationKind
from jobsearch.recruitment.forgetting import queries
from jobsearch.recruitment.forgetting.rules import quiet_before
from jobsearch.recruitment.forgetting.service import Forgotten, forget_due
from jobsearch.recruitment.queries import settings


def forget() -> Outcome:
    """Forget what is due with every provider, each in a unit of work of its own."""
    done = [_forget_of(organisation_id) for organisation_id in _providers()]
    return Outcome(
        N_("Candidates forgotten: %(candidates)s, persons erased: %(persons)s"),
        candidates=sum(one.candidates for one in done),
        persons=sum(one.persons for one in done),
    )


def due_now() -> dict[str, int]:
    """A dry run: how many candidacies would be forgotten now, by provider."""
    found: dict[str, int] = {}
    for organisation_id in _providers():
        scope = Scope(frozenset({organisation_id}), "who is to be forgotten")
        with unit_of_work(scope, read_only=True):
            months = settings().forget_after_months
            found[organisation_id] = queries.count_due(quiet_before(today(), months))
    return found


def _forget_of(organisation_id: str) -> Forgotten:
    with unit_of_work(Scope(frozenset({organisation_id}), "forgetting")):
        return forget_due(today())


def _providers() -> list[str]:
    statement = select(Organisation.id).where(Organisation.kind == OrganisationKind.PROVIDER)
    with unit_of_work(whole_installation("forgetting"), read_only=True):
        return list(db.session.scalars(statement.order_by(Organisation.id)))
