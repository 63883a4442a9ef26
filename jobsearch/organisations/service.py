"""Use cases of organisations."""

from datetime import datetime

from jobsearch.core.db import db
from jobsearch.organisations.models import Organisation, OrganisationKind


def found_provider(name: str, *, demo_since: datetime | None = None) -> Organisation:
    """A provider that employs participants."""
    return _found(OrganisationKind.PROVIDER, name, demo_since)


def found_municipality(name: str, *, demo_since: datetime | None = None) -> Organisation:
    """A municipality or employment area whose coaches refer and receive."""
    return _found(OrganisationKind.MUNICIPALITY, name, demo_since)


def _found(kind: OrganisationKind, name: str, demo_since: datetime | None) -> Organisation:
    organisation = Organisation(kind=kind, name=name, demo_since=demo_since)
    db.session.add(organisation)
    db.session.flush()
    return organisation
