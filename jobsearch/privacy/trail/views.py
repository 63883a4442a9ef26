"""The pages of the trail: changes, looks, which persons an account saw, and their files."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.core.errors import RuleBroken
from jobsearch.core.looks import Look
from jobsearch.privacy.trail import exports, pages
from jobsearch.privacy.trail.forms import TrailForm
from jobsearch.privacy.trail.rules import Asked
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import at_most, heavy
from jobsearch.web.pages import download, reads, reads_each, render, render_invalid

blueprint = Blueprint("trail", __name__, url_prefix="/audit")
_FILES = {"changes": exports.changes_file, "looks": exports.looks_file, "seen": exports.seen_file}


@blueprint.get("")
@needs(Permission.AUDIT_READ)
def list_changes() -> ResponseReturnValue:
    """Who changed what, the newest first; of an operator what is about nobody."""
    return _list("privacy/list_changes.html", pages.changes_page)


@blueprint.get("/looks")
@needs(Permission.AUDIT_VALUES)
def list_looks() -> ResponseReturnValue:
    """Who looked at whom, the newest first."""
    return _list("privacy/list_looks.html", pages.looks_page)


@blueprint.get("/seen")
@needs(Permission.AUDIT_VALUES)
def list_seen() -> ResponseReturnValue:
    """Which persons one account saw from day to day."""
    form, after = TrailForm.read(request.args), request.args.get("after", "")[:20]
    asked, broken = _asked(form, form.asked_of_one) if request.args else (None, False)
    shown = pages.seen_page(current_actor(), form, asked, after)
    reads_each(shown["names"].persons, Look.TRAIL)
    if broken:
        return render_invalid("privacy/list_seen.html", **shown)
    return render("privacy/list_seen.html", **shown)


@blueprint.get("/changes/<int(max=9223372036854775807):entry_id>")
@needs(Permission.AUDIT_VALUES)
def show_change(entry_id: int) -> ResponseReturnValue:
    """One change with its values, as far as a manager may read them."""
    shown = pages.change_page(current_actor(), entry_id)
    for person_id in shown["names"].persons:
        reads(person_id, Look.TRAIL_VALUES)
    return render("privacy/show_change.html", **shown)


@blueprint.post("/<any(changes, looks, seen):list_name>.<any(csv, xlsx):ending>")
@needs(Permission.AUDIT_VALUES, fresh=True)
@at_most("30 per 10 minutes")
@heavy
def take_file(list_name: str, ending: str) -> ResponseReturnValue:
    """The same list as a file; that it was taken is written into the trail."""
    form = TrailForm.read(request.form)
    asked, broken = _asked(form, form.asked_of_one if list_name == "seen" else form.asked)
    if broken or asked is None:
        shown = pages.seen_page(current_actor(), form, None, "")
        return render_invalid("privacy/list_seen.html", **shown)
    return download(*_FILES[list_name](current_actor(), asked, ending))


def _list(template: str, page: Callable[..., dict[str, Any]]) -> ResponseReturnValue:
    form, before = TrailForm.read(request.args), request.args.get("before", "")[:40]
    asked, broken = _asked(form, form.asked)
    shown = page(current_actor(), form, asked or Asked(), before)
    reads_each(shown["names"].persons, Look.TRAIL)
    return render_invalid(template, **shown) if broken else render(template, **shown)


def _asked(form: TrailForm, read: Callable[..., Asked]) -> tuple[Asked | None, bool]:
    """What the form asks for, and whether something in it is wrong."""
    if form.errors:
        return None, True
    try:
        return read(pages.day_of(current_actor())), False
    except RuleBroken as rule:
        form.refuse(rule)
        return None, True
