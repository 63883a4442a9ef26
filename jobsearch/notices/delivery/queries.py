"""What is asked of deliveries and of addresses that fail."""

from sqlalchemy import select

from jobsearch.core.crypto import keyring
from jobsearch.core.db import db
from jobsearch.notices.delivery.models import FailedAddress

_PURPOSE = "message.address"


def address_index(address: str) -> str:
    """The blind index of an address: equal ones are found without being read."""
    return keyring().blind(address.strip().lower(), _PURPOSE)


def failed_indices(subject_id: str | None) -> frozenset[str]:
    """The blind indices of a recipient's addresses that failed, whoever wrote to them."""
    if subject_id is None:
        return frozenset()
    statement = select(FailedAddress.address_index).where(FailedAddress.subject_id == subject_id)
    return frozenset(db.session.scalars(statement))
