"""The organisation's own wordings: the list of messages, and one to edit with its preview."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.text import LANGUAGES
from jobsearch.notices.setting import kinds
from jobsearch.notices.texts import queries, service
from jobsearch.notices.texts.forms import WordingForm
from jobsearch.notices.texts.queries import written_in
from jobsearch.notices.texts.rules import check_wording
from jobsearch.notices.texts.sheet import TextSheet, open_sheet, preview
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("message_texts", __name__)
_EDIT = "message_texts.edit_text"


@blueprint.get("/messages/texts")
@needs(Permission.NOTICES_TEXTS)
def list_texts() -> ResponseReturnValue:
    """Every message that goes out, and in which languages the organisation words it itself."""
    own = queries.languages_of_own()
    return render("message_texts/list_texts.html", kinds=kinds(), own=own, languages=LANGUAGES)


@blueprint.get("/messages/texts/<kind>/<language>")
@needs(Permission.NOTICES_TEXTS)
def edit_text(kind: str, language: str) -> ResponseReturnValue:
    """One message in one language: its words, its placeholders, its preview."""
    sheet = open_sheet(current_actor(), kind, language)
    return _page(sheet, WordingForm(formdata=None).show(sheet.words, sheet.seen))


@blueprint.post("/messages/texts/<kind>/<language>")
@needs(Permission.NOTICES_TEXTS)
def save_text(kind: str, language: str) -> ResponseReturnValue:
    """Keep the words; or only show how they would look."""
    actor, form = current_actor(), WordingForm()
    sheet = open_sheet(actor, kind, language)
    if "preview" in request.form:
        done = form.attempt(check_wording, sheet.kind, form.words())
        return _page(sheet, form, refused=not done)
    values = (actor, sheet.kind, language, form.words(), form.seen.data or "")
    if not form.attempt(service.save_wording, *values):
        return _page(sheet, form, refused=True)
    flash(_("Saved. It holds from the next message on."))
    return see_other(_EDIT, kind=kind, language=language)


@blueprint.post("/messages/texts/<kind>/<language>/default")
@needs(Permission.NOTICES_TEXTS)
def use_default(kind: str, language: str) -> ResponseReturnValue:
    """Go back to the default words."""
    actor, form = current_actor(), WordingForm()
    sheet = open_sheet(actor, kind, language)
    seen = form.seen.data or ""
    if not form.attempt(service.use_default, actor, sheet.kind, language, seen):
        return _page(sheet, form, refused=True)
    flash(_("The default text is in use again."))
    return see_other(_EDIT, kind=kind, language=language)


@blueprint.get("/messages/texts/versions/<key:wording_id>")
@needs(Permission.NOTICES_TEXTS)
def show_version(wording_id: str) -> ResponseReturnValue:
    """An earlier version, laid into the form to be saved again; nothing changes before that."""
    version = queries.get_version(wording_id)
    sheet = open_sheet(current_actor(), version.kind, version.language)
    words = written_in(version) or sheet.words
    return _page(sheet, WordingForm(formdata=None).show(words, sheet.seen), version=version)


def _page(
    sheet: TextSheet, form: WordingForm, *, refused: bool = False, version: object = None
) -> ResponseReturnValue:
    draw = render_invalid if refused else render
    shown = preview(sheet, form.words())
    context = {"sheet": sheet, "form": form, "preview": shown, "languages": LANGUAGES}
    return draw("message_texts/edit_text.html", version=version, **context)
