"""Pages of conversations: the list, one conversation with its poll, and the deeds in it."""

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.conversations import queries, service
from jobsearch.conversations.forms import DeedForm, MessageForm
from jobsearch.conversations.lists import queries as lists
from jobsearch.core.access import Permission, Role
from jobsearch.core.looks import Look
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import (
    flash,
    is_partial,
    only_if_changed,
    page_number,
    reads,
    render,
    render_invalid,
    see_other,
)
from jobsearch.web.unit import ridden, rides

blueprint = Blueprint("conversations", __name__)
_ONE = "/conversations/<key:conversation_id>"


@blueprint.get("/conversations")
@needs(Permission.CONVERSATIONS_WRITE)
def list_conversations() -> ResponseReturnValue:
    """A coach's conversations; a participant with one group goes straight to hers."""
    actor, page = current_actor(), page_number()
    lines, pages = lists.list_conversations(actor, page)
    if actor.role is Role.PARTICIPANT and len(lines) == 1:
        only = {"conversation_id": lines[0].id, "_anchor": "latest"}
        return see_other("conversations.show_conversation", **only)
    return render("conversations/list_conversations.html", lines=lines, page=page, pages=pages)


@blueprint.get(_ONE)
@needs(Permission.CONVERSATIONS_WRITE)
def show_conversation(conversation_id: str) -> ResponseReturnValue:
    """One conversation, its newest messages last."""
    return render("conversations/show_conversation.html", **_thread(conversation_id))


@blueprint.get(f"{_ONE}/poll")
@needs(Permission.CONVERSATIONS_WRITE)
@rides(queries.VERSION)
def poll_conversation(conversation_id: str) -> ResponseReturnValue:
    """The messages if there are others than the browser has, else nothing (304)."""
    tag = _tag(queries.get_version(ridden()))
    unchanged = only_if_changed(tag)
    if unchanged is not None:
        return unchanged
    if not is_partial():
        return see_other("conversations.show_conversation", conversation_id=conversation_id)
    page = render("conversations/_messages.html", **_thread(conversation_id))
    response: Response = make_response(page)
    response.set_etag(tag)
    return response


@blueprint.post(_ONE)
@needs(Permission.CONVERSATIONS_WRITE)
def write_message(conversation_id: str) -> ResponseReturnValue:
    """Send a message."""
    form = MessageForm()
    text = form.body.data or ""
    if not form.attempt(service.write_message, current_actor(), conversation_id, text):
        page = _thread(conversation_id, form)
        return render_invalid("conversations/show_conversation.html", **page)
    sent = f"m-{form.result.id}"
    return see_other(
        "conversations.show_conversation", conversation_id=conversation_id, _anchor=sent
    )


@blueprint.post(f"{_ONE}/read")
@needs(Permission.CONVERSATIONS_WRITE)
def mark_read(conversation_id: str) -> ResponseReturnValue:
    """What the page shows has been read; with a script the page says so by itself."""
    service.mark_read(current_actor(), conversation_id, request.form.get("upto", ""))
    if is_partial():
        return "", 200
    return see_other("conversations.show_conversation", conversation_id=conversation_id)


@blueprint.post(f"{_ONE}/<key:short_message_id>/withdraw")
@needs(Permission.CONVERSATIONS_WRITE)
def withdraw_message(conversation_id: str, short_message_id: str) -> ResponseReturnValue:
    """Take an own message back."""
    form, whose = DeedForm(), (current_actor(), conversation_id, short_message_id)
    if form.attempt(service.withdraw_message, *whose):
        flash(_("Taken back. Nobody can read it any more."))
    else:
        flash(str(form.form_errors[0]), "warn")
    return see_other("conversations.show_conversation", conversation_id=conversation_id)


def _tag(version: str) -> str:
    actor = current_actor()
    return f"{version}-{actor.language}-{actor.sign_in_id[:6]}"


def _thread(conversation_id: str, form: MessageForm | None = None) -> dict[str, object]:
    actor = current_actor()
    thread = queries.get_thread(actor, conversation_id, page_number())
    if actor.role is Role.COACH:
        reads(thread.place.person_id, Look.CONVERSATION)
    tag = _tag(thread.version)
    return {"thread": thread, "form": form or MessageForm(), "tag": tag}
