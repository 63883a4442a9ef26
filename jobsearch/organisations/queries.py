"""What is asked of organisations."""

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import Organisation


def get_organisation(organisation_id: str) -> Organisation:
    """The organisation. Raises NotVisible."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotVisible
    return organisation
