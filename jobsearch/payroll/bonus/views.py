"""Pages of bonuses for the clerk and the manager: the list, one bonus, and each step of it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.coaching.documents.rules import ENDINGS, FileForm
from jobsearch.core import files
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.payroll.bonus import queries, service
from jobsearch.payroll.bonus.exports import bonus_table
from jobsearch.payroll.bonus.forms import (
    ACCEPTED,
    AgainForm,
    EndForm,
    NotedForm,
    ProofForm,
    RegisterForm,
    SeenForm,
)
from jobsearch.payroll.bonus.rules import STATE_NAMES, WAY_NAMES, BonusState
from jobsearch.payroll.bonus.terms.rules import PROOF_NAMES
from jobsearch.payroll.bonus.wording import say_event
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    flash,
    page_number,
    reads,
    render,
    render_invalid,
    see_other,
)
from jobsearch.web.sheets import sheet

blueprint = Blueprint("payroll_bonus", __name__)
WORDS: dict[str, Any] = {
    "say_event": say_event,
    "state_names": STATE_NAMES,
    "way_names": WAY_NAMES,
    "proof_names": PROOF_NAMES,
    "accepted": ACCEPTED,
}

_FORMS: dict[str, type[Form]] = {
    "proof_form": ProofForm,
    "noted_form": NotedForm,
    "end_form": EndForm,
    "again_form": AgainForm,
}


def _state() -> BonusState | None:
    asked = request.args.get("state", "")
    return BonusState(asked) if asked in tuple(BonusState) else None


@blueprint.get("/bonuses")
@needs(Permission.PAYROLL_READ)
def list_bonuses() -> ResponseReturnValue:
    """Bonuses by state, what is due first on top."""
    page = page_number()
    zone = current_actor().zone
    shown = queries.list_awards(_state(), page, zone)
    for line in shown.lines:
        reads(line.award.person_id, Look.BONUSES)
    return render("payroll_bonus/list_bonuses.html", shown=shown, **WORDS)


@blueprint.get("/bonuses.csv", defaults={"ending": "csv"})
@blueprint.get("/bonuses.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.PAYROLL_READ, fresh=True)
@heavy
def bonuses_file(ending: str) -> ResponseReturnValue:
    """The whole list with the same filter."""
    lines = queries.every_award(_state())
    for person_id in sorted({line.award.person_id for line in lines}):
        reads(person_id, Look.BONUSES_FILE)
    return sheet(_("Bonuses"), *bonus_table(lines), ending, current_actor().zone)


def _register_form() -> RegisterForm:
    form = RegisterForm()
    contracts = queries.list_contracts(current_actor().zone)
    form.offer((one.employment_id, f"{one.name}, {one.cohort}") for one in contracts)
    return form


@blueprint.get("/bonuses/new")
@needs(Permission.PAYROLL_BONUS)
def new_bonus() -> ResponseReturnValue:
    """Ask who found what."""
    return render("payroll_bonus/new_bonus.html", form=_register_form())


@blueprint.post("/bonuses/new")
@needs(Permission.PAYROLL_BONUS)
def register_bonus() -> ResponseReturnValue:
    """Promise what the finding earns."""
    form, actor = _register_form(), current_actor()
    key = form.employment_id.data or ""
    if not form.attempt(lambda: service.register_bonus(actor, key, form.found())):
        return render_invalid("payroll_bonus/new_bonus.html", form=form)
    flash(_("Registered. The job seeker is asked for the proof."))
    return see_other("payroll_bonus.show_bonus", award_id=form.result[0].id)


@blueprint.get("/bonuses/<key:award_id>")
@needs(Permission.PAYROLL_READ)
def show_bonus(award_id: str) -> ResponseReturnValue:
    """One bonus: what for, with which proof, how far."""
    return _page(award_id, None, render)


def _page(
    award_id: str, refused: Form | None, answer: Callable[..., Any], **forms: Form
) -> ResponseReturnValue:
    shown = queries.show_award(award_id)
    reads(shown.award.person_id, Look.BONUS)
    empty = {name: form(formdata=None) for name, form in _FORMS.items()}
    values = {"shown": shown, "form": refused, "me": current_actor(), **empty, **forms, **WORDS}
    page: ResponseReturnValue = answer("payroll_bonus/show_bonus.html", **values)
    return page


@blueprint.get("/bonuses/<key:award_id>/file")
@needs(Permission.PAYROLL_READ)
@heavy
def download_proof(award_id: str) -> ResponseReturnValue:
    """The file of the proof, to look at; it is there until somebody has decided."""
    award = queries.get_award(award_id)
    if award.proof_file_id is None:
        raise NotVisible
    reads(award.person_id, Look.BONUS_PROOF)
    return give_file(award.proof_file_id)


def give_file(file_id: str) -> ResponseReturnValue:
    """A stored proof under a name that says nothing."""
    file = files.get(file_id)
    ending = ENDINGS[FileForm(file.media_type)]
    return download(file.content, _("Proof") + ending, file.media_type)


def _do(
    award_id: str, form: SeenForm, use_case: Callable[[], object], said: str, name: str = ""
) -> ResponseReturnValue:
    queries.get_award(award_id)
    if not form.attempt(use_case):
        return _page(award_id, form, render_invalid, **({name: form} if name else {}))
    flash(said)
    return see_other("payroll_bonus.show_bonus", award_id=award_id)


@blueprint.post("/bonuses/<key:award_id>/proof")
@needs(Permission.PAYROLL_BONUS)
def bring_proof(award_id: str) -> ResponseReturnValue:
    """Keep a file as the proof."""
    form, actor = ProofForm(), current_actor()

    def bring() -> object:
        return service.bring_proof(actor, award_id, form.seen(), form.content())

    return _do(
        award_id, form, bring, _("The proof is saved. Another person checks it."), "proof_form"
    )


@blueprint.post("/bonuses/<key:award_id>/noted")
@needs(Permission.PAYROLL_BONUS)
def note_proof(award_id: str) -> ResponseReturnValue:
    """Note that it was shown without a file."""
    form, actor = NotedForm(), current_actor()

    def note() -> object:
        return service.note_proof(actor, award_id, form.seen(), form.wanted())

    return _do(award_id, form, note, _("Noted. Another person approves it."), "noted_form")


@blueprint.post("/bonuses/<key:award_id>/take-back")
@needs(Permission.PAYROLL_BONUS)
def take_back(award_id: str) -> ResponseReturnValue:
    """Take the proof back, while nobody has decided."""
    form, actor = SeenForm(), current_actor()

    def back() -> object:
        return service.take_back_proof(actor, award_id, form.seen())

    return _do(award_id, form, back, _("Taken back. The bonus waits for a proof."))


@blueprint.post("/bonuses/<key:award_id>/approve")
@needs(Permission.PAYROLL_APPROVE, fresh=True)
def approve(award_id: str) -> ResponseReturnValue:
    """Say that the proof holds, by a sign-in proven just now."""
    form, actor = SeenForm(), current_actor()

    def say_yes() -> object:
        return service.approve_bonus(actor, award_id, form.seen())

    return _do(
        award_id, form, say_yes, _("Approved. The file is erased; that it was checked stays.")
    )


@blueprint.post("/bonuses/<key:award_id>/refuse")
@needs(Permission.PAYROLL_APPROVE)
def refuse(award_id: str) -> ResponseReturnValue:
    """Say that it does not hold, and why."""
    form = EndForm()

    def say_no() -> object:
        return service.refuse_bonus(award_id, form.seen(), form.words.data or "")

    return _do(award_id, form, say_no, _("The bonus is refused. The file is erased."), "end_form")


@blueprint.post("/bonuses/<key:award_id>/withdraw")
@needs(Permission.PAYROLL_BONUS)
def withdraw(award_id: str) -> ResponseReturnValue:
    """Take a bonus back that is not paid, and say why."""
    form = EndForm()

    def undo() -> object:
        return service.withdraw_bonus(award_id, form.seen(), form.words.data or "")

    return _do(award_id, form, undo, _("The bonus is withdrawn."), "end_form")


@blueprint.post("/bonuses/<key:award_id>/again")
@needs(Permission.PAYROLL_BONUS)
def promise_again(award_id: str) -> ResponseReturnValue:
    """Open an ended bonus once more."""
    form, actor = AgainForm(), current_actor()

    def again() -> object:
        last_day: Any = form.due_on.data
        return service.promise_again(actor, award_id, form.seen(), last_day)

    return _do(award_id, form, again, _("The bonus waits for a proof again."), "again_form")
