"""Public pages of expectations and self-check, and the provider's own words on them."""

from contextlib import AbstractContextManager
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.text import LANGUAGES
from jobsearch.recruitment.expectations import queries, service
from jobsearch.recruitment.expectations.forms import SelfCheckForm, WordsForm
from jobsearch.recruitment.expectations.rules import advise
from jobsearch.web.filters import current_language
from jobsearch.web.formats import LOCALES
from jobsearch.web.gate import needs, public
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("recruitment_expectations", __name__, url_prefix="/expectations")


@blueprint.get("/<key:programme_id>")
@public
def show(programme_id: str) -> ResponseReturnValue:
    """What is expected, what it pays, what it does to benefits; the address holds nobody's data."""
    with _asked_language():
        shown = queries.show_expectations(programme_id)
        return render("recruitment_expectations/show_expectations.html", shown=shown)


def _asked_language() -> AbstractContextManager[None]:
    """The language of the address, else the reader's: whoever sends the page sends it too."""
    asked = request.args.get("language", "")
    language = asked if asked in LANGUAGES else current_language()
    held: AbstractContextManager[None] = force_locale(LOCALES[language])
    return held


@blueprint.get("/<key:programme_id>/self-check")
@public
def self_check(programme_id: str) -> ResponseReturnValue:
    """Six questions."""
    with _asked_language():
        return render("recruitment_expectations/self_check.html", **_page(programme_id))


def _page(programme_id: str) -> dict[str, Any]:
    shown = queries.show_expectations(programme_id)
    return {"shown": shown, "form": SelfCheckForm(), "advice": None}


@blueprint.post("/<key:programme_id>/self-check")
@public
def advise_on(programme_id: str) -> ResponseReturnValue:
    """What the replies mean, said once; they are not kept."""
    template = "recruitment_expectations/self_check.html"
    with _asked_language():
        page = _page(programme_id)
        form: SelfCheckForm = page["form"]
        if not form.attempt(advise, form.replies()):
            return render_invalid(template, **page)
        return render(template, **{**page, "advice": form.result})


@blueprint.get("/<key:programme_id>/words")
@needs(Permission.PROGRAMMES_WRITE)
def edit_words(programme_id: str) -> ResponseReturnValue:
    """What the provider adds to the page."""
    kept = queries.find_words(programme_id)
    said = {f"words_{code}": text for code, text in (kept.words if kept else {}).items()}
    return render(
        "recruitment_expectations/edit_words.html",
        **_words_page(programme_id, WordsForm(data=said)),
    )


def _words_page(programme_id: str, form: WordsForm) -> dict[str, Any]:
    kept = queries.find_words(programme_id)
    shown = queries.show_own_expectations(programme_id)
    return {"form": form, "shown": shown, "version": kept.version if kept else 0}


@blueprint.post("/<key:programme_id>/words")
@needs(Permission.PROGRAMMES_WRITE)
def save_words(programme_id: str) -> ResponseReturnValue:
    """Keep the provider's words."""
    form = WordsForm()
    version = request.form.get("version", 0, type=int)
    if not form.attempt(service.save_words, programme_id, version, form.words()):
        page = "recruitment_expectations/edit_words.html"
        return render_invalid(page, **_words_page(programme_id, form))
    flash(_("Your words are on the page."))
    return see_other("recruitment_expectations.show", programme_id=programme_id)
