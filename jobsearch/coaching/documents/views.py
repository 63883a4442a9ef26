"""Pages of documents: a participant's own, one person's for her coach, one document, a group's."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.coaching.documents import overviews, queries, service
from jobsearch.coaching.documents.forms import (
    ACCEPTED,
    AimedForm,
    BeginForm,
    CommentForm,
    StateForm,
    VersionForm,
)
from jobsearch.coaching.documents.rules import (
    KIND_NAMES,
    KIND_NOTES,
    READY_BY_DAY,
    STATE_NAMES,
)
from jobsearch.core import files
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, reads, render, see_other

blueprint = Blueprint("documents", __name__)
_WORDS = {"kinds": KIND_NAMES, "states": STATE_NAMES, "notes": KIND_NOTES, "by_day": READY_BY_DAY}


def _note_look(person_id: str, what: Look) -> None:
    """A coach who reads leaves a trace."""
    if current_actor().person_id is None:
        reads(person_id, what)


def _list(person_id: str, refused: AimedForm | None = None) -> str:
    mine = overviews.get_documents(current_actor(), person_id)
    _note_look(person_id, Look.DOCUMENTS)
    form = refused or AimedForm(formdata=None)
    form.offer([(one.id, f"{one.role_title}, {one.employer}") for one in mine.leads])
    return render(
        "documents/list_documents.html",
        mine=mine,
        form=form,
        is_own=current_actor().person_id is not None,
        **_WORDS,
    )


def _begin(person_id: str, back: tuple[str, dict[str, str]]) -> ResponseReturnValue:
    """Begin a document; with a state the list is shown again, without one the document."""
    form = BeginForm()
    if not form.attempt(lambda: service.begin_document(current_actor(), person_id, *form.wanted())):
        raise NotVisible  # the page offers none but those that there are
    if form.state.data:
        flash(_("Saved."))
        return see_other(back[0], **back[1])
    return see_other(".show_document", document_id=form.result.id)


def _aim(person_id: str) -> ResponseReturnValue:
    form = AimedForm()
    if not form.attempt(lambda: service.begin_document(current_actor(), person_id, *form.wanted())):
        return _list(person_id, form), 422
    return see_other(".show_document", document_id=form.result.id)


def _own() -> str:
    return current_actor().person_id or ""


@blueprint.get("/my-documents")
@needs(Permission.MY_DAY)
def my_documents() -> ResponseReturnValue:
    """A participant's own documents."""
    try:
        return _list(_own())
    except NotVisible:  # she is in no group yet
        return render("documents/no_group.html")


@blueprint.post("/my-documents")
@needs(Permission.MY_DAY)
def begin_my_document() -> ResponseReturnValue:
    """Begin one of her own."""
    return _begin(_own(), (".my_documents", {}))


@blueprint.post("/my-documents/aimed")
@needs(Permission.MY_DAY)
def aim_my_document() -> ResponseReturnValue:
    """Begin one for a lead of hers."""
    return _aim(_own())


@blueprint.get("/people/<key:person_id>/documents")
@needs(Permission.COACHING_WRITE)
def list_documents(person_id: str) -> ResponseReturnValue:
    """One person's documents, for her coach."""
    return _list(person_id)


@blueprint.post("/people/<key:person_id>/documents")
@needs(Permission.COACHING_WRITE)
def begin_document(person_id: str) -> ResponseReturnValue:
    """Begin one with her."""
    return _begin(person_id, (".list_documents", {"person_id": person_id}))


@blueprint.post("/people/<key:person_id>/documents/aimed")
@needs(Permission.COACHING_WRITE)
def aim_document(person_id: str) -> ResponseReturnValue:
    """Begin one for a lead of hers, with her."""
    return _aim(person_id)


@blueprint.get("/documents/<key:document_id>")
@needs(Permission.COACHING_DOCUMENTS)
def show_document(document_id: str) -> ResponseReturnValue:
    """One document: how far it is, its versions, and what is said of it."""
    return _page(document_id)


def _page(document_id: str, **refused: Any) -> str:
    one = queries.get_whole(current_actor(), document_id)
    _note_look(one.document.person_id, Look.DOCUMENT)
    forms = {"version_form": VersionForm(formdata=None), "comment_form": CommentForm(formdata=None)}
    return render(
        "documents/show_document.html",
        one=one,
        form=next(iter(refused.values()), None),
        **(forms | refused),
        accepted=ACCEPTED,
        me=current_actor(),
        is_own=current_actor().person_id is not None,
        **_WORDS,
    )


@blueprint.post("/documents/<key:document_id>/state")
@needs(Permission.COACHING_DOCUMENTS)
def mark_state(document_id: str) -> ResponseReturnValue:
    """Say how far it is: by one tap on the list, or on the document's own page."""
    form, actor = StateForm(), current_actor()
    queries.get_document(actor, document_id)
    if not form.attempt(lambda: service.mark_state(actor, document_id, form.wanted())):
        raise NotVisible
    flash(_("Saved."))
    if not form.listed.data:
        return see_other(".show_document", document_id=document_id)
    if actor.person_id is not None:
        return see_other(".my_documents")
    return see_other(".list_documents", person_id=form.result.person_id)


@blueprint.post("/documents/<key:document_id>/versions")
@needs(Permission.COACHING_DOCUMENTS)
def add_version(document_id: str) -> ResponseReturnValue:
    """Bring a new version."""
    form, actor = VersionForm(), current_actor()
    queries.get_document(actor, document_id)
    if not form.attempt(lambda: service.add_version(actor, document_id, *form.content())):
        return _page(document_id, version_form=form), 422
    flash(_("Version %(number)d is saved.", number=form.result.number))
    return see_other(".show_document", document_id=document_id)


@blueprint.post("/documents/<key:document_id>/comments")
@needs(Permission.COACHING_DOCUMENTS)
def write_comment(document_id: str) -> ResponseReturnValue:
    """Say something of it."""
    form, actor = CommentForm(), current_actor()
    queries.get_document(actor, document_id)
    if not form.attempt(service.write_comment, actor, document_id, form.body.data or ""):
        return _page(document_id, comment_form=form), 422
    flash(_("The comment is saved."))
    return see_other(".show_document", document_id=document_id)


@blueprint.get("/documents/versions/<key:version_id>/file")
@needs(Permission.COACHING_DOCUMENTS)
@heavy
def download_version(version_id: str) -> ResponseReturnValue:
    """The file of a version, to keep; never shown in the browser."""
    version = queries.get_version(current_actor(), version_id)
    reads(version.person_id, Look.DOCUMENT_FILE)
    file = files.get(version.file_id or "")
    return download(file.content, version.name, file.media_type)


@blueprint.post("/documents/versions/<key:version_id>/take-away")
@needs(Permission.COACHING_DOCUMENTS)
def take_away(version_id: str) -> ResponseReturnValue:
    """Erase a version's file."""
    version = service.take_away(current_actor(), version_id)
    flash(_("Taken away. The file is erased."))
    return see_other(".show_document", document_id=version.document_id)


@blueprint.get("/cohorts/<key:cohort_id>/documents")
@needs(Permission.COACHING_WRITE)
def show_group(cohort_id: str) -> ResponseReturnValue:
    """How far everyone of a group is."""
    group = overviews.get_group_documents(cohort_id)
    return render("documents/show_group.html", group=group, **_WORDS)
