"""Pages of requests: the person's own, and those that the manager answers."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.people.queries import get_person
from jobsearch.privacy.requests import queries, service
from jobsearch.privacy.requests.forms import (
    AnswerForm,
    EmptyForm,
    LaterForm,
    NotedRequestForm,
    RequestForm,
    StartForm,
)
from jobsearch.privacy.requests.pages import NAMES, own_page, request_page
from jobsearch.web.filters import current_language
from jobsearch.web.formats import date_text
from jobsearch.web.forms import Form
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

blueprint = Blueprint("data_requests", __name__)
P = Permission


@blueprint.get("/me/data/requests")
@needs(P.PEOPLE_OWN)
def show_own() -> ResponseReturnValue:
    """What the participant has asked about her data, and the form that asks."""
    return render("data_requests/show_own.html", **_own(RequestForm(formdata=None)))


@blueprint.post("/me/data/requests")
@needs(P.PEOPLE_OWN)
def send_own() -> ResponseReturnValue:
    """Send a request."""
    form = RequestForm()
    if not form.attempt(lambda: service.ask(current_actor(), form.asked())):
        return render_invalid("data_requests/show_own.html", **_own(form))
    day = date_text(form.result.due_on, current_language())
    flash(_("Sent. You get an answer by %(day)s.", day=day))
    return see_other(".show_own")


@blueprint.post("/me/data/requests/<key:own_data_request_id>/take-back")
@needs(P.PEOPLE_OWN)
def take_back(own_data_request_id: str) -> ResponseReturnValue:
    """Take one's own request back."""
    form = EmptyForm()
    if not form.attempt(service.take_back, current_actor(), own_data_request_id):
        return render_invalid("data_requests/show_own.html", **_own(form))
    flash(_("The request is taken back."))
    return see_other(".show_own")


@blueprint.get("/privacy/requests")
@needs(P.PRIVACY_REQUESTS)
def list_requests() -> ResponseReturnValue:
    """The provider's requests, open ones first."""
    page = page_number()
    found = queries.list_requests(current_actor(), page)
    reads_each((one.person_id for one in found.lines), Look.DATA_REQUESTS)
    return render("data_requests/list_requests.html", found=found, page=page, **NAMES)


@blueprint.get("/privacy/requests/new/<key:person_id>")
@needs(P.PRIVACY_REQUESTS)
def new_request(person_id: str) -> ResponseReturnValue:
    """The form of what somebody asked on paper or by word."""
    return _new(person_id, NotedRequestForm(formdata=None), render)


@blueprint.post("/privacy/requests/new/<key:person_id>")
@needs(P.PRIVACY_REQUESTS)
def note_request(person_id: str) -> ResponseReturnValue:
    """Write down what somebody asked."""
    form = NotedRequestForm()
    if not form.attempt(lambda: service.note_for(current_actor(), person_id, form.asked())):
        return _new(person_id, form, render_invalid)
    flash(_("Written down."))
    return see_other(".show_request", data_request_id=form.result.id)


@blueprint.get("/privacy/requests/<key:data_request_id>")
@needs(P.PRIVACY_REQUESTS)
def show_request(data_request_id: str) -> ResponseReturnValue:
    """One request with its answer, or the form that answers."""
    return show(data_request_id)


@blueprint.post("/privacy/requests/<key:data_request_id>/start")
@needs(P.PRIVACY_REQUESTS)
def take_to_work(data_request_id: str) -> ResponseReturnValue:
    """Begin to look at it."""
    form = StartForm()
    if not form.attempt(service.take_to_work, data_request_id, form.seen()):
        return show(data_request_id, form)
    return see_other(".show_request", data_request_id=data_request_id)


@blueprint.post("/privacy/requests/<key:data_request_id>/later")
@needs(P.PRIVACY_REQUESTS)
def answer_later(data_request_id: str) -> ResponseReturnValue:
    """Move the last day, with a reason."""
    form = LaterForm()
    values = (form.seen(), form.day(), form.later_reason.data or "")
    if not form.attempt(service.answer_later, data_request_id, *values):
        return show(data_request_id, form)
    flash(_("The last day is moved, and the person is told why."))
    return see_other(".show_request", data_request_id=data_request_id)


@blueprint.post("/privacy/requests/<key:data_request_id>/answer")
@needs(P.PRIVACY_REQUESTS)
def answer(data_request_id: str) -> ResponseReturnValue:
    """Answer it."""
    form, actor = AnswerForm(), current_actor()
    words = form.answer.data or ""
    if not form.attempt(
        lambda: service.answer(actor, data_request_id, form.seen(), form.wanted(), words)
    ):
        return show(data_request_id, form)
    flash(_("Answered. The person gets a message that there is news."))
    return see_other(".show_request", data_request_id=data_request_id)


@blueprint.post("/privacy/requests/<key:data_request_id>/lift")
@needs(P.PRIVACY_REQUESTS)
def lift(data_request_id: str) -> ResponseReturnValue:
    """End the restriction of the request's person."""
    form = EmptyForm()
    if not form.attempt(service.lift_restriction, current_actor(), data_request_id):
        return show(data_request_id, form)
    flash(_("The restriction has ended. The person gets a message."))
    return see_other(".show_request", data_request_id=data_request_id)


def show(data_request_id: str, sent: Form | None = None) -> ResponseReturnValue:
    """One request, with what could not be done now on top."""
    page = request_page(current_actor(), data_request_id, sent)
    reads(page["asked"].person_id, Look.DATA_REQUEST)
    draw = render if sent is None else render_invalid
    return draw("data_requests/show_request.html", **page)


def _own(form: Form) -> dict[str, Any]:
    return own_page(current_actor(), form)


def _new(person_id: str, form: Form, draw: Callable[..., Any]) -> ResponseReturnValue:
    person = get_person(person_id)
    reads(person.id, Look.DETAILS)
    answer: ResponseReturnValue = draw(
        "data_requests/new_request.html", form=form, person=person, **NAMES
    )
    return answer
