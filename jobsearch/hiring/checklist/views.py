"""Pages of one person's checklist, and of what payroll must know of her."""

from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission, may
from jobsearch.core.looks import Look
from jobsearch.hiring import service as hiring
from jobsearch.hiring.checklist import queries, service
from jobsearch.hiring.forms import AccountForm, EmptyForm, IdentityForm, TaxCardForm
from jobsearch.hiring.views import WORDS, blueprint
from jobsearch.payroll.contracts.details import service as details
from jobsearch.payroll.contracts.details.queries import list_tax_cards
from jobsearch.payroll.contracts.editions.queries import list_editions
from jobsearch.people.queries import get_person
from jobsearch.people.rules import mask_account, mask_identity_code
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

_MASKS = {"mask_identity_code": mask_identity_code, "mask_account": mask_account}


@blueprint.get("/hiring/people/<key:enrolment_id>")
@needs(Permission.HIRING_READ)
def show_starter(enrolment_id: str) -> ResponseReturnValue:
    """One person: her checklist, and for the office her contract's versions."""
    return render("hiring/show_starter.html", **_starter(enrolment_id, EmptyForm(formdata=None)))


def _starter(enrolment_id: str, form: Form) -> dict[str, Any]:
    actor = current_actor()
    starter = queries.get_starter(actor, enrolment_id)
    office = may(actor, Permission.CONTRACTS_WRITE)
    editions = list_editions(enrolment_id) if office else []
    reads(starter.person_id, Look.READINESS)
    return {"starter": starter, "editions": editions, "form": form, **WORDS}


@blueprint.post("/hiring/people/<key:enrolment_id>/contract")
@needs(Permission.CONTRACTS_WRITE)
def prepare(enrolment_id: str) -> ResponseReturnValue:
    """Make a draft for somebody who has a seat already."""
    form = EmptyForm()
    if not form.attempt(hiring.prepare, current_actor(), enrolment_id):
        return render_invalid("hiring/show_starter.html", **_starter(enrolment_id, form))
    flash(_("The draft is made. Look at its terms, then offer it."))
    return see_other("hiring.show_contract", contract_id=form.result.id)


@blueprint.post("/hiring/people/<key:enrolment_id>/orientation")
@needs(Permission.HIRING_WRITE)
def mark_orientation(enrolment_id: str) -> ResponseReturnValue:
    """Say that she has been introduced to the work."""
    queries.get_starter(current_actor(), enrolment_id)
    service.mark_orientation(current_actor(), enrolment_id)
    flash(_("Marked: introduced to the work."))
    return see_other("hiring.show_starter", enrolment_id=enrolment_id)


@blueprint.post("/hiring/people/<key:enrolment_id>/orientation/undo")
@needs(Permission.HIRING_WRITE)
def unmark_orientation(enrolment_id: str) -> ResponseReturnValue:
    """Take the mark back."""
    queries.get_starter(current_actor(), enrolment_id)
    service.unmark_orientation(enrolment_id)
    flash(_("The mark is taken back."))
    return see_other("hiring.show_starter", enrolment_id=enrolment_id)


@blueprint.get("/hiring/people/<key:enrolment_id>/details")
@needs(Permission.CONTRACTS_WRITE)
def show_details(enrolment_id: str) -> ResponseReturnValue:
    """Identity code, account and tax card of a person: masked, and the forms to enter them."""
    return render("hiring/show_details.html", **_details(enrolment_id))


def _details(enrolment_id: str, given: Form | None = None) -> dict[str, Any]:
    starter = queries.get_starter(current_actor(), enrolment_id)
    reads(starter.person_id, Look.DETAILS_FOR_PAY)
    forms = {
        "identity": given if isinstance(given, IdentityForm) else IdentityForm(formdata=None),
        "account": given if isinstance(given, AccountForm) else AccountForm(formdata=None),
        "card": given if isinstance(given, TaxCardForm) else TaxCardForm(formdata=None),
    }
    return {
        "starter": starter,
        "person": get_person(starter.person_id),
        "cards": list_tax_cards(starter.person_id),
        "form": given,
        **forms,
        **_MASKS,
    }


def _kept(enrolment_id: str, said: str) -> ResponseReturnValue:
    flash(said)
    return see_other("hiring.show_details", enrolment_id=enrolment_id)


@blueprint.post("/hiring/people/<key:enrolment_id>/details/identity-code")
@needs(Permission.CONTRACTS_WRITE)
def enter_identity_code(enrolment_id: str) -> ResponseReturnValue:
    """Keep the identity code that the person gave."""
    form = IdentityForm()
    starter = queries.get_starter(current_actor(), enrolment_id)
    if not form.attempt(details.enter_identity_code, starter.person_id, form.identity_code.data):
        return render_invalid("hiring/show_details.html", **_details(enrolment_id, form))
    return _kept(enrolment_id, _("The identity code is saved."))


@blueprint.post("/hiring/people/<key:enrolment_id>/details/account")
@needs(Permission.CONTRACTS_WRITE, fresh=True)
def enter_account(enrolment_id: str) -> ResponseReturnValue:
    """Keep the bank account that the person gave; she gets a message about it."""
    form = AccountForm()
    starter = queries.get_starter(current_actor(), enrolment_id)
    if not form.attempt(details.enter_account, starter.person_id, form.bank_account.data):
        return render_invalid("hiring/show_details.html", **_details(enrolment_id, form))
    return _kept(enrolment_id, _("The bank account is saved. The person gets a message about it."))


@blueprint.post("/hiring/people/<key:enrolment_id>/details/tax-card")
@needs(Permission.CONTRACTS_WRITE)
def enter_tax_card(enrolment_id: str) -> ResponseReturnValue:
    """Keep a tax card that the person brought."""
    form = TaxCardForm()
    starter = queries.get_starter(current_actor(), enrolment_id)
    if not form.attempt(lambda: details.enter_tax_card(starter.person_id, form.card())):
        return render_invalid("hiring/show_details.html", **_details(enrolment_id, form))
    return _kept(enrolment_id, _("The tax card is saved."))
