"""What the forms of leads do, for the person herself and for staff who write for her."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Actor
from jobsearch.core.errors import NotVisible
from jobsearch.tracker.leads import page, service
from jobsearch.tracker.leads.exports import lead_sheet
from jobsearch.tracker.leads.forms import AdvertForm, LeadForm, StepForm, version_seen
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.page import Whose
from jobsearch.tracker.leads.rules import LeadStage
from jobsearch.web.gate import current_actor
from jobsearch.web.pages import download, flash, render, render_invalid, see_other

Deed = Callable[[Actor, str, int | None], Lead]


def add(of: Whose) -> ResponseReturnValue:
    """Keep a new lead."""
    form = LeadForm()
    context = page.new_page(of, form)
    if not form.attempt(lambda: _added(of, form)):
        return render_invalid("tracker_leads/new_lead.html", **context)
    flash(_("The lead is saved."))
    return _to_lead(form.result.id)


def _added(of: Whose, form: LeadForm) -> Lead:
    details, stage = form.details(), form.chosen_stage()
    return service.add_lead(current_actor(), details, stage, person_id=of.person_id)


def read(of: Whose) -> ResponseReturnValue:
    """Propose what a pasted advertisement says; nothing is kept yet."""
    form = AdvertForm()
    if not form.validate_on_submit():
        return render_invalid("tracker_leads/paste_advert.html", whose=of, form=form)
    return render("tracker_leads/new_lead.html", **page.proposed_page(of, form.advert.data or ""))


def save(lead_id: str) -> ResponseReturnValue:
    """Keep the details of a lead."""
    form = LeadForm()
    context = page.edit_page(lead_id, form)
    if not form.attempt(lambda: _saved(lead_id, form)):
        return render_invalid("tracker_leads/edit_lead.html", **context)
    flash(_("Saved."))
    return _to_lead(lead_id)


def _saved(lead_id: str, form: LeadForm) -> Lead:
    seen = version_seen(form.version.data)
    return service.edit_lead(current_actor(), lead_id, seen, form.details())


def plan(lead_id: str) -> ResponseReturnValue:
    """Keep the next step of a lead."""
    form = StepForm()
    context = page.lead_page(lead_id, form)
    what: Any = form.next_step.data or "", form.next_step_on.data
    values = current_actor(), lead_id, version_seen(form.version.data), *what
    if not form.attempt(service.plan_step, *values):
        return render_invalid("tracker_leads/show_lead.html", **context)
    flash(_("Saved."))
    return _to_lead(lead_id)


def move(lead_id: str) -> ResponseReturnValue:
    """Move a lead by one tap; the answer has the way back."""
    to = request.form.get("to", "")
    if to not in tuple(LeadStage):
        raise NotVisible
    moved = service.move_lead(current_actor(), lead_id, _seen(), LeadStage(to))
    return _to_lead(lead_id, moved=moved.id)


def undo(lead_id: str, move_id: str) -> ResponseReturnValue:
    """Take a move back."""
    service.undo_move(current_actor(), lead_id, move_id)
    flash(_("Taken back."))
    return _to_lead(lead_id)


def finish(lead_id: str) -> ResponseReturnValue:
    """The next step is done; what comes next is asked at once."""
    service.finish_step(current_actor(), lead_id, _seen())
    flash(_("Well done. What comes next?"))
    return _to_lead(lead_id, _anchor="next")


def one_tap(lead_id: str, deed: Deed, said: str) -> ResponseReturnValue:
    """Do what one tap does, and go back to where it was tapped."""
    lead = deed(current_actor(), lead_id, _seen())
    flash(said)
    is_own = current_actor().person_id is not None
    if request.form.get("back") == "leads" and is_own:
        return see_other("tracker_leads.my_leads")
    if request.form.get("back") == "leads":
        return see_other("tracker_leads.list_leads", person_id=lead.person_id)
    if request.form.get("back") == "today" and is_own:
        return see_other("desk.today")
    return _to_lead(lead_id)


def sheet(of: Whose, ending: str) -> ResponseReturnValue:
    """The leads as a file."""
    name = of.person.full_name if of.person else current_actor().name
    return download(*lead_sheet(of.person_id, name, ending))


def _seen() -> int | None:
    return version_seen(request.form.get("version"))


def _to_lead(lead_id: str, **values: Any) -> ResponseReturnValue:
    is_own = current_actor().person_id is not None
    endpoint = "tracker_leads.my_lead" if is_own else "tracker_leads.show_lead"
    return see_other(endpoint, lead_id=lead_id, **values)
