"""What is asked before a file is taken in: the programme, its cohorts, and files that wait."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import defer, selectinload

from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.intake.models import Upload
from jobsearch.programmes.models import Programme, Template, TemplateDay


def get_programme(programme_id: str) -> Programme:
    """The programme with its template of days and blocks. Raises NotVisible."""
    days = selectinload(Programme.template).selectinload(Template.days)
    statement = (
        select(Programme)
        .options(days.selectinload(TemplateDay.blocks))
        .where(Programme.id == programme_id)
    )
    programme = db.session.scalar(statement)
    if programme is None:
        raise NotVisible
    return programme


def last_day(programme_id: str) -> date | None:
    """The last day of the programme's last cohort."""
    statement = select(func.max(Cohort.ends_on)).where(Cohort.programme_id == programme_id)
    return db.session.scalar(statement)


def cohort_names(programme_id: str) -> frozenset[str]:
    """The names of the programme's groups that exist."""
    statement = select(Cohort.name).where(Cohort.programme_id == programme_id)
    return frozenset(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class FilesPage:
    """A programme and its files that wait."""

    programme: Programme
    uploads: list[Upload]


def show_files(programme_id: str) -> FilesPage:
    """The programme's files that wait. Raises NotVisible."""
    programme = db.session.get(Programme, programme_id)
    if programme is None:
        raise NotVisible
    return FilesPage(programme, list_uploads(programme_id))


def list_uploads(programme_id: str) -> list[Upload]:
    """The programme's files that wait, newest first, without their bytes."""
    statement = (
        select(Upload)
        .options(defer(Upload.content, raiseload=True))
        .where(Upload.programme_id == programme_id)
        .order_by(Upload.uploaded_at.desc(), Upload.id)
        .limit(20)
    )
    return list(db.session.scalars(statement))


def get_upload(upload_id: str) -> Upload:
    """A file that waits. Raises NotVisible."""
    upload = db.session.get(Upload, upload_id)
    if upload is None:
        raise NotVisible
    return upload
