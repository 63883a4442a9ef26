"""Pages of leads: a participant's own, and a person's for staff who read or write for her.

The participant's addresses stand under /job-search, staff's under /people and /leads.
"""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.tracker.leads import deeds, page, service
from jobsearch.tracker.leads.forms import AdvertForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import reads, render

blueprint = Blueprint("tracker_leads", __name__)
_OWN = "/job-search/leads"
_ONE = f"{_OWN}/<key:lead_id>"
_PERSON = "/people/<key:person_id>/leads"
_STAFF = "/leads/<key:lead_id>"


def _mine() -> page.Whose:
    return page.whose(current_actor())


def _of(person_id: str, look: Look = Look.LEADS) -> page.Whose:
    whose = page.whose(current_actor(), person_id)
    reads(person_id, look)
    return whose


def _seen(shown: dict[str, Any]) -> dict[str, Any]:
    """The page of one lead, for staff: the look is noted."""
    reads(shown["lead"].person_id, Look.LEAD)
    return shown


@blueprint.get(_OWN)
@needs(Permission.TRACKER_LOG)
def my_leads() -> ResponseReturnValue:
    """A participant's own leads, what is due and what is quiet."""
    return render("tracker_leads/list_leads.html", **page.list_page(_mine()))


@blueprint.get(f"{_OWN}.csv", defaults={"ending": "csv"})
@blueprint.get(f"{_OWN}.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_LOG)
@heavy
def my_sheet(ending: str) -> ResponseReturnValue:
    """Her own leads as a file."""
    return deeds.sheet(_mine(), ending)


@blueprint.get(f"{_OWN}/new")
@needs(Permission.TRACKER_LOG)
def new_lead() -> ResponseReturnValue:
    """The form of a new lead."""
    form = page.given_form()
    return render("tracker_leads/new_lead.html", **page.new_page(_mine(), form))


@blueprint.post(f"{_OWN}/new")
@needs(Permission.TRACKER_LOG)
def add_lead() -> ResponseReturnValue:
    """Keep it."""
    return deeds.add(_mine())


@blueprint.get(f"{_OWN}/paste")
@needs(Permission.TRACKER_LOG)
def paste_advert() -> ResponseReturnValue:
    """Where the text of an advertisement is pasted."""
    form = AdvertForm(formdata=None)
    return render("tracker_leads/paste_advert.html", whose=_mine(), form=form)


@blueprint.post(f"{_OWN}/paste")
@needs(Permission.TRACKER_LOG)
def read_advert() -> ResponseReturnValue:
    """The form of a new lead with what the advertisement seems to say."""
    return deeds.read(_mine())


@blueprint.get(_ONE)
@needs(Permission.TRACKER_LOG)
def my_lead(lead_id: str) -> ResponseReturnValue:
    """One of her own leads."""
    return render("tracker_leads/show_lead.html", **page.lead_page(lead_id))


@blueprint.get(f"{_ONE}/edit")
@needs(Permission.TRACKER_LOG)
def edit_lead(lead_id: str) -> ResponseReturnValue:
    """The form of its details."""
    return render("tracker_leads/edit_lead.html", **page.edit_page(lead_id))


@blueprint.post(f"{_ONE}/edit")
@needs(Permission.TRACKER_LOG)
def save_lead(lead_id: str) -> ResponseReturnValue:
    """Keep its details."""
    return deeds.save(lead_id)


@blueprint.post(f"{_ONE}/move")
@needs(Permission.TRACKER_LOG)
def move_lead(lead_id: str) -> ResponseReturnValue:
    """Say how far it is."""
    return deeds.move(lead_id)


@blueprint.post(f"{_ONE}/moves/<key:lead_move_id>/undo")
@needs(Permission.TRACKER_LOG)
def undo_move(lead_id: str, lead_move_id: str) -> ResponseReturnValue:
    """Take the latest move back."""
    return deeds.undo(lead_id, lead_move_id)


@blueprint.post(f"{_ONE}/next")
@needs(Permission.TRACKER_LOG)
def plan_step(lead_id: str) -> ResponseReturnValue:
    """Say what comes next."""
    return deeds.plan(lead_id)


@blueprint.post(f"{_ONE}/next/done")
@needs(Permission.TRACKER_LOG)
def finish_step(lead_id: str) -> ResponseReturnValue:
    """The next step is done."""
    return deeds.finish(lead_id)


@blueprint.post(f"{_ONE}/next/tomorrow")
@needs(Permission.TRACKER_LOG)
def put_off_step(lead_id: str) -> ResponseReturnValue:
    """The next step waits until the next working day."""
    said = _("Moved to the next working day.")
    return deeds.one_tap(lead_id, service.put_off_step, said)


@blueprint.post(f"{_ONE}/asked")
@needs(Permission.TRACKER_LOG)
def say_asked(lead_id: str) -> ResponseReturnValue:
    """She has asked the employer."""
    return deeds.one_tap(lead_id, service.say_asked, _("Good that you asked."))


@blueprint.post(f"{_ONE}/wait")
@needs(Permission.TRACKER_LOG)
def wait_longer(lead_id: str) -> ResponseReturnValue:
    """It is too early to ask."""
    return deeds.one_tap(lead_id, service.wait_longer, _("All right. You are asked again later."))


@blueprint.get(_PERSON)
@needs(Permission.TRACKER_READ)
def list_leads(person_id: str) -> ResponseReturnValue:
    """A person's leads, for staff."""
    return render("tracker_leads/list_leads.html", **page.list_page(_of(person_id)))


@blueprint.get(f"{_PERSON}.csv", defaults={"ending": "csv"})
@blueprint.get(f"{_PERSON}.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_READ)
@heavy
def sheet_of(person_id: str, ending: str) -> ResponseReturnValue:
    """A person's leads as a file."""
    return deeds.sheet(_of(person_id, Look.LEADS_FILE), ending)


@blueprint.get(f"{_PERSON}/new")
@needs(Permission.TRACKER_WRITE)
def new_for(person_id: str) -> ResponseReturnValue:
    """The form of a new lead of a person who told her coach."""
    form = page.given_form()
    return render("tracker_leads/new_lead.html", **page.new_page(_of(person_id), form))


@blueprint.post(f"{_PERSON}/new")
@needs(Permission.TRACKER_WRITE)
def add_for(person_id: str) -> ResponseReturnValue:
    """Keep it."""
    return deeds.add(_of(person_id))


@blueprint.get(f"{_PERSON}/paste")
@needs(Permission.TRACKER_WRITE)
def paste_for(person_id: str) -> ResponseReturnValue:
    """Where her coach pastes the text of an advertisement."""
    form = AdvertForm(formdata=None)
    return render("tracker_leads/paste_advert.html", whose=_of(person_id), form=form)


@blueprint.post(f"{_PERSON}/paste")
@needs(Permission.TRACKER_WRITE)
def read_for(person_id: str) -> ResponseReturnValue:
    """The form of a new lead with what the advertisement seems to say."""
    return deeds.read(_of(person_id))


@blueprint.get(_STAFF)
@needs(Permission.TRACKER_READ)
def show_lead(lead_id: str) -> ResponseReturnValue:
    """One lead of a person, for staff."""
    return render("tracker_leads/show_lead.html", **_seen(page.lead_page(lead_id)))


@blueprint.get(f"{_STAFF}/edit")
@needs(Permission.TRACKER_WRITE)
def edit_for(lead_id: str) -> ResponseReturnValue:
    """The form of its details."""
    return render("tracker_leads/edit_lead.html", **_seen(page.edit_page(lead_id)))


@blueprint.post(f"{_STAFF}/edit")
@needs(Permission.TRACKER_WRITE)
def save_for(lead_id: str) -> ResponseReturnValue:
    """Keep its details."""
    return deeds.save(lead_id)


@blueprint.post(f"{_STAFF}/move")
@needs(Permission.TRACKER_WRITE)
def move_for(lead_id: str) -> ResponseReturnValue:
    """Say how far it is."""
    return deeds.move(lead_id)


@blueprint.post(f"{_STAFF}/moves/<key:lead_move_id>/undo")
@needs(Permission.TRACKER_WRITE)
def undo_for(lead_id: str, lead_move_id: str) -> ResponseReturnValue:
    """Take the latest move back."""
    return deeds.undo(lead_id, lead_move_id)


@blueprint.post(f"{_STAFF}/next")
@needs(Permission.TRACKER_WRITE)
def plan_for(lead_id: str) -> ResponseReturnValue:
    """Say what comes next."""
    return deeds.plan(lead_id)


@blueprint.post(f"{_STAFF}/next/done")
@needs(Permission.TRACKER_WRITE)
def finish_for(lead_id: str) -> ResponseReturnValue:
    """The next step is done."""
    return deeds.finish(lead_id)


@blueprint.post(f"{_STAFF}/next/tomorrow")
@needs(Permission.TRACKER_WRITE)
def put_off_for(lead_id: str) -> ResponseReturnValue:
    """The next step waits until the next working day."""
    said = _("Moved to the next working day.")
    return deeds.one_tap(lead_id, service.put_off_step, said)


@blueprint.post(f"{_STAFF}/asked")
@needs(Permission.TRACKER_WRITE)
def asked_for(lead_id: str) -> ResponseReturnValue:
    """The employer was asked."""
    return deeds.one_tap(lead_id, service.say_asked, _("Saved."))


@blueprint.post(f"{_STAFF}/wait")
@needs(Permission.TRACKER_WRITE)
def wait_for(lead_id: str) -> ResponseReturnValue:
    """It is too early to ask."""
    return deeds.one_tap(lead_id, service.wait_longer, _("Saved."))
