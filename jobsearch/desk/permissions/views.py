"""The participant's page of all her permissions, each with its words, its record and its end."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.desk.permissions import queries, service
from jobsearch.desk.permissions.forms import EmptyForm
from jobsearch.desk.permissions.pdf import receipt_pdf
from jobsearch.desk.permissions.rules import PURPOSES, WAYS
from jobsearch.web.filters import current_language
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    flash,
    page_number,
    render,
    render_invalid,
    see_other,
)

blueprint = Blueprint("permissions", __name__)


@blueprint.get("/my-permissions")
@needs(Permission.CONSENTS_OWN)
def list_permissions() -> ResponseReturnValue:
    """Everything that she has permitted, in plain words, and what has ended."""
    page = page_number()
    shown = queries.show_permissions(current_actor(), page)
    context = {"shown": shown, "purposes": PURPOSES, "page": page}
    return render("permissions/list_permissions.html", **context)


@blueprint.get("/my-permissions/<key:consent_id>")
@needs(Permission.CONSENTS_OWN)
def show_permission(consent_id: str) -> ResponseReturnValue:
    """One permission: its words as she read them, and how it stands."""
    return _one(consent_id, EmptyForm(formdata=None))


@blueprint.get("/my-permissions/<key:consent_id>/record.pdf")
@needs(Permission.CONSENTS_OWN)
@heavy
def record(consent_id: str) -> ResponseReturnValue:
    """The same on paper, for her own keeping."""
    receipt = queries.receipt_of(current_actor(), consent_id)
    paper = receipt_pdf(receipt, current_language())
    return download(paper, f"{_('permission')}.pdf", "application/pdf")


@blueprint.post("/my-permissions/<key:consent_id>/take-back")
@needs(Permission.CONSENTS_OWN)
def take_back(consent_id: str) -> ResponseReturnValue:
    """She takes it back; nobody asks why."""
    form = EmptyForm()
    if not form.attempt(service.take_back, current_actor(), consent_id):
        return _one(consent_id, form, refused=True)
    flash(_("You took your permission back. It opens nothing any more."))
    return see_other(".list_permissions")


@blueprint.post("/my-permissions/following/<key:agreement_id>/take-back")
@needs(Permission.CONSENTS_OWN)
def take_back_following(agreement_id: str) -> ResponseReturnValue:
    """Her municipal coach follows her no more."""
    service.take_back_following(current_actor(), agreement_id)
    flash(_("You took your permission back. It opens nothing any more."))
    return see_other(".list_permissions")


def _one(consent_id: str, form: EmptyForm, *, refused: bool = False) -> ResponseReturnValue:
    shown = queries.get_permission(current_actor(), consent_id)
    context = {"shown": shown, "purpose": PURPOSES[shown.consent.purpose], "ways": WAYS}
    draw = render_invalid if refused else render
    return draw("permissions/show_permission.html", form=form, **context)
