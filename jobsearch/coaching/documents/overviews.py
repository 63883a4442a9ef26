"""Lists of documents: one person's with her state of things, and a group's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from jobsearch.coaching.documents.models import Document, DocumentComment, DocumentVersion
from jobsearch.coaching.documents.rules import (
    READY_BY_DAY,
    DocumentKind,
    DocumentState,
    how_many_ready,
)
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.cohorts.queries import get_cohort, has_seat
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import OPEN_STAGES
from jobsearch.tracker.models import Employer
from jobsearch.tracker.queries import get_person, get_place_of_day

MOST_LEADS = 50
_MOST_OTHERS = 100


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document of a list; without `id` nobody has begun it."""

    kind: DocumentKind
    id: str | None = None
    state: DocumentState = DocumentState.NOT_STARTED
    versions: int = 0
    comments: int = 0
    lead: str | None = None
    employer: str | None = None
    group: str | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it is ready."""
        return self.state is DocumentState.READY


@dataclass(frozen=True, slots=True)
class OpenLead:
    """An opportunity for which a document can be made of its own."""

    id: str
    role_title: str
    employer: str


@dataclass(frozen=True, slots=True)
class OwnDocuments:
    """One person's documents: the three of her group, and those beside them."""

    person_id: str
    name: str
    ready_by: date | None
    three: tuple[DocumentLine, ...]
    others: tuple[DocumentLine, ...]
    leads: tuple[OpenLead, ...]

    @property
    def ready(self) -> int:
        """How many of the three are ready."""
        return how_many_ready([line.state for line in self.three])


def get_documents(actor: Actor, person_id: str) -> OwnDocuments:
    """A person's documents. Raises NotVisible for whom the actor may not see, or without a group.

    Five statements however many they are.
    """
    person = get_person(actor, person_id)
    place = get_place_of_day(person_id, today(actor.zone))
    rows = db.session.execute(_lines(person_id)).all()
    lines = {row.id: _line(row) for row in rows}
    general = {
        row.kind: lines[row.id]
        for row in rows
        if row.lead_id is None and row.enrolment_id == place.enrolment_id
    }
    kept = {line.id for line in general.values()}
    return OwnDocuments(
        person_id,
        f"{person.given_name} {person.family_name}",
        ready_by(place.cohort_id),
        tuple(general.get(kind, DocumentLine(kind)) for kind in DocumentKind),
        tuple(line for key, line in lines.items() if key not in kept),
        tuple(list_open_leads(person_id)),
    )


def _lines(person_id: str) -> Select[*tuple[Any, ...]]:
    versions = select(func.count()).where(
        DocumentVersion.document_id == Document.id, DocumentVersion.file_id.is_not(None)
    )
    comments = select(func.count()).where(DocumentComment.document_id == Document.id)
    return (
        select(
            Document.id,
            Document.kind,
            Document.state,
            Document.lead_id,
            Document.enrolment_id,
            versions.scalar_subquery().label("versions"),
            comments.scalar_subquery().label("comments"),
            Lead.role_title,
            Employer.name.label("employer"),
            Cohort.name.label("group"),
        )
        .join(Enrolment, Enrolment.id == Document.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Lead, Lead.id == Document.lead_id)
        .outerjoin(Employer, Employer.id == Lead.employer_id)
        .where(Document.person_id == person_id)
        .order_by(Document.state_at.desc(), Document.id)
        .limit(_MOST_OTHERS)
    )


def _line(row: Any) -> DocumentLine:
    return DocumentLine(
        row.kind,
        row.id,
        row.state,
        row.versions,
        row.comments,
        row.role_title,
        row.employer,
        row.group,
    )


def ready_by(cohort_id: str) -> date | None:
    """The day by which the three documents of a group's people are meant to be ready."""
    statement = select(func.min(CohortDay.on)).where(
        CohortDay.cohort_id == cohort_id,
        CohortDay.position >= READY_BY_DAY,
        CohortDay.cancelled_at.is_(None),
    )
    return db.session.scalar(statement)


def list_open_leads(person_id: str) -> list[OpenLead]:
    """A person's opportunities that are open, the newest first."""
    statement = (
        select(Lead.id, Lead.role_title, Employer.name)
        .join(Employer, Employer.id == Lead.employer_id)
        .where(Lead.person_id == person_id, Lead.stage.in_(OPEN_STAGES))
        .order_by(Lead.added_at.desc(), Lead.id)
        .limit(MOST_LEADS)
    )
    return [OpenLead(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a group, with the states of her three documents in their order."""

    person_id: str
    name: str
    states: tuple[DocumentState, ...]


@dataclass(frozen=True, slots=True)
class GroupDocuments:
    """How far a group's people are with their documents."""

    cohort_id: str
    cohort: str
    ready_by: date | None
    people: tuple[PersonLine, ...]

    @property
    def ready(self) -> tuple[int, ...]:
        """How many people have each of the three ready."""
        return tuple(
            how_many_ready([one.states[place] for one in self.people])
            for place in range(len(DocumentKind))
        )


def get_group_documents(cohort_id: str) -> GroupDocuments:
    """Who of a group has which document how far, by name; three statements. Raises NotVisible."""
    cohort = get_cohort(cohort_id)
    statement = (
        select(
            Enrolment.person_id,
            Person.given_name + " " + Person.family_name,
            Document.kind,
            Document.state,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(
            Document, and_(Document.enrolment_id == Enrolment.id, Document.lead_id.is_(None))
        )
        .where(Enrolment.cohort_id == cohort_id, has_seat())
        .order_by(Person.given_name, Person.family_name, Enrolment.id)
    )
    names: dict[str, str] = {}
    states: dict[tuple[str, DocumentKind], DocumentState] = {}
    for person_id, name, kind, state in db.session.execute(statement):
        names[person_id] = name
        states[person_id, kind] = state
    people = [
        PersonLine(
            person_id,
            name,
            tuple(
                states.get((person_id, kind), DocumentState.NOT_STARTED) for kind in DocumentKind
            ),
        )
        for person_id, name in names.items()
    ]
    return GroupDocuments(cohort_id, cohort.name, ready_by(cohort_id), tuple(people))
