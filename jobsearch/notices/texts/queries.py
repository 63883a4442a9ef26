"""What is asked of an organisation's own wordings."""

from collections.abc import Mapping

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.notices.rules import Written
from jobsearch.notices.texts.models import OwnWording

_VERSIONS = 20


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


def languages_of_own() -> Mapping[str, frozenset[str]]:
    """By kind, the languages in which the organisation has a wording of its own now."""
    statement = select(OwnWording.kind, OwnWording.language).where(OwnWording.ended_at.is_(None))
    found: dict[str, frozenset[str]] = {}
    for kind, language in db.session.execute(statement):
        found[kind] = found.get(kind, frozenset()) | {language}
    return found


def list_versions(kind: str, language: str) -> list[OwnWording]:
    """The organisation's versions of one text, newest first; the twenty newest."""
    statement = (
        select(OwnWording)
        .where(OwnWording.kind == kind, OwnWording.language == language)
        .order_by(OwnWording.written_at.desc(), OwnWording.id)
        .limit(_VERSIONS)
    )
    return list(db.session.scalars(statement))


def get_version(wording_id: str) -> OwnWording:
    """One version of the organisation. Raises NotVisible."""
    found = db.session.scalar(select(OwnWording).where(OwnWording.id == wording_id))
    if found is None:
        raise NotVisible
    return found
