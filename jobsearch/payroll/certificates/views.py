"""Pages of certificates: staff issue for a person, the person herself from her phone."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.payroll.certificates import queries, service
from jobsearch.payroll.certificates.forms import AnswerForm, AskForm, IssueForm
from jobsearch.payroll.certificates.rules import (
    AT_ONCE,
    EXTENT_NAMES,
    KIND_NAMES,
    CertificateKind,
)
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    flash,
    reads,
    reads_each,
    render,
    render_invalid,
    see_other,
)

blueprint = Blueprint("payroll_certificates", __name__)
_WORDS: dict[str, Any] = {"kinds": KIND_NAMES, "extents": EXTENT_NAMES, "at_once": AT_ONCE}


def _kind(kind: str) -> CertificateKind:
    if kind not in set(CertificateKind):
        raise NotVisible
    return CertificateKind(kind)


@blueprint.get("/people/<key:person_id>/certificates")
@needs(Permission.PAYROLL_READ)
def show_person(person_id: str) -> ResponseReturnValue:
    """A person's employments, what can be issued, and what was."""
    return _show(person_id, None, render)


def _show(person_id: str, form: Form | None, answer: Callable[..., Any]) -> ResponseReturnValue:
    reads(person_id, Look.CERTIFICATES)
    shown = queries.show_person(person_id)
    template = "payroll_certificates/show_person.html"
    result: ResponseReturnValue = answer(template, shown=shown, **_forms(form), **_WORDS)
    return result


def _forms(form: Form | None) -> dict[str, Any]:
    """Both forms of a page; the one that was sent keeps what was typed."""
    return {
        "form": form,
        "issue": form if isinstance(form, IssueForm) else IssueForm(formdata=None),
        "asking": form if isinstance(form, AskForm) else AskForm(formdata=None),
    }


@blueprint.post("/employments/<key:employment_id>/certificates/<sheet>")
@needs(Permission.CONTRACTS_WRITE)
@heavy
def issue(employment_id: str, sheet: str) -> ResponseReturnValue:
    """Issue one for a person."""
    form, ground = IssueForm(), queries.get_ground(employment_id)
    values = (form.language.data or None, form.first.data, form.last.data)
    person_id = ground.person.id
    if not form.attempt(service.issue, current_actor(), employment_id, _kind(sheet), *values):
        return _show(person_id, form, render_invalid)
    flash(_("The certificate is issued."))
    return see_other("payroll_certificates.show_person", person_id=person_id)


@blueprint.post("/employments/<key:employment_id>/certificate-requests")
@needs(Permission.CONTRACTS_WRITE)
def note_request(employment_id: str) -> ResponseReturnValue:
    """Note that the person has asked for more than duration and tasks."""
    form, ground = AskForm(), queries.get_ground(employment_id)

    def ask() -> object:
        asked_on: Any = form.asked_on.data
        return service.ask(current_actor(), employment_id, form.wanted(), asked_on)

    if not form.attempt(ask):
        return _show(ground.person.id, form, render_invalid)
    flash(_("The request is noted. A manager answers it."))
    return see_other("payroll_certificates.show_person", person_id=ground.person.id)


@blueprint.get("/certificates/<key:certificate_id>/pdf")
@needs(Permission.PAYROLL_READ)
@heavy
def download_certificate(certificate_id: str) -> ResponseReturnValue:
    """A certificate as it was issued."""
    return _issued(queries.get_issued(certificate_id))


def _issued(issued: queries.Issued) -> ResponseReturnValue:
    reads(issued.person_id, Look.CERTIFICATE_FILE)
    name = f"{_(KIND_NAMES[issued.kind])} {issued.issued_on.isoformat()}"
    return download(issued.content, f"{name}.pdf", "application/pdf")


@blueprint.get("/certificate-requests")
@needs(Permission.PAYROLL_READ)
def list_requests() -> ResponseReturnValue:
    """What people have asked for and wait for."""
    requests = queries.list_open_requests()
    reads_each((one.person_id for one in requests), Look.CERTIFICATES)
    return render("payroll_certificates/list_requests.html", requests=requests, **_WORDS)


@blueprint.get("/certificate-requests/<key:request_id>")
@needs(Permission.CONTRACTS_SIGN)
def show_request(request_id: str) -> ResponseReturnValue:
    """The form of what a person has asked for, for a manager."""
    return _answering(request_id, AnswerForm(formdata=None), render)


def _answering(
    request_id: str, form: AnswerForm, answer: Callable[..., Any]
) -> ResponseReturnValue:
    request = queries.get_open_request(request_id)
    reads(request.person_id, Look.CERTIFICATES)
    template = "payroll_certificates/show_request.html"
    result: ResponseReturnValue = answer(template, wish=request, form=form, **_WORDS)
    return result


@blueprint.post("/certificate-requests/<key:request_id>")
@needs(Permission.CONTRACTS_SIGN)
@heavy
def answer_request(request_id: str) -> ResponseReturnValue:
    """Issue it."""
    form, person_id = AnswerForm(), queries.get_open_request(request_id).person_id
    values = (form.wanted(), form.language.data or None)
    if not form.attempt(service.answer, current_actor(), request_id, *values):
        return _answering(request_id, form, render_invalid)
    flash(_("The certificate is issued."))
    return see_other("payroll_certificates.show_person", person_id=person_id)


@blueprint.get("/my-pay/certificates")
@needs(Permission.MY_PAY)
def my_certificates() -> ResponseReturnValue:
    """One's own certificates, and what can be had at once."""
    return _mine(None, render)


def _mine(form: Form | None, answer: Callable[..., Any]) -> ResponseReturnValue:
    shown = queries.show_person(_own_person())
    template = "payroll_certificates/my_certificates.html"
    result: ResponseReturnValue = answer(template, shown=shown, **_forms(form), **_WORDS)
    return result


def _own_person() -> str:
    person_id = current_actor().person_id
    if person_id is None:
        raise NotVisible
    return person_id


@blueprint.post("/my-pay/certificates/<key:own_employment_id>/<sheet>")
@needs(Permission.MY_PAY)
@heavy
def issue_mine(own_employment_id: str, sheet: str) -> ResponseReturnValue:
    """Have one at once."""
    form = IssueForm()
    values = (form.language.data or None, form.first.data, form.last.data)
    if not form.attempt(service.issue, current_actor(), own_employment_id, _kind(sheet), *values):
        return _mine(form, render_invalid)
    flash(_("Your document is ready below."))
    return see_other("payroll_certificates.my_certificates")


@blueprint.post("/my-pay/certificates/<key:own_employment_id>/ask")
@needs(Permission.MY_PAY)
def ask(own_employment_id: str) -> ResponseReturnValue:
    """Ask for the reason of ending, an assessment, or both."""
    form = AskForm()
    queries.get_ground(own_employment_id, _own_person())

    def wish() -> object:
        return service.ask(current_actor(), own_employment_id, form.wanted())

    if not form.attempt(wish):
        return _mine(form, render_invalid)
    flash(_("Your request is with your employer. The certificate comes to this page."))
    return see_other("payroll_certificates.my_certificates")


@blueprint.post("/my-pay/certificate-requests/<key:request_id>/take-back")
@needs(Permission.MY_PAY)
def take_back(request_id: str) -> ResponseReturnValue:
    """Not want it any more."""
    service.take_back(current_actor(), request_id)
    flash(_("Your request is taken back."))
    return see_other("payroll_certificates.my_certificates")


@blueprint.get("/my-pay/certificates/<key:certificate_id>/pdf")
@needs(Permission.MY_PAY)
@heavy
def download_mine(certificate_id: str) -> ResponseReturnValue:
    """One's own certificate as it was issued."""
    return _issued(queries.get_issued(certificate_id, _own_person()))
