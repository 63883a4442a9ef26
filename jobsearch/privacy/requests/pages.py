"""What the pages of requests show, gathered for their views."""

from typing import Any

from jobsearch.core.access import Actor
from jobsearch.people.restrictions.queries import find_restriction
from jobsearch.people.restrictions.rules import REASON_NAMES
from jobsearch.privacy.requests import queries
from jobsearch.privacy.requests.forms import (
    AnswerForm,
    EmptyForm,
    LaterForm,
    RequestForm,
    StartForm,
)
from jobsearch.privacy.requests.rules import AREA_NAMES, KIND_NAMES, OPEN, STATE_NAMES
from jobsearch.web.forms import Form

NAMES = {"kinds": KIND_NAMES, "areas": AREA_NAMES, "states": STATE_NAMES, "open_states": OPEN}


def own_page(actor: Actor, form: Form) -> dict[str, Any]:
    """The actor's own requests, and the form that asks; `form` is what was sent last."""
    person_id = actor.person_id or ""
    is_request = isinstance(form, RequestForm)
    return {
        "form": form,
        "asking": form if is_request else RequestForm(formdata=None),
        "mine": queries.list_own(person_id),
        "restriction": find_restriction(person_id),
        **NAMES,
    }


def request_page(actor: Actor, data_request_id: str, sent: Form | None) -> dict[str, Any]:
    """One request with the forms that answer it; `sent` is the one that could not be done.

    Raises NotVisible.
    """
    found = queries.get_request(data_request_id)
    seen = {"version": found.version}
    return {
        "asked": found,
        "form": sent or EmptyForm(formdata=None),
        "answering": sent if isinstance(sent, AnswerForm) else AnswerForm(formdata=None, data=seen),
        "later": sent if isinstance(sent, LaterForm) else LaterForm(formdata=None, data=seen),
        "starting": StartForm(formdata=None, data=seen),
        "restriction": find_restriction(found.person_id),
        "late": queries.is_late(actor, found),
        "reasons": REASON_NAMES,
        **NAMES,
    }
