"""The page of first steps, for the manager of a new provider."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Actor, Permission
from jobsearch.desk.first_steps.queries import get_facts
from jobsearch.desk.first_steps.rules import Step, is_begun, steps_of
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import render

blueprint = Blueprint("first_steps", __name__)


@blueprint.get("/first-steps")
@needs(Permission.ORGANISATIONS_SETTINGS)
def show() -> ResponseReturnValue:
    """What to do first, in order, with what is done already."""
    actor = current_actor()
    steps = steps_of(get_facts(actor))
    return render(
        "first_steps/show.html",
        steps=[(step, _address(step, actor)) for step in steps],
        begun=is_begun(steps),
    )


def _address(step: Step, actor: Actor) -> str:
    if step.endpoint == "invitations.new_invitation":
        return url_for(step.endpoint, organisation_id=actor.organisation_id)
    return url_for(step.endpoint)
