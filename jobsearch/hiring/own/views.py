"""A person's own pages: her contract to read, ask about, sign or decline; her details for pay."""

from typing import Any

from flask import session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.hiring import service
from jobsearch.hiring.forms import AccountForm, EmptyForm, IdentityForm, TaxCardForm
from jobsearch.hiring.own import queries
from jobsearch.hiring.own.forms import CodeForm, DeclineForm, QuestionForm, SignOwnForm
from jobsearch.hiring.papers.views import download_file
from jobsearch.hiring.views import WORDS, blueprint
from jobsearch.payroll.contracts.details import service as details
from jobsearch.payroll.contracts.details.queries import get_own_change
from jobsearch.people.rules import mask_account, mask_identity_code
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import flash, render, render_invalid, see_other
from jobsearch.web.unit import keep_refusal

_SECRET = "hiring_proof"  # noqa: S105 (the name of a place in the session)
_MASKS = {"mask_identity_code": mask_identity_code, "mask_account": mask_account}


@blueprint.get("/my-contract")
@needs(Permission.MY_CONTRACT)
def my_contract() -> ResponseReturnValue:
    """Her contract, term by term, with plain words; or why there is none yet."""
    own = queries.show_own(current_actor())
    if own.now is None:
        return render("hiring/no_contract.html")
    return render("hiring/my_contract.html", **_reading(own.now), others=own.others)


@blueprint.get("/my-contract/<key:contract_id>")
@needs(Permission.MY_CONTRACT)
def my_version(contract_id: str) -> ResponseReturnValue:
    """One version of her contract."""
    own = queries.show_one(current_actor(), contract_id)
    return render("hiring/my_contract.html", **_reading(own), others=())


def _reading(own: queries.OwnContract, given: Form | None = None) -> dict[str, Any]:
    question = given if isinstance(given, QuestionForm) else QuestionForm(formdata=None)
    _offer(question, own)
    decline = given if isinstance(given, DeclineForm) else DeclineForm(formdata=None)
    values = {"own": own, "contract": own.contract, "form": given or question}
    return {**values, "question": question, "decline": decline, **WORDS}


def _offer(form: QuestionForm, own: queries.OwnContract) -> None:
    titles = ((one.key.value, one.title) for one in own.document.clauses)
    form.offer(_("The contract as a whole"), titles)


@blueprint.post("/my-contract/<key:contract_id>/question")
@needs(Permission.MY_CONTRACT)
def ask_question(contract_id: str) -> ResponseReturnValue:
    """Ask something about it."""
    own, form = queries.show_one(current_actor(), contract_id), QuestionForm()
    _offer(form, own)
    words = form.question.data or ""
    if not form.attempt(lambda: service.ask(current_actor(), contract_id, form.key(), words)):
        return render_invalid("hiring/my_contract.html", **_reading(own, form), others=())
    flash(_("Your question is sent. The answer comes here, and you get a message about it."))
    return see_other("hiring.my_version", contract_id=contract_id, _anchor="questions")


@blueprint.post("/my-contract/<key:contract_id>/decline")
@needs(Permission.MY_CONTRACT)
def decline_contract(contract_id: str) -> ResponseReturnValue:
    """Say that she does not sign it."""
    own, form = queries.show_one(current_actor(), contract_id), DeclineForm()
    if not form.attempt(service.decline, current_actor(), contract_id, form.words.data or ""):
        return render_invalid("hiring/my_contract.html", **_reading(own, form), others=())
    flash(_("You have not signed. Staff know it now and will talk with you."))
    return see_other("hiring.my_version", contract_id=contract_id)


@blueprint.post("/my-contract/<key:contract_id>/code")
@needs(Permission.MY_CONTRACT)
def ask_sign_code(contract_id: str) -> ResponseReturnValue:
    """Send a code for signing this version."""
    form = EmptyForm()
    if not form.attempt(service.ask_for_code, current_actor(), contract_id):
        own = queries.show_one(current_actor(), contract_id)
        return render_invalid("hiring/my_contract.html", **_reading(own, form), others=())
    session[_SECRET] = form.result
    return see_other("hiring.sign_own", contract_id=contract_id)


@blueprint.get("/my-contract/<key:contract_id>/sign")
@needs(Permission.MY_CONTRACT)
def sign_own(contract_id: str) -> ResponseReturnValue:
    """Ask for the code that was sent; nothing is signed by looking."""
    own = queries.show_one(current_actor(), contract_id)
    return render("hiring/sign_own.html", own=own, contract=own.contract, form=SignOwnForm())


@blueprint.post("/my-contract/<key:contract_id>/sign")
@needs(Permission.MY_CONTRACT)
@heavy
def sign_own_contract(contract_id: str) -> ResponseReturnValue:
    """Sign with the code."""
    form, own = SignOwnForm(), queries.show_one(current_actor(), contract_id)
    values = (form.seen.data or "", session.get(_SECRET, ""), form.code.data or "")
    if not form.attempt(service.sign_for_employee, current_actor(), contract_id, *values):
        keep_refusal()  # a wrong code is counted
        page = {"own": own, "contract": own.contract, "form": form}
        return render_invalid("hiring/sign_own.html", **page)
    flash(_("You have signed your contract."))
    return see_other("hiring.my_version", contract_id=contract_id)


@blueprint.get("/my-contract/<key:contract_id>/pdf")
@needs(Permission.MY_CONTRACT)
@heavy
def download_own_contract(contract_id: str) -> ResponseReturnValue:
    """Exactly the file that is signed."""
    contract = queries.show_one(current_actor(), contract_id).contract
    return download_file(contract.file_id, _("Contract %(number)s", number=contract.number))


@blueprint.get("/my-contract/<key:contract_id>/record/pdf")
@needs(Permission.MY_CONTRACT)
@heavy
def download_own_record(contract_id: str) -> ResponseReturnValue:
    """The signing record of her contract."""
    contract = queries.show_one(current_actor(), contract_id).contract
    name = _("Signing record %(number)s", number=contract.number)
    return download_file(contract.record_file_id, name)


@blueprint.get("/my-details")
@needs(Permission.MY_CONTRACT)
def my_details() -> ResponseReturnValue:
    """What payroll needs of her, and the forms to give it."""
    return render("hiring/my_details.html", **_details())


def _details(given: Form | None = None) -> dict[str, Any]:
    return {
        "own": queries.show_details(current_actor()),
        "identity": given if isinstance(given, IdentityForm) else IdentityForm(formdata=None),
        "account": given if isinstance(given, AccountForm) else AccountForm(formdata=None),
        "card": given if isinstance(given, TaxCardForm) else TaxCardForm(formdata=None),
        "form": given,
        **_MASKS,
    }


@blueprint.post("/my-details/identity-code")
@needs(Permission.MY_CONTRACT)
def give_identity_code() -> ResponseReturnValue:
    """Give her identity code."""
    form = IdentityForm()
    if not form.attempt(details.give_identity_code, current_actor(), form.identity_code.data):
        return render_invalid("hiring/my_details.html", **_details(form))
    flash(_("Your identity code is saved."))
    return see_other("hiring.my_details")


@blueprint.post("/my-details/tax-card")
@needs(Permission.MY_CONTRACT)
def give_tax_card() -> ResponseReturnValue:
    """Enter her tax card."""
    form = TaxCardForm()
    if not form.attempt(lambda: details.give_tax_card(current_actor(), form.card())):
        return render_invalid("hiring/my_details.html", **_details(form))
    flash(_("Your tax card is saved."))
    return see_other("hiring.my_details")


@blueprint.post("/my-details/account")
@needs(Permission.MY_CONTRACT)
def ask_account_change() -> ResponseReturnValue:
    """Name the account for her wages; a code is sent, nothing changes yet."""
    form = AccountForm()
    if not form.attempt(details.ask_account_change, current_actor(), form.bank_account.data):
        return render_invalid("hiring/my_details.html", **_details(form))
    change, session[_SECRET] = form.result
    return see_other("hiring.confirm_account", change_id=change.id)


@blueprint.get("/my-details/account/<key:change_id>")
@needs(Permission.MY_CONTRACT)
def confirm_account(change_id: str) -> ResponseReturnValue:
    """Ask for the code that was sent."""
    change = get_own_change(current_actor(), change_id)
    return render("hiring/confirm_account.html", change=change, form=CodeForm(), **_MASKS)


@blueprint.post("/my-details/account/<key:change_id>")
@needs(Permission.MY_CONTRACT)
def change_account(change_id: str) -> ResponseReturnValue:
    """Change the account with the code."""
    form, change = CodeForm(), get_own_change(current_actor(), change_id)
    values = (change_id, session.get(_SECRET, ""), form.code.data)
    if not form.attempt(details.confirm_account_change, current_actor(), *values):
        keep_refusal()  # a wrong code is counted
        return render_invalid("hiring/confirm_account.html", change=change, form=form, **_MASKS)
    flash(_("Your wages go to this account from now on."))
    return see_other("hiring.my_details")
