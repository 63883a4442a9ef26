"""What the page of a candidate shows, gathered for its views."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from jobsearch.core.looks import Look
from jobsearch.programmes.queries import list_programme_names
from jobsearch.recruitment.candidates import queries
from jobsearch.recruitment.candidates.forms import AddForm, LeaveForm, MoveForm
from jobsearch.recruitment.contacts.forms import ContactForm
from jobsearch.recruitment.following.forms import SpokenForm
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.rules import Introduction, split_name
from jobsearch.recruitment.rules import NEXT, ORDER, exits_from
from jobsearch.web.forms import Form
from jobsearch.web.pages import reads


def page_of(candidate_id: str, form: Form | None = None) -> dict[str, Any]:
    """What a candidate's page shows, with the form that was just sent among its forms."""
    shown = queries.show_candidate(candidate_id)
    candidate = shown.candidate
    reads(candidate.person_id, Look.CANDIDATE)
    forms = _forms(candidate, form)
    return {
        "shown": shown,
        "candidate": candidate,
        "ahead": [stage for stage in ORDER if stage in NEXT[candidate.stage]],
        "form": form or MoveForm(formdata=None),
        "moved": request.args.get("moved"),
        "logged": request.args.get("logged"),
        **forms,
    }


def _forms(candidate: Candidate, sent: Form | None) -> dict[str, Form]:
    """The forms of the page, the one that was just sent among them with what was typed."""
    forms: dict[str, Any] = {
        name: sent if isinstance(sent, kind) else kind(formdata=None)
        for name, kind in (("leave", LeaveForm), ("contact", ContactForm), ("spoken", SpokenForm))
    }
    fitting = set(exits_from(candidate.stage))
    reason = forms["leave"].reason
    reason.choices = [one for one in reason.choices if one.value in fitting]
    return forms


def late() -> str:
    """What whoever comes second reads, beside how it is now."""
    return str(_("Somebody was faster: this has changed since you opened it. Now it is like this."))


def offered(form: AddForm) -> AddForm:
    form.programme_id.choices = list_programme_names()
    return form


def told(form: AddForm) -> Introduction:
    given, family = split_name(form.name.data or "")
    return Introduction(
        programme_id=form.programme_id.data or "",
        given_name=given,
        family_name=family,
        phone=form.phone.data or "",
        email=form.email.data or None,
        municipality=form.municipality.data or None,
        language=form.language.data or "fi",
        text=form.introduction.data or "",
        call_when=form.call_when.data or "",
    )
