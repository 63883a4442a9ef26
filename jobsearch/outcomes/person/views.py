"""The page of one person, as its own address and every refused form on it shows it."""

from flask.typing import ResponseReturnValue

from jobsearch.core.looks import Look
from jobsearch.outcomes.following.forms import CallForm
from jobsearch.outcomes.forms import FollowUpForm, OutcomeForm
from jobsearch.outcomes.person.page import person_page
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor
from jobsearch.web.pages import reads, render, render_invalid


def show(enrolment_id: str, refused: Form | None = None) -> ResponseReturnValue:
    """The page, with the form that was refused, if one was."""
    shown = person_page(current_actor(), enrolment_id)
    reads(shown.person.person_id, Look.OUTCOMES)
    forms = {
        "outcome": _kept(refused, OutcomeForm),
        "follow_up": _kept(refused, FollowUpForm),
        "call": _kept(refused, CallForm),
    }
    forms["outcome"].offer(shown.origins.offered)
    draw = render if refused is None else render_invalid
    form = refused or forms["outcome"]
    return draw("outcomes/show_person.html", shown=shown, person=shown.person, form=form, **forms)


def _kept(refused: Form | None, kind: type[Form]) -> Form:
    """The refused form itself, or an empty one."""
    return refused if isinstance(refused, kind) else kind(formdata=None)
