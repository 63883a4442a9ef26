"""Pages of alerts: who is stuck and who sees to it, the rules, and whether it was worth it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.coaching.alerts import queries, service
from jobsearch.coaching.alerts.forms import FilterForm, SeenForm, VerdictForm
from jobsearch.coaching.alerts.page import filters_of, own_confidence
from jobsearch.coaching.alerts.precision import FIGURES, show_precision
from jobsearch.coaching.alerts.queries import What
from jobsearch.coaching.alerts.rules import ALERT_RULES, DEEDS, VERDICT_NAMES
from jobsearch.core.access import Permission, Role
from jobsearch.core.errors import Conflict
from jobsearch.core.looks import Look
from jobsearch.feedback.pulses.rules import ITEM_NAMES
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, reads_each, render, see_other

blueprint = Blueprint("alerts", __name__)


def _filters(chosen: Any) -> FilterForm:
    form = FilterForm(chosen)
    return form.offer(queries.list_group_choices(), has_own=current_actor().role is Role.COACH)


def _noted(alerts: queries.AlertPage) -> queries.AlertPage:
    """A list of alerts says why, so that everyone on it learns who read it."""
    reads_each((line.person_id for line in alerts.lines), Look.ALERT)
    return alerts


def _open_page(filters: FilterForm, form: Form | None = None) -> str:
    page, actor = page_number(), current_actor()
    chosen = filters_of({"group": filters.group.data}, What.OPEN)
    return render(
        "alerts/list_alerts.html",
        alerts=_noted(queries.list_alerts(actor, chosen, page)),
        page=page,
        filters=filters,
        form=form,
        me=actor.account_id,
        verdicts=VERDICT_NAMES,
    )


@blueprint.get("/alerts")
@needs(Permission.TRACKER_READ)
def list_alerts() -> ResponseReturnValue:
    """Open alerts: hers first, those of all groups by a filter."""
    return _open_page(_filters(request.args))


@blueprint.get("/alerts/all")
@needs(Permission.TRACKER_READ)
def list_raised() -> ResponseReturnValue:
    """Every alert that was ever raised, narrowed by a form."""
    filters, page, actor = _filters(request.args), page_number(), current_actor()
    return render(
        "alerts/list_raised.html",
        alerts=_noted(queries.list_alerts(actor, filters_of(filters.kept()), page)),
        page=page,
        filters=filters,
        verdicts=VERDICT_NAMES,
    )


@blueprint.get("/alerts/precision")
@needs(Permission.TRACKER_READ)
def show_worth() -> ResponseReturnValue:
    """What became of the alerts, rule by rule."""
    filters = _filters(request.args)
    shown = show_precision(current_actor(), filters_of(filters.kept()))
    return render("alerts/show_worth.html", shown=shown, filters=filters, figures=FIGURES)


@blueprint.get("/alerts/rules")
@needs(Permission.DESK_READ)
def show_rules() -> ResponseReturnValue:
    """The rules in words, with their sources: for everyone, as everyone may read of whom."""
    return render("alerts/show_rules.html", rules=ALERT_RULES, deeds=DEEDS)


def _do(
    form: SeenForm, use_case: Callable[..., Any], alert_id: str, *args: Any, said: str
) -> ResponseReturnValue:
    """Do it; who comes second reads who was first, on the list as it is now (409)."""
    actor = current_actor()
    queries.get_alert(actor, alert_id)  # nobody learns by a bad form that there is one
    try:
        if form.attempt(use_case, actor, alert_id, *args, form.seen()):
            flash(said)
            kept = {"group": form.group.data} if form.group.data else {}
            return see_other("alerts.list_alerts", **kept)
    except Conflict:
        form.form_errors.append(_("Somebody else has just changed this alert. Look again."))
    return _open_page(_filters(request.form), form), 409


@blueprint.post("/alerts/<key:alert_id>/take")
@needs(Permission.COACHING_WRITE)
def take(alert_id: str) -> ResponseReturnValue:
    """A coach sees to it."""
    return _do(SeenForm(), service.take, alert_id, said=_("You have taken it."))


@blueprint.post("/alerts/<key:alert_id>/give-back")
@needs(Permission.COACHING_WRITE)
def give_back(alert_id: str) -> ResponseReturnValue:
    """Another coach can see to it."""
    return _do(SeenForm(), service.give_back, alert_id, said=_("It is free for others again."))


@blueprint.post("/alerts/<key:alert_id>/end")
@needs(Permission.COACHING_WRITE)
def end(alert_id: str) -> ResponseReturnValue:
    """The word has been had; how it was."""
    form = VerdictForm()
    said = _("Thank you. It is kept how it was.")
    return _do(form, service.end, alert_id, form.wanted(), said=said)


@blueprint.post("/alerts/<key:alert_id>/reopen")
@needs(Permission.COACHING_WRITE)
def reopen(alert_id: str) -> ResponseReturnValue:
    """The verdict is taken back."""
    return _do(SeenForm(), service.reopen, alert_id, said=_("Taken back. It is as it was before."))


@blueprint.get("/my-pulse/coach")
@needs(Permission.MY_DAY)
def my_confidence() -> ResponseReturnValue:
    """A participant's own confidence, and whether her coach is to know that it has gone down."""
    return _own_page(None)


def _own_page(form: Form | None) -> str:
    mine = own_confidence(current_actor())
    return render("alerts/my_confidence.html", mine=mine, items=ITEM_NAMES, form=form)


@blueprint.post("/my-pulse/coach")
@needs(Permission.MY_DAY)
def tell_coach() -> ResponseReturnValue:
    """Her coach is told that it has become harder, and nothing of her answers."""
    form = Form()
    if not form.attempt(service.tell_coach, current_actor()):
        return _own_page(form), 422
    flash(_("Your coach now knows that it has become harder. Your answers are still yours alone."))
    return see_other("alerts.my_confidence")


@blueprint.post("/my-pulse/coach/take-back")
@needs(Permission.MY_DAY)
def take_word_back() -> ResponseReturnValue:
    """What she let her coach know is over."""
    service.take_word_back(current_actor())
    flash(_("Taken back. Your coach is not asked to do anything any more."))
    return see_other("alerts.my_confidence")
