"""Pages of one's own bonuses: what is promised for what, and the proof of it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.payroll.bonus import service
from jobsearch.payroll.bonus.forms import ProofForm, SeenForm
from jobsearch.payroll.bonus.own import queries
from jobsearch.payroll.bonus.queries import get_award
from jobsearch.payroll.bonus.views import WORDS, give_file
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("payroll_bonus_own", __name__, url_prefix="/my-bonus")


def _own() -> str:
    person_id = current_actor().person_id
    if person_id is None:
        raise NotVisible
    return person_id


@blueprint.get("")
@needs(Permission.MY_PAY)
def my_bonuses() -> ResponseReturnValue:
    """What is promised for what, and how far each bonus is."""
    contracts = queries.list_own(_own(), current_actor().zone)
    return render("payroll_bonus/my_bonuses.html", contracts=contracts, **WORDS)


@blueprint.get("/<key:award_id>")
@needs(Permission.MY_PAY)
def show_mine(award_id: str) -> ResponseReturnValue:
    """One bonus with its proof."""
    return _page(award_id, ProofForm(formdata=None), render)


def _page(award_id: str, form: SeenForm, answer: Callable[..., Any]) -> ResponseReturnValue:
    actor = current_actor()
    proof = form if isinstance(form, ProofForm) else ProofForm(formdata=None)
    page: ResponseReturnValue = answer(
        "payroll_bonus/show_mine.html",
        mine=queries.show_own(award_id, _own(), actor.zone),
        form=form,
        proof_form=proof,
        me=actor,
        **WORDS,
    )
    return page


@blueprint.get("/<key:award_id>/file")
@needs(Permission.MY_PAY)
@heavy
def download_mine(award_id: str) -> ResponseReturnValue:
    """The file that waits to be checked."""
    award = get_award(award_id, _own())
    if award.proof_file_id is None:
        raise NotVisible
    return give_file(award.proof_file_id)


@blueprint.post("/<key:award_id>/proof")
@needs(Permission.MY_PAY)
def bring_mine(award_id: str) -> ResponseReturnValue:
    """Bring a file or a photo."""
    form, actor, person_id = ProofForm(), current_actor(), _own()
    get_award(award_id, person_id)

    def bring() -> object:
        return service.bring_proof(actor, award_id, form.seen(), form.content(), person_id)

    if not form.attempt(bring):
        return _page(award_id, form, render_invalid)
    flash(_("Saved. We check it and tell here what comes of it."))
    return see_other("payroll_bonus_own.show_mine", award_id=award_id)


@blueprint.post("/<key:award_id>/take-back")
@needs(Permission.MY_PAY)
def take_back_mine(award_id: str) -> ResponseReturnValue:
    """Take the file back, while nobody has decided."""
    form, actor, person_id = SeenForm(), current_actor(), _own()
    get_award(award_id, person_id)
    if not form.attempt(service.take_back_proof, actor, award_id, form.seen(), person_id):
        return _page(award_id, form, render_invalid)
    flash(_("Taken back. The file is erased."))
    return see_other("payroll_bonus_own.show_mine", award_id=award_id)
