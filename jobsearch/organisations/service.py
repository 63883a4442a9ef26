"""Use cases of organisations: found one, say who it is."""

from dataclasses import asdict
from datetime import datetime

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.organisations import queries
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.rules import (
    OrganisationDetails,
    OrganisationKind,
    check_details,
)


def found_provider(
    name: str, *, business_id: str | None = None, demo_since: datetime | None = None
) -> Organisation:
    """A provider that employs participants. Raises RuleBroken for a name that is in use."""
    return _found(OrganisationKind.PROVIDER, name, business_id, demo_since)


def found_municipality(
    name: str, *, business_id: str | None = None, demo_since: datetime | None = None
) -> Organisation:
    """A municipality or employment area whose coaches refer and receive. Raises as above."""
    return _found(OrganisationKind.MUNICIPALITY, name, business_id, demo_since)


def edit_details(actor: Actor, version: int | None, details: OrganisationDetails) -> Organisation:
    """Say who the actor's own organisation is; papers that are issued already keep what they said.

    Raises RuleBroken for details that do not hold or another's name, Conflict when someone else
    has changed them since `version` was read.
    """
    organisation = queries.get_organisation(actor.organisation_id)
    if version is not None and organisation.version != version:
        raise Conflict
    check_details(details)
    _refuse_taken(details.name, organisation.id)
    for field, value in asdict(details).items():
        setattr(organisation, field, value)
    db.session.flush()
    return organisation


def _found(
    kind: OrganisationKind, name: str, business_id: str | None, demo_since: datetime | None
) -> Organisation:
    _refuse_taken(name)
    organisation = Organisation(
        kind=kind, name=name, business_id=business_id, demo_since=demo_since
    )
    db.session.add(organisation)
    db.session.flush()
    return organisation


def _refuse_taken(name: str, but: str = "") -> None:
    if queries.is_name_taken(name, but):
        raise RuleBroken(N_("There is an organisation of this name already."), field="name")
