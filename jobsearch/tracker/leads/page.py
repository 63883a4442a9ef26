"""What the pages of leads show: to the person herself, and to staff who write for her."""

from dataclasses import dataclass
from typing import Any

from flask import request

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.people.models import Person
from jobsearch.tracker.leads import queries
from jobsearch.tracker.leads.adverts import read_advert
from jobsearch.tracker.leads.forms import LeadForm, StepForm
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import (
    ENDS,
    NEXT,
    OPEN_STAGES,
    SOURCE_NAMES,
    STAGE_NAMES,
    activity_of,
    next_stage,
)
from jobsearch.tracker.queries import get_person, recent_employers
from jobsearch.tracker.rules import LOOKS
from jobsearch.tracker.settings.queries import settings_of
from jobsearch.web.gate import current_actor
from jobsearch.web.pages import page_number

_WORDS = {"stages": STAGE_NAMES, "sources": SOURCE_NAMES, "looks": LOOKS}


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose leads a page shows. `person` is None on the person's own pages."""

    person_id: str
    person: Person | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is the person's own page."""
        return self.person is None


def whose(actor: Actor, person_id: str | None = None) -> Whose:
    """The actor's own leads, or a person's for staff. Raises NotVisible."""
    if person_id is None:
        return Whose(actor.person_id or "")
    return Whose(person_id, get_person(actor, person_id))


def list_page(of: Whose) -> dict[str, Any]:
    """The list, and above it what is due and what has gone quiet."""
    actor = current_actor()
    ended = request.args.get("show") == "ended"
    page = page_number()
    quiet_days = settings_of(actor.organisation_id).quiet_days
    return _WORDS | {
        "whose": of,
        "today": today(actor.zone),
        "due": queries.list_due(of.person_id, today(actor.zone)),
        "silent": queries.list_silent(of.person_id, quiet_days, actor.zone),
        "leads": queries.list_leads(of.person_id, page, ended=ended),
        "page": page,
    }


def new_page(of: Whose, form: LeadForm) -> dict[str, Any]:
    """The form of a new lead; `?employer=…&role=…` comes from elsewhere, such as a tip."""
    form.offer(recent_employers(of.person_id))
    return {"whose": of, "form": form, "is_proposed": False}


def given_form() -> LeadForm:
    """The form with what another page already knows."""
    given = {
        name: value
        for name, word in (("employer_name", "employer"), ("role_title", "role"))
        if (value := request.args.get(word, "")[:120])
    }
    source = request.args.get("source", "")
    if source in tuple(SOURCE_NAMES):
        given["source"] = source
    return LeadForm(formdata=None, **given)


def proposed_page(of: Whose, advert: str) -> dict[str, Any]:
    """The form with what an advertisement seems to say, to be corrected before it is kept."""
    found = read_advert(advert, today(current_actor().zone))
    page = new_page(of, LeadForm(formdata=None).propose(advert, found))
    return page | {"is_proposed": True}


def lead_page(lead_id: str, step: StepForm | None = None) -> dict[str, Any]:
    """One lead: what comes next, how far it is, its details and its history."""
    lead, of = _lead_of(lead_id)
    return _WORDS | {
        "whose": of,
        "lead": lead,
        "today": today(current_actor().zone),
        "form": step or StepForm(formdata=None, version=lead.version),
        "moves": queries.list_moves(lead_id),
        "moved": request.args.get("moved", ""),
        "deeds": queries.list_deeds(lead_id),
        "ways": [stage for stage in OPEN_STAGES if stage in NEXT[lead.stage]],
        "ends": [stage for stage in ENDS if stage in NEXT[lead.stage]],
        "likely": next_stage(lead.stage),
        "activity": activity_of(lead.source),
    }


def edit_page(lead_id: str, form: LeadForm | None = None) -> dict[str, Any]:
    """The form of a lead's details."""
    lead, of = _lead_of(lead_id)
    form = form or LeadForm(formdata=None, obj=lead)
    form.offer(recent_employers(lead.person_id, lead.employer_id))
    return {"whose": of, "lead": lead, "form": form}


def _lead_of(lead_id: str) -> tuple[Lead, Whose]:
    actor = current_actor()
    lead = queries.get_lead(actor, lead_id)
    return lead, whose(actor, None if actor.person_id else lead.person_id)
