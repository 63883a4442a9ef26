"""Pages of people: find one, read one, correct one; and how oneself is reached."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.accounts.contacts import service as contacts
from jobsearch.consents.introductions.queries import find_permitted_until
from jobsearch.core.access import Permission, may
from jobsearch.core.looks import Look
from jobsearch.desk.people import queries
from jobsearch.desk.people.forms import OwnContactForm, PersonForm, SearchForm
from jobsearch.people.rules import mask_account, mask_identity_code
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.hidden import hidden, revealed
from jobsearch.web.pages import flash, page_number, reads, render, render_invalid, see_other

blueprint = Blueprint("people", __name__)

_MASKS = {"mask_identity_code": mask_identity_code, "mask_account": mask_account}


@blueprint.get("/people")
@needs(Permission.PEOPLE_READ)
def list_people() -> ResponseReturnValue:
    """The provider's people, found by name, phone or e-mail."""
    actor, find = current_actor(), request.args.get("find", "")
    search = SearchForm(formdata=None, data={"q": revealed(find, actor)})
    page = page_number()
    people = queries.list_people(actor, search.q.data or "", page)
    return render("people/list_people.html", search=search, people=people, page=page, find=find)


@blueprint.post("/people")
@needs(Permission.PEOPLE_READ, while_looking=True)
def find_people() -> ResponseReturnValue:
    """Look for people by words that stand in no address as they were typed."""
    search, actor = SearchForm(), current_actor()
    if not search.validate_on_submit():
        shown = {"search": search, "form": search, "people": queries.People((), 0)}
        return render_invalid("people/list_people.html", **shown, page=1, find="")
    return see_other("people.list_people", find=hidden(search.q.data or "", actor) or None)


@blueprint.get("/people/<key:person_id>")
@needs(Permission.PEOPLE_READ)
def show_person(person_id: str) -> ResponseReturnValue:
    """One person with the groups she is or was in; codes are masked."""
    actor = current_actor()
    person = queries.get_person(actor, person_id)
    reads(person.id, Look.DETAILS)
    shown = {"person": person, "groups": queries.list_groups(person.id)}
    if may(actor, Permission.INTRODUCTIONS_STATE):
        shown["permitted_until"] = find_permitted_until(actor, person.id)
    return render("people/show_person.html", **shown, **_MASKS)


@blueprint.get("/people/<key:person_id>/identity")
@needs(Permission.PAYROLL_WRITE)
def show_identity(person_id: str) -> ResponseReturnValue:
    """Identity code and bank account in full, for payroll; the look leaves a trace."""
    person = queries.get_person(current_actor(), person_id)
    reads(person.id, Look.IDENTITY)
    return render("people/show_identity.html", person=person)


@blueprint.get("/people/<key:person_id>/edit")
@needs(Permission.PEOPLE_WRITE)
def edit_person(person_id: str) -> ResponseReturnValue:
    """The form of one person."""
    person = queries.get_person(current_actor(), person_id)
    reads(person.id, Look.DETAILS)
    form = PersonForm(obj=person)
    form.identity_code.data = form.bank_account.data = None
    return render("people/edit_person.html", person=person, form=form, **_MASKS)


def _enters_account() -> bool:
    return bool(request.form.get("bank_account", "").strip())


@blueprint.post("/people/<key:person_id>/edit")
@needs(Permission.PEOPLE_WRITE, fresh=_enters_account)
def save_person(person_id: str) -> ResponseReturnValue:
    """Keep what was corrected."""
    form, person = PersonForm(), queries.get_person(current_actor(), person_id)
    codes = {"identity_code": form.identity_code.data, "bank_account": form.bank_account.data}
    values = (current_actor(), person_id, form.seen(), form.details())
    if not form.attempt(contacts.edit_person, *values, **codes):
        return render_invalid("people/edit_person.html", person=person, form=form, **_MASKS)
    flash(_("Saved."))
    return see_other("people.show_person", person_id=person_id)


@blueprint.get("/my-contact")
@needs(Permission.PEOPLE_OWN)
def my_contact() -> ResponseReturnValue:
    """How the participant is reached."""
    person = queries.get_person(current_actor(), current_actor().person_id or "")
    return render("people/my_contact.html", form=OwnContactForm(obj=person), person=person)


@blueprint.post("/my-contact")
@needs(Permission.PEOPLE_OWN, fresh=True)
def save_my_contact() -> ResponseReturnValue:
    """Keep how she is reached from now on."""
    actor, form = current_actor(), OwnContactForm()
    person = queries.get_person(actor, actor.person_id or "")
    if not form.attempt(contacts.edit_own_contact, actor, form.seen(), form.details()):
        return render_invalid("people/my_contact.html", form=form, person=person)
    flash(_("Saved. Messages and codes come here from now on."))
    return see_other("people.my_contact")
