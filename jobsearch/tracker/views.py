"""Pages of the tracker: log with one tap, add details, take back, and the lists."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.tracker import queries, service
from jobsearch.tracker.corrections.locks import is_past_and_locked
from jobsearch.tracker.details.queries import find_own_lead
from jobsearch.tracker.forms import ActionForm, day_of_tap
from jobsearch.tracker.lists import queries as lists
from jobsearch.tracker.lists.filters import filters_of
from jobsearch.tracker.lists.forms import FilterForm
from jobsearch.tracker.own import queries as own
from jobsearch.tracker.rules import ACTIVITIES, LOOKS, REPLY_NAMES, Activity, LoggedBefore
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import (
    flash,
    page_number,
    reads,
    reads_each,
    render,
    render_invalid,
    see_other,
)
from jobsearch.web.waiting import check_sender

blueprint = Blueprint("tracker", __name__)


@blueprint.get("/job-search")
@needs(Permission.TRACKER_LOG)
def log_action() -> ResponseReturnValue:
    """A participant's page to log with details, and what she has logged; about a lead of hers."""
    return render("tracker/log_action.html", **_own_page(_blank(current_actor().person_id or "")))


@blueprint.post("/job-search")
@needs(Permission.TRACKER_LOG)
def log_details() -> ResponseReturnValue:
    """Log one action with its details."""
    check_sender(current_actor())
    form = ActionForm()
    page = _own_page(form)
    if not form.attempt(service.log_action, current_actor(), **form.details()):
        return render_invalid("tracker/log_action.html", **page)
    flash(_(LOOKS[form.result.activity].logged))
    return see_other("tracker.log_action")


@blueprint.post("/job-search/log/<activity>")
@needs(Permission.TRACKER_LOG)
def log(activity: str) -> ResponseReturnValue:
    """One tap: an action of today, with a way back in the answer.

    What was done is in the address, so that each button of the one form has a key of its own. A
    tap that waited in the browser for the network says for how long; its day is that of the tap.
    """
    if activity not in ACTIVITIES:
        raise NotVisible
    actor = current_actor()
    check_sender(actor)
    on = day_of_tap(request.form.get("waited", ""), actor.zone)
    action = service.log_action(actor, Activity(activity), on)
    return see_other("desk.today", logged=action.id, _anchor="log")


@blueprint.post("/job-search/<key:action_id>/undo")
@needs(Permission.TRACKER_LOG)
def undo(action_id: str) -> ResponseReturnValue:
    """Take an own action back."""
    service.undo_action(current_actor(), action_id)
    return see_other("desk.today", undone=1, _anchor="log")


@blueprint.post("/job-search/<key:action_id>/remove")
@needs(Permission.TRACKER_LOG)
def remove(action_id: str) -> ResponseReturnValue:
    """Take an own action back from its own page."""
    service.undo_action(current_actor(), action_id)
    flash(_("Removed. It counts no more."))
    return see_other("tracker.log_action")


@blueprint.post("/job-search/confirm")
@needs(Permission.TRACKER_LOG)
def confirm() -> ResponseReturnValue:
    """Say that what the coach logged is right: one entry, or all that are shown."""
    service.confirm_actions(current_actor(), request.form.getlist("action_id"))
    flash(_("Thank you. It is confirmed."))
    return see_other("tracker.log_action")


@blueprint.get("/job-search/<key:action_id>")
@needs(Permission.TRACKER_LOG)
def edit_action(action_id: str) -> ResponseReturnValue:
    """An own action with its details."""
    return render("tracker/edit_action.html", **_action_page(action_id, None))


@blueprint.post("/job-search/<key:action_id>")
@needs(Permission.TRACKER_LOG)
def save_action(action_id: str) -> ResponseReturnValue:
    """Keep the details of an own action."""
    return _save(action_id, "tracker/edit_action.html", "tracker.log_action")


@blueprint.post("/job-search/<key:action_id>/employer")
@needs(Permission.TRACKER_LOG)
def name_employer(action_id: str) -> ResponseReturnValue:
    """Say where it was by one tap on a known employer; ask when that was logged before."""
    employer_id = request.form.get("employer_id", "")
    try:
        service.name_employer(current_actor(), action_id, employer_id)
    except LoggedBefore as asked:
        return _ask(action_id, employer_id, asked)
    flash(_("Saved."))
    return see_other("desk.today")


@blueprint.get("/actions")
@needs(Permission.TRACKER_READ)
def list_actions() -> ResponseReturnValue:
    """Actions of the provider's groups, narrowed by a form."""
    actor, form, page = current_actor(), FilterForm(request.args), page_number()
    people = lists.list_person_choices(actor, form.cohort.data or "")
    form.offer(lists.list_cohort_choices(), people)
    actions = lists.list_actions(actor, filters_of(actor, form.kept()), page)
    reads_each((line.person_id for line in actions.lines), Look.ACTIONS)
    return render(
        "tracker/list_actions.html", filters=form, actions=actions, page=page, looks=LOOKS
    )


@blueprint.get("/people/<key:person_id>/log")
@needs(Permission.TRACKER_WRITE)
def log_for(person_id: str) -> ResponseReturnValue:
    """A coach logs for a participant who told her."""
    reads(person_id, Look.ACTIONS)
    return render("tracker/log_for.html", **_proxy_page(person_id, _blank(person_id)))


@blueprint.post("/people/<key:person_id>/log")
@needs(Permission.TRACKER_WRITE)
def save_for(person_id: str) -> ResponseReturnValue:
    """Keep what a coach logs for a participant."""
    form = ActionForm()
    page = _proxy_page(person_id, form)
    if not form.attempt(service.log_for, current_actor(), person_id, **form.details()):
        return render_invalid("tracker/log_for.html", **page)
    flash(_("Logged for %(name)s.", name=page["person"].given_name))
    return see_other("tracker.list_actions", person=person_id)


@blueprint.get("/actions/<key:action_id>")
@needs(Permission.TRACKER_WRITE)
def show_action(action_id: str) -> ResponseReturnValue:
    """An action as its coach reads and corrects it."""
    page = _action_page(action_id, None)
    reads(page["action"].person_id, Look.ACTION)
    return render("tracker/show_action.html", **page)


@blueprint.post("/actions/<key:action_id>")
@needs(Permission.TRACKER_WRITE)
def correct_action(action_id: str) -> ResponseReturnValue:
    """Keep a coach's correction."""
    return _save(action_id, "tracker/show_action.html", "tracker.list_actions")


@blueprint.post("/actions/<key:action_id>/remove")
@needs(Permission.TRACKER_WRITE)
def remove_for(action_id: str) -> ResponseReturnValue:
    """A coach takes an action back that was logged by mistake."""
    service.undo_action(current_actor(), action_id)
    flash(_("Removed. It counts no more."))
    return see_other("tracker.list_actions")


def _blank(person_id: str) -> ActionForm:
    """An empty form; the address may name the kind, and a lead of this person."""
    key = request.args.get("lead", "")
    lead = find_own_lead(person_id, key) if key else None
    about = {"employer_id": lead.employer_id, "lead_id": lead.id} if lead else {}
    role = lead.role_title if lead else None
    return ActionForm(activity=request.args.get("activity"), role_title=role, **about)


def _own_page(form: ActionForm) -> dict[str, Any]:
    person_id, page = current_actor().person_id or "", page_number()
    form.offer(queries.recent_employers(person_id, form.employer_id.data))
    return {
        "form": form,
        "looks": LOOKS,
        "replies": REPLY_NAMES,
        "actions": own.my_actions(person_id, page),
        "to_confirm": own.list_to_confirm(person_id),
        "page": page,
    }


def _proxy_page(person_id: str, form: ActionForm) -> dict[str, Any]:
    person = queries.get_person(current_actor(), person_id)
    form.offer(queries.recent_employers(person_id, form.employer_id.data), own=False)
    return {"form": form, "person": person, "looks": LOOKS}


def _ask(action_id: str, employer_id: str, asked: LoggedBefore) -> ResponseReturnValue:
    """The page of an action with the employer picked, and the question above its buttons."""
    action = queries.get_action(current_actor(), action_id)
    form = ActionForm(formdata=None, obj=action, private=action.private_at is not None)
    form.employer_id.data = employer_id
    form.refuse(asked)
    return render_invalid("tracker/edit_action.html", **_action_page(action_id, form))


def _action_page(action_id: str, form: ActionForm | None) -> dict[str, Any]:
    actor = current_actor()
    action = queries.get_action(actor, action_id)
    form = form or ActionForm(obj=action, private=action.private_at is not None)
    always = form.employer_id.data or action.employer_id
    employers = queries.recent_employers(action.person_id, always)
    form.offer(employers, own=actor.person_id is not None)
    is_locked = is_past_and_locked(actor, action.enrolment_id, action.on)
    shown = {"form": form, "action": action, "employers": employers, "is_locked": is_locked}
    return {**shown, "looks": LOOKS}


def _save(action_id: str, template: str, after: str) -> ResponseReturnValue:
    form = ActionForm()
    page = _action_page(action_id, form)
    values = (current_actor(), action_id, form.seen())
    if not form.attempt(service.edit_action, *values, **form.details()):
        return render_invalid(template, **page)
    flash(_("Saved."))
    return see_other(after)
