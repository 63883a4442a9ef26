"""What is asked of open pages; whoever reads one has not signed in, so there is no scope.

Its statement is held to one programme by its key, and reads what stands open of it, nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jobsearch.core.db import connection, db
from jobsearch.core.errors import NotVisible
from jobsearch.reports.frozen.models import FrozenReport, Publication
from jobsearch.reports.paper.rules import Report, read_report


@dataclass(frozen=True, slots=True)
class OpenPage:
    """The results of a programme as they stand open, in one language."""

    report: Report
    opened_at: datetime


def show_open(programme_id: str, language: str) -> OpenPage:
    """What stands open of a programme. Raises NotVisible when nothing does, or not any more.

    One statement; the text, which never changes, is read from the database once.
    """
    statement = (
        select(FrozenReport.id, Publication.opened_at)
        .join(Publication, Publication.id == FrozenReport.publication_id)
        .where(
            Publication.programme_id == programme_id,
            Publication.closed_at.is_(None),
            FrozenReport.language == language,
        )
    )
    row = connection().execute(statement).first()
    if row is None:
        raise NotVisible
    return OpenPage(_report(row.id), row.opened_at)


@lru_cache(maxsize=64)
def _report(frozen_id: str) -> Report:
    statement = select(FrozenReport.content).where(FrozenReport.id == frozen_id)
    return read_report(connection().execute(statement).scalar_one())


def find_publication(programme_id: str) -> Publication | None:
    """What stands open of a programme, with who opened it."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.programme_id == programme_id, Publication.closed_at.is_(None))
        .options(joinedload(Publication.opened_by))
    )


def get_publication(publication_id: str) -> Publication:
    """One time that results stood open. Raises NotVisible."""
    row = db.session.scalar(select(Publication).where(Publication.id == publication_id))
    if row is None:
        raise NotVisible
    return row


@dataclass(frozen=True, slots=True)
class Earlier:
    """A time that is over: what day the page was of, and from when to when it stood open."""

    as_of: date
    opened_at: datetime
    closed_at: datetime


def list_earlier(programme_id: str) -> list[Earlier]:
    """The last times that results stood open, the newest first."""
    statement = (
        select(Publication.as_of, Publication.opened_at, Publication.closed_at)
        .where(Publication.programme_id == programme_id, Publication.closed_at.is_not(None))
        .order_by(Publication.opened_at.desc(), Publication.id)
        .limit(25)
    )
    rows = db.session.execute(statement)
    return [Earlier(as_of, first, last) for as_of, first, last in rows if last is not None]
