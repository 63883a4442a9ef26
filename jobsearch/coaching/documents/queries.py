"""What is asked of one document: its versions, its comments, its file."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import load_only

from jobsearch.accounts.models import Account
from jobsearch.coaching.documents.models import Document, DocumentComment, DocumentVersion
from jobsearch.coaching.documents.rules import DocumentKind, Held
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.files import StoredFile
from jobsearch.people.models import Person
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import OPEN_STAGES
from jobsearch.tracker.models import Employer
from jobsearch.tracker.queries import visible_people

_MOST_COMMENTS = 100


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: its number, its file's name and size, who brought it and when."""

    id: str
    number: int
    name: str
    size: int | None
    uploaded_at: datetime
    by_id: str
    by: str
    taken_away_at: datetime | None


@dataclass(frozen=True, slots=True)
class CommentLine:
    """What somebody says of a document."""

    writer: str
    body: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class WholeDocument:
    """One document with all that belongs to it."""

    document: Document
    name: str
    lead: str | None
    employer: str | None
    group: str
    versions: tuple[VersionLine, ...]
    comments: tuple[CommentLine, ...]


def get_document(actor: Actor, document_id: str, *, held: bool = False) -> Document:
    """A document that the actor may see; `held` until the end of the unit. Raises NotVisible."""
    statement = select(Document).where(
        Document.id == document_id, Document.person_id.in_(visible_people(actor))
    )
    if held:
        statement = statement.with_for_update()
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def get_whole(actor: Actor, document_id: str) -> WholeDocument:
    """A document with versions and comments, in four statements. Raises NotVisible."""
    document = get_document(actor, document_id)
    about = db.session.execute(
        select(Person.given_name, Person.family_name, Lead.role_title, Employer.name, Cohort.name)
        .select_from(Document)
        .join(Person, Person.id == Document.person_id)
        .join(Enrolment, Enrolment.id == Document.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Lead, Lead.id == Document.lead_id)
        .outerjoin(Employer, Employer.id == Lead.employer_id)
        .where(Document.id == document_id)
    ).one()
    given, family, role_title, employer, group = about
    return WholeDocument(
        document,
        f"{given} {family}",
        role_title,
        employer,
        group,
        tuple(_versions(document_id)),
        tuple(_comments(document_id)),
    )


def _versions(document_id: str) -> list[VersionLine]:
    statement = (
        select(
            DocumentVersion.id,
            DocumentVersion.number,
            DocumentVersion.name,
            StoredFile.size_bytes,
            DocumentVersion.uploaded_at,
            DocumentVersion.uploaded_by_id,
            Account.name,
            DocumentVersion.taken_away_at,
        )
        .join(Account, Account.id == DocumentVersion.uploaded_by_id)
        .outerjoin(StoredFile, StoredFile.id == DocumentVersion.file_id)
        .where(DocumentVersion.document_id == document_id)
        .order_by(DocumentVersion.number.desc())
    )
    return [VersionLine(*row) for row in db.session.execute(statement)]


def _comments(document_id: str) -> list[CommentLine]:
    statement = (
        select(Account.name, DocumentComment.body, DocumentComment.written_at)
        .join(Account, Account.id == DocumentComment.writer_id)
        .where(DocumentComment.document_id == document_id)
        .order_by(DocumentComment.written_at.desc(), DocumentComment.id)
        .limit(_MOST_COMMENTS)
    )
    return [CommentLine(*row) for row in db.session.execute(statement)]


def get_version(actor: Actor, version_id: str) -> DocumentVersion:
    """A version that is there, of a person whom the actor may see. Raises NotVisible."""
    statement = select(DocumentVersion).where(
        DocumentVersion.id == version_id,
        DocumentVersion.file_id.is_not(None),
        DocumentVersion.person_id.in_(visible_people(actor)),
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def room_taken(person_id: str, document_id: str) -> tuple[Held, int]:
    """What a person and a document hold already; the number of the document's last version."""
    size = (
        select(func.coalesce(func.sum(StoredFile.size_bytes), 0), func.count())
        .join(DocumentVersion, DocumentVersion.file_id == StoredFile.id)
        .where(DocumentVersion.person_id == person_id)
    )
    of_document = select(
        func.count(DocumentVersion.file_id), func.coalesce(func.max(DocumentVersion.number), 0)
    ).where(DocumentVersion.document_id == document_id)
    there, last = db.session.execute(of_document).one()
    taken, count = db.session.execute(size).one()
    return Held(int(taken), count, there), last


def find_document(enrolment_id: str, kind: DocumentKind, lead_id: str | None) -> Document | None:
    """The document of this kind: the general one of an enrolment, or the one for a lead."""
    which: ColumnElement[bool] = Document.lead_id == lead_id
    if lead_id is None:
        which = and_(Document.lead_id.is_(None), Document.enrolment_id == enrolment_id)
    return db.session.scalar(select(Document).where(Document.kind == kind, which))


def is_open_lead(person_id: str, lead_id: str) -> bool:
    """Whether this is an open lead of this person's."""
    statement = select(Lead.id).where(
        Lead.id == lead_id, Lead.person_id == person_id, Lead.stage.in_(OPEN_STAGES)
    )
    return db.session.scalar(statement) is not None


def hold_enrolment(enrolment_id: str) -> None:
    """Let two who begin the same document come one after the other."""
    statement = select(Enrolment).options(load_only(Enrolment.id))
    db.session.execute(statement.where(Enrolment.id == enrolment_id).with_for_update())
