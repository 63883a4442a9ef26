"""Pages of contracts for clerk and manager."""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.files import get as get_file
from jobsearch.core.looks import Look
from jobsearch.hiring import service
from jobsearch.hiring.forms import VersionForm
from jobsearch.hiring.papers import queries
from jobsearch.hiring.papers.forms import AnswerForm, EndForm, SettingsForm, SignForm, TermsForm
from jobsearch.hiring.views import WORDS, blueprint
from jobsearch.organisations.queries import get_organisation
from jobsearch.payroll.contracts.editions import service as editions
from jobsearch.payroll.contracts.editions.queries import get_contract, get_question
from jobsearch.payroll.contracts.law.rules import GROUND_NAMES
from jobsearch.payroll.contracts.settings.queries import list_settings
from jobsearch.payroll.contracts.settings.service import save_settings
from jobsearch.web.filters import current_language
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, reads, render, render_invalid, see_other


@blueprint.get("/contracts/<key:contract_id>")
@needs(Permission.CONTRACTS_WRITE)
def show_contract(contract_id: str) -> ResponseReturnValue:
    """A version: what it says, who has signed, what was asked, and the next step."""
    return _page(contract_id, VersionForm(formdata=None), render)


def _page(contract_id: str, form: Form, answer: Callable[..., Any]) -> ResponseReturnValue:
    shown = queries.show_contract(contract_id, current_language())
    reads(shown.contract.person_id, Look.CONTRACT)
    reply = form if isinstance(form, AnswerForm) else AnswerForm(formdata=None)
    values = {"shown": shown, "contract": shown.contract, "form": form, "reply": reply}
    result: ResponseReturnValue = answer("hiring/show_contract.html", **values, **WORDS)
    return result


@blueprint.get("/contracts/<key:contract_id>/edit")
@needs(Permission.CONTRACTS_WRITE)
def edit_contract(contract_id: str) -> ResponseReturnValue:
    """The terms of a draft."""
    return _terms_page(contract_id, None)


def _terms_page(contract_id: str, given: TermsForm | None) -> ResponseReturnValue:
    contract = get_contract(contract_id)
    reads(contract.person_id, Look.CONTRACT)
    form = given or TermsForm(formdata=None, obj=contract)
    form.offer((key.value, _(GROUND_NAMES[key])) for key in queries.grounds_of(contract))
    longest = queries.longest_trial_of(contract)
    draw = render_invalid if given else render
    return draw("hiring/edit_contract.html", contract=contract, form=form, longest=longest)


@blueprint.post("/contracts/<key:contract_id>/edit")
@needs(Permission.CONTRACTS_WRITE)
def save_contract(contract_id: str) -> ResponseReturnValue:
    """Keep the terms of a draft."""
    form = TermsForm()
    form.offer((key.value, "") for key in queries.grounds_of(get_contract(contract_id)))

    def keep() -> Any:
        reason = form.reason.data or ""
        return editions.edit_contract(contract_id, form.version_seen(), form.terms(), reason)

    if not form.attempt(keep):
        return _terms_page(contract_id, form)
    flash(_("The terms are saved."))
    return see_other("hiring.show_contract", contract_id=contract_id)


@blueprint.post("/contracts/<key:contract_id>/offer")
@needs(Permission.CONTRACTS_WRITE)
@heavy
def offer_contract(contract_id: str) -> ResponseReturnValue:
    """Issue a draft; the person gets a message."""
    form = VersionForm()
    if not form.attempt(service.offer, current_actor(), contract_id, form.version_seen()):
        return _page(contract_id, form, render_invalid)
    flash(_("The contract is offered. The person gets a message with a link to it."))
    return see_other("hiring.show_contract", contract_id=contract_id)


@blueprint.post("/contracts/<key:contract_id>/change")
@needs(Permission.CONTRACTS_WRITE)
def change_contract(contract_id: str) -> ResponseReturnValue:
    """Make a new version to edit."""
    form = VersionForm()
    if not form.attempt(
        editions.change_contract, current_actor(), contract_id, form.version_seen()
    ):
        return _page(contract_id, form, render_invalid)
    flash(_("A new version is made. Both sign it again; until then the old one holds."))
    return see_other("hiring.edit_contract", contract_id=form.result.id)


@blueprint.post("/contracts/<key:contract_id>/sign")
@needs(Permission.CONTRACTS_SIGN, fresh=True)
@heavy
def sign_contract(contract_id: str) -> ResponseReturnValue:
    """Sign for the employer, by a sign-in proven just now."""
    form = SignForm()
    values = (current_actor(), contract_id, form.version_seen(), form.seen.data or "")
    if not form.attempt(service.sign_for_employer, *values):
        return _page(contract_id, form, render_invalid)
    flash(_("You have signed for the employer."))
    return see_other("hiring.show_contract", contract_id=contract_id)


@blueprint.get("/contracts/<key:contract_id>/end")
@needs(Permission.CONTRACTS_WRITE)
def ask_end(contract_id: str) -> ResponseReturnValue:
    """Ask how and when a contract ends."""
    return _end_page(contract_id, None)


def _end_page(contract_id: str, given: EndForm | None) -> ResponseReturnValue:
    shown = queries.show_contract(contract_id, current_language())
    reads(shown.contract.person_id, Look.CONTRACT)
    form = given or EndForm(formdata=None, obj=shown.contract)
    form.offer(shown.endings)
    draw = render_invalid if given else render
    return draw("hiring/end_contract.html", contract=shown.contract, shown=shown, form=form)


@blueprint.post("/contracts/<key:contract_id>/end")
@needs(Permission.CONTRACTS_WRITE)
def end_contract(contract_id: str) -> ResponseReturnValue:
    """End a contract on a ground of the list."""
    form = EndForm()
    form.offer(queries.show_contract(contract_id, current_language()).endings)

    def end() -> Any:
        actor = current_actor()
        return service.end(actor, contract_id, form.version_seen(), form.key(), form.last_day())

    if not form.attempt(end):
        return _end_page(contract_id, form)
    flash(_("The contract has ended."))
    return see_other("hiring.show_contract", contract_id=contract_id)


@blueprint.post("/contracts/<key:contract_id>/questions/<key:question_id>")
@needs(Permission.CONTRACTS_WRITE)
def answer_question(contract_id: str, question_id: str) -> ResponseReturnValue:
    """Answer what the person asked."""
    form = AnswerForm()
    queries.check_question(get_question(question_id), contract_id)
    if not form.attempt(service.answer, current_actor(), question_id, form.answer.data or ""):
        return _page(contract_id, form, render_invalid)
    flash(_("The answer is sent."))
    return see_other("hiring.show_contract", contract_id=contract_id)


@blueprint.get("/contracts/<key:contract_id>/pdf")
@needs(Permission.CONTRACTS_WRITE)
@heavy
def download_contract(contract_id: str) -> ResponseReturnValue:
    """The contract as it was issued."""
    contract = get_contract(contract_id)
    reads(contract.person_id, Look.CONTRACT_FILE)
    return download_file(contract.file_id, _("Contract %(number)s", number=contract.number))


@blueprint.get("/contracts/<key:contract_id>/record/pdf")
@needs(Permission.CONTRACTS_WRITE)
@heavy
def download_record(contract_id: str) -> ResponseReturnValue:
    """The signing record as it was issued."""
    contract = get_contract(contract_id)
    reads(contract.person_id, Look.CONTRACT_RECORD)
    name = _("Signing record %(number)s", number=contract.number)
    return download_file(contract.record_file_id, name)


def download_file(file_id: str | None, name: str) -> ResponseReturnValue:
    """Stored bytes to keep. Raises NotVisible when nothing was issued."""
    file = get_file(file_id or "")
    return download(file.content, f"{name}.pdf", file.media_type)


@blueprint.get("/contract-settings")
@needs(Permission.CONTRACTS_WRITE)
def show_settings() -> ResponseReturnValue:
    """What all contracts of the employer say, from which day on."""
    kept = list_settings()
    form = SettingsForm(formdata=None, obj=kept[0] if kept else None)
    if not kept:
        form.address.data = get_organisation(current_actor().organisation_id).postal_address
    return render("hiring/show_settings.html", kept=kept, form=form)


@blueprint.post("/contract-settings")
@needs(Permission.CONTRACTS_WRITE)
def keep_settings() -> ResponseReturnValue:
    """Keep settings from a day on."""
    form = SettingsForm()
    if not form.attempt(lambda: save_settings(current_actor(), form.settings())):
        return render_invalid("hiring/show_settings.html", kept=list_settings(), form=form)
    flash(_("The settings are saved. Contracts that were offered before keep what they say."))
    return see_other("hiring.show_settings")
