"""Use cases of documents: begin one, say how far it is, bring a version, take it away, comment."""

from jobsearch.coaching.documents import queries
from jobsearch.coaching.documents.contents import form_of
from jobsearch.coaching.documents.models import Document, DocumentComment, DocumentVersion
from jobsearch.coaching.documents.rules import (
    DocumentKind,
    DocumentState,
    check_comment,
    check_room,
    safe_name,
)
from jobsearch.core import files
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.queries import get_person, get_place_of_day


def begin_document(
    actor: Actor,
    person_id: str,
    kind: DocumentKind,
    lead_id: str | None = None,
    state: DocumentState | None = None,
) -> Document:
    """A person's document of a kind, made where there is none yet; with a state, it gets that one.

    `lead_id` is the open lead that it is aimed at. Raises NotVisible for whom the actor may not
    see or who is in no group, RuleBroken for a lead that is not open or not hers.
    """
    person = get_person(actor, person_id)
    place = get_place_of_day(person.id, today(actor.zone))
    if lead_id is not None and not queries.is_open_lead(person.id, lead_id):
        raise RuleBroken(N_("Choose one of the open leads."), field="lead_id")
    queries.hold_enrolment(place.enrolment_id)
    document = queries.find_document(place.enrolment_id, kind, lead_id)
    if document is None:
        document = Document(
            person_id=person.id,
            enrolment_id=place.enrolment_id,
            lead_id=lead_id,
            kind=kind,
            state=DocumentState.NOT_STARTED,
            state_at=now(),
        )
        db.session.add(document)
    if state is not None:
        _put_state(document, state)
    db.session.flush()
    return document


def mark_state(actor: Actor, document_id: str, state: DocumentState) -> Document:
    """Say how far a document is; the same again changes nothing. Raises NotVisible."""
    document = queries.get_document(actor, document_id, held=True)
    _put_state(document, state)
    db.session.flush()
    return document


def _put_state(document: Document, state: DocumentState) -> None:
    if document.state is not state:
        document.state, document.state_at = state, now()


def add_version(actor: Actor, document_id: str, content: bytes, name: str) -> DocumentVersion:
    """Keep a file as the document's next version; a document with a file has been begun.

    Raises NotVisible, and RuleBroken on `file` for what is not kept: of another form, too large,
    with macros, or more than fits.
    """
    document = queries.get_document(actor, document_id, held=True)
    form = form_of(content)
    held, last = queries.room_taken(document.person_id, document.id)
    check_room(held, len(content))
    version = DocumentVersion(
        document_id=document.id,
        person_id=document.person_id,
        number=last + 1,
        file_id=files.take_in(content, form.value).id,
        name=safe_name(name, form, document.kind.value),
        uploaded_at=now(),
        uploaded_by_id=actor.account_id,
    )
    db.session.add(version)
    if document.state is DocumentState.NOT_STARTED:
        _put_state(document, DocumentState.DRAFT)
    db.session.flush()
    return version


def take_away(actor: Actor, version_id: str) -> DocumentVersion:
    """Erase a version's file; that it was there stays. Her own, or what the actor brought herself.

    Raises NotVisible.
    """
    version = queries.get_version(actor, version_id)
    if actor.role is not Role.PARTICIPANT and version.uploaded_by_id != actor.account_id:
        raise NotVisible
    file_id = version.file_id
    assert file_id is not None
    version.file_id, version.taken_away_at = None, now()
    db.session.flush()
    files.forget(file_id)
    return version


def write_comment(actor: Actor, document_id: str, body: str) -> DocumentComment:
    """Say something of a document: the coach, or the person who answers. Raises NotVisible."""
    document = queries.get_document(actor, document_id)
    check_comment(body)
    comment = DocumentComment(
        document_id=document.id,
        person_id=document.person_id,
        writer_id=actor.account_id,
        body=body,
        written_at=now(),
    )
    db.session.add(comment)
    db.session.flush()
    return comment
