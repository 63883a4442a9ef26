"""Pages of pulses: a participant's own, and what staff may know of them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.feedback.pulses import answers, service
from jobsearch.feedback.pulses.forms import ScoreForm, UsefulnessForm
from jobsearch.feedback.pulses.page import my_pulse as own_page
from jobsearch.feedback.pulses.rules import (
    FEWEST_SHOWN,
    HIGHEST,
    ITEM_NAMES,
    LOWEST,
    USEFULNESS_NAMES,
)
from jobsearch.feedback.pulses.trends import show_trends
from jobsearch.programmes.rules import KIND_NAMES
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, see_other

blueprint = Blueprint("pulses", __name__)


@blueprint.get("/my-pulse")
@needs(Permission.MY_DAY)
def my_pulse() -> ResponseReturnValue:
    """What a participant is asked today, and what she has answered."""
    return _own_page(None)


def _own_page(form: UsefulnessForm | ScoreForm | None) -> str:
    return render(
        "pulses/my_pulse.html",
        mine=own_page(current_actor()),
        form=form,
        names=USEFULNESS_NAMES,
        items=ITEM_NAMES,
        kinds=KIND_NAMES,
        scale=range(LOWEST, HIGHEST + 1),
        fewest=FEWEST_SHOWN,
    )


@blueprint.post("/my-pulse/blocks/<key:own_block_id>")
@needs(Permission.MY_DAY)
def answer_block(own_block_id: str) -> ResponseReturnValue:
    """Whether a block was useful."""
    form, actor = UsefulnessForm(), current_actor()
    answers.get_own_block(actor, own_block_id)
    if not form.attempt(lambda: service.answer_block(actor, own_block_id, form.wanted())):
        return _own_page(form), 422
    if "today" in request.form:
        flash(_("Saved. Thank you."))
        return see_other("desk.today")
    return see_other("pulses.my_pulse", _anchor=f"b-{own_block_id}")


@blueprint.post("/my-pulse/confidence/<int:day_number>")
@needs(Permission.MY_DAY)
def answer_confidence(day_number: int) -> ResponseReturnValue:
    """How much an item holds."""
    form, actor = ScoreForm(), current_actor()
    if not form.attempt(lambda: service.answer_confidence(actor, day_number, *form.wanted())):
        return _own_page(form), 422
    return see_other("pulses.my_pulse", _anchor=f"c-{form.item.data}")


@blueprint.post("/my-pulse/answers/<key:own_pulse_id>/take-back")
@needs(Permission.MY_DAY)
def take_back_answer(own_pulse_id: str) -> ResponseReturnValue:
    """An answer about a block is gone."""
    service.take_back_answer(current_actor(), own_pulse_id)
    flash(_("Taken back. Your answer is gone."))
    return see_other("pulses.my_pulse")


@blueprint.post("/my-pulse/scores/<key:own_score_id>/take-back")
@needs(Permission.MY_DAY)
def take_back_score(own_score_id: str) -> ResponseReturnValue:
    """A score of confidence is gone."""
    service.take_back_score(current_actor(), own_score_id)
    flash(_("Taken back. Your answer is gone."))
    return see_other("pulses.my_pulse")


@blueprint.get("/programmes/<key:programme_id>/pulses")
@needs(Permission.REPORTS_READ)
def show_pulses(programme_id: str) -> ResponseReturnValue:
    """A programme's pulses, from five people on."""
    return render(
        "pulses/show_pulses.html",
        shown=show_trends(programme_id),
        items=ITEM_NAMES,
        kinds=KIND_NAMES,
        fewest=FEWEST_SHOWN,
    )
