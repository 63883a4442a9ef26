"""What is asked of organisations."""

from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from jobsearch.core.db import connection, db
from jobsearch.core.errors import NotVisible
from jobsearch.core.prepared import Prepared
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.rules import OrganisationDetails, OrganisationKind

_NAME = Prepared(
    select(Organisation.service_name, Organisation.demo_since).where(
        Organisation.id == bindparam("organisation_id")
    )
)

_IS_DEMO = Prepared(select(Organisation.id).where(Organisation.demo_since.is_not(None)).limit(1))


def name_of(organisation_id: str) -> Any:
    """What the organisation calls its service, and since when it is a demo, if it is one.

    Asked before the session has a scope, for the head of a page that is opened by a link.
    """
    return _NAME.first_of_no_provider(connection(), {"organisation_id": organisation_id})


def get_organisation(organisation_id: str) -> Organisation:
    """The organisation. Raises NotVisible."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotVisible
    return organisation


def list_organisations(kind: OrganisationKind | None = None) -> list[Organisation]:
    """The installation's organisations by kind and name."""
    statement = select(Organisation).order_by(
        Organisation.kind.desc(), Organisation.name, Organisation.id
    )
    if kind is not None:
        statement = statement.where(Organisation.kind == kind)
    return list(db.session.scalars(statement.limit(500)))


def organisation_words(organisation_ids: frozenset[str]) -> list[str]:
    """What these organisations and their services are called, and the towns of the installation.

    Such words make poor passwords. Asked before the session has a scope.
    """
    town = Organisation.kind == OrganisationKind.MUNICIPALITY
    statement = select(Organisation.name, Organisation.service_name, Organisation.city).where(
        or_(Organisation.id.in_(organisation_ids), town)
    )
    return [word for row in connection().execute(statement.limit(1000)) for word in row if word]


def is_name_taken(name: str, but: str = "") -> bool:
    """Whether another organisation has this name, in capitals or not."""
    same = func.lower(Organisation.name) == name.lower()
    statement = select(Organisation.id).where(or_(same, Organisation.name == name))
    return db.session.scalar(statement.where(Organisation.id != but)) is not None


def find_provider(name: str) -> Organisation | None:
    """The provider of this name."""
    statement = select(Organisation).where(
        Organisation.name == name, Organisation.kind == OrganisationKind.PROVIDER
    )
    return db.session.scalar(statement)


def is_demo() -> bool:
    """Whether the installation holds made-up people."""
    return _IS_DEMO.first_of_no_provider(connection(), {}) is not None


def details_of(organisation: Organisation) -> OrganisationDetails:
    """What the organisation says of itself, for its form and its rules."""
    return OrganisationDetails(
        **{one.name: getattr(organisation, one.name) for one in fields(OrganisationDetails)}
    )
