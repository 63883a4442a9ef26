"""What is asked of organisations."""

from datetime import datetime

from sqlalchemy import bindparam, select

from jobsearch.core.db import connection, db
from jobsearch.core.errors import NotVisible
from jobsearch.core.prepared import Prepared
from jobsearch.organisations.models import Organisation

_NAME = Prepared(
    select(Organisation.service_name, Organisation.demo_since).where(
        Organisation.id == bindparam("organisation_id")
    )
)


def name_of(organisation_id: str) -> tuple[str, datetime | None]:
    """What the organisation calls its service, and since when it is a demo, if it is one.

    Asked before the session has a scope, for the head of a page that is opened by a link.
    """
    row = _NAME.first_of_no_provider(connection(), {"organisation_id": organisation_id})
    return row.service_name, row.demo_since


def get_organisation(organisation_id: str) -> Organisation:
    """The organisation. Raises NotVisible."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotVisible
    return organisation
