"""The page on which a participant chooses how the others see her."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.people.rules import BoardName
from jobsearch.people.service import choose_board_name
from jobsearch.tracker.openness.forms import ChoiceForm
from jobsearch.tracker.openness.page import own_openness
from jobsearch.tracker.rules import LOOKS
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import render, render_invalid, see_other

blueprint = Blueprint("tracker_openness", __name__)


@blueprint.get("/my-name")
@needs(Permission.PEOPLE_OWN)
def show_name() -> ResponseReturnValue:
    """The address that the page had before."""
    return see_other("tracker_openness.show_own")


@blueprint.get("/my-visibility")
@needs(Permission.PEOPLE_OWN)
def show_own() -> ResponseReturnValue:
    """The choice, and what each of the three looks like to the others."""
    mine = own_openness(current_actor())
    was = request.args.get("was", "")
    return render(
        "tracker_openness/show_own.html",
        mine=mine,
        form=ChoiceForm(formdata=None, board_name=mine.choice.value),
        was=was if was in tuple(BoardName) and was != mine.choice else "",
        looks=LOOKS,
    )


@blueprint.post("/my-visibility")
@needs(Permission.PEOPLE_OWN)
def choose() -> ResponseReturnValue:
    """Keep the participant's own choice; it holds at once, and can be undone."""
    actor, form = current_actor(), ChoiceForm()
    mine = own_openness(actor)
    if not form.attempt(lambda: choose_board_name(actor, form.chosen())):
        return render_invalid(
            "tracker_openness/show_own.html", mine=mine, form=form, was="", looks=LOOKS
        )
    return see_other("tracker_openness.show_own", was=mine.choice.value)
