"""What is asked of an organisation's own wordings."""

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.notices.rules import Written
from jobsearch.notices.texts.models import OwnWording


def find_wording(organisation_id: str | None, kind: str, language: str) -> OwnWording | None:
    """The organisation's wording that holds now, or None where the house's own holds."""
    if organisation_id is None:
        return None
    statement = select(OwnWording).where(
        OwnWording.kind == kind,
        OwnWording.language == language,
        OwnWording.organisation_id == organisation_id,
        OwnWording.ended_at.is_(None),
    )
    return db.session.scalar(statement)


def written_in(row: OwnWording | None) -> Written | None:
    """The words of a version."""
    return None if row is None else Written(row.subject, row.body, row.sms)
