"""Pages of own figures: enter one, and decide as another person."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.rates.own import queries, service
from jobsearch.rates.own.forms import DecideForm, FigureForm
from jobsearch.rates.own.rules import STATE_NAMES
from jobsearch.rates.rules import RATE_NAMES
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("rates_own", __name__, url_prefix="/rates")


def _list(form: DecideForm | None = None) -> dict[str, Any]:
    return {
        "rows": queries.list_own_rates(),
        "names": RATE_NAMES,
        "states": STATE_NAMES,
        "form": form,
        "actor": current_actor(),
    }


@blueprint.get("/own")
@needs(Permission.RATES_WRITE)
def list_own_rates() -> ResponseReturnValue:
    """Figures that were entered here, those that wait first."""
    return render("rates_own/list_own_rates.html", **_list())


@blueprint.get("/own/new")
@needs(Permission.RATES_WRITE)
def new_rate() -> ResponseReturnValue:
    """Enter a figure; `key` and `from` of a gap are filled in."""
    form = FigureForm(formdata=None, key=request.args.get("key")).offer()
    form.begin_on(request.args.get("from", ""))
    return render("rates_own/edit_rate.html", form=form, replaces=None)


@blueprint.post("/own/new")
@needs(Permission.RATES_WRITE)
def propose_rate() -> ResponseReturnValue:
    """Keep an entered figure until another person has looked at it."""
    return _propose(None)


@blueprint.get("/own/<key:own_rate_id>/correct")
@needs(Permission.RATES_WRITE)
def correct_rate(own_rate_id: str) -> ResponseReturnValue:
    """Correct an own figure that is in use."""
    row = queries.get_own_rate(own_rate_id)
    form = FigureForm(formdata=None, obj=row).offer()
    return render("rates_own/edit_rate.html", form=form, replaces=row)


@blueprint.post("/own/<key:own_rate_id>/correct")
@needs(Permission.RATES_WRITE)
def propose_correction(own_rate_id: str) -> ResponseReturnValue:
    """Keep a correction until another person has looked at it."""
    return _propose(own_rate_id)


def _propose(replaces_id: str | None) -> ResponseReturnValue:
    form, actor = FigureForm().offer(), current_actor()

    def keep() -> object:
        figure = form.figure()
        assert figure is not None  # the form has refused what is missing
        return service.propose_rate(actor, figure, replaces_id)

    if not form.attempt(keep):
        replaces = queries.get_own_rate(replaces_id) if replaces_id else None
        return render_invalid("rates_own/edit_rate.html", form=form, replaces=replaces)
    flash(_("Saved. It is used when another person has approved it."))
    return see_other("rates_own.list_own_rates")


@blueprint.post("/own/<key:own_rate_id>/approve")
@needs(Permission.RATES_WRITE, fresh=True)
def approve_rate(own_rate_id: str) -> ResponseReturnValue:
    """Put a figure in use, by a sign-in proven just now."""
    form = DecideForm()
    if not form.attempt(service.approve_rate, current_actor(), own_rate_id, form.seen()):
        return render_invalid("rates_own/list_own_rates.html", **_list(form))
    flash(_("The figure is in use. Pay runs that are not approved yet are computed again with it."))
    return see_other("rates_own.list_own_rates")


@blueprint.post("/own/<key:own_rate_id>/refuse")
@needs(Permission.RATES_WRITE)
def refuse_rate(own_rate_id: str) -> ResponseReturnValue:
    """Say no to a figure."""
    form = DecideForm()
    words = form.words.data or ""
    if not form.attempt(service.refuse_rate, current_actor(), own_rate_id, form.seen(), words):
        return render_invalid("rates_own/list_own_rates.html", **_list(form))
    flash(_("The figure is refused and not used."))
    return see_other("rates_own.list_own_rates")


@blueprint.post("/own/<key:own_rate_id>/withdraw")
@needs(Permission.RATES_WRITE)
def withdraw_rate(own_rate_id: str) -> ResponseReturnValue:
    """Take an entered figure back."""
    form = DecideForm()
    if not form.attempt(service.withdraw_rate, current_actor(), own_rate_id, form.seen()):
        return render_invalid("rates_own/list_own_rates.html", **_list(form))
    flash(_("The figure is taken back and not used."))
    return see_other("rates_own.list_own_rates")
