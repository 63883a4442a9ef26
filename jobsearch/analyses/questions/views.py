"""What a participant does with a question: puts it aside, or wants no more of them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.analyses.questions import service
from jobsearch.core.access import Permission
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, see_other

blueprint = Blueprint("client_questions", __name__, url_prefix="/my-analysis/questions")
_BACK = "analyses.my_analysis"


@blueprint.post("/<key:client_question_id>/aside")
@needs(Permission.ANALYSES_DECIDE)
def put_aside(client_question_id: str) -> ResponseReturnValue:
    """Put a question aside."""
    service.put_aside(current_actor(), client_question_id)
    flash(_("It is put aside. Nobody is told."))
    return see_other(_BACK)


@blueprint.post("/<key:client_question_id>/stop")
@needs(Permission.ANALYSES_DECIDE)
def stop(client_question_id: str) -> ResponseReturnValue:
    """Want no more questions from whoever asked."""
    name = service.stop_questions(current_actor(), client_question_id)
    flash(_("You get no more questions from %(name)s, who is not told.", name=name))
    return see_other(_BACK)


@blueprint.post("/stops/<key:question_stop_id>/end")
@needs(Permission.ANALYSES_DECIDE)
def allow(question_stop_id: str) -> ResponseReturnValue:
    """Let somebody ask again."""
    name = service.allow_questions(current_actor(), question_stop_id)
    flash(_("%(name)s may ask you again.", name=name))
    return see_other(_BACK)
