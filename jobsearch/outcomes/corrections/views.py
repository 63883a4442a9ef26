"""Pages of corrections: put an outcome right, or say that it never was."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.outcomes.corrections import queries, service
from jobsearch.outcomes.forms import OutcomeForm
from jobsearch.outcomes.origins import list_origins
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.outcomes.views import blueprint
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

__all__ = ["blueprint"]


@blueprint.get("/correct/<key:outcome_id>")
@needs(Permission.OUTCOMES_WRITE)
def edit_outcome(outcome_id: str) -> ResponseReturnValue:
    """An outcome as it is noted, to be put right."""
    return _page(outcome_id, None)


def _page(outcome_id: str, refused: OutcomeForm | None) -> ResponseReturnValue:
    shown = queries.get_outcome(outcome_id, own_cohorts_of(current_actor()))
    reads(shown.outcome.person_id, Look.OUTCOMES)
    form = refused or OutcomeForm(formdata=None)
    form.offer(list_origins(shown.outcome.person_id))
    if refused is None:
        form.show(queries.found_of(shown.outcome), shown.outcome.version)
    draw = render if refused is None else render_invalid
    return draw("outcomes/edit_outcome.html", shown=shown, form=form)


@blueprint.post("/correct/<key:outcome_id>")
@needs(Permission.OUTCOMES_WRITE)
def correct_outcome(outcome_id: str) -> ResponseReturnValue:
    """Put it right."""
    form, actor = OutcomeForm(), current_actor()
    queries.get_outcome(outcome_id, own_cohorts_of(actor))
    if not form.attempt(
        lambda: service.correct_outcome(actor, outcome_id, form.seen_version(), form.found())
    ):
        return _page(outcome_id, form)
    flash(_("The outcome was corrected."))
    return see_other("outcomes.show_person", enrolment_id=form.result.enrolment_id)


@blueprint.post("/strike/<key:outcome_id>")
@needs(Permission.OUTCOMES_WRITE)
def strike_outcome(outcome_id: str) -> ResponseReturnValue:
    """It never was."""
    form, actor = OutcomeForm(), current_actor()
    version = form.seen_version()
    enrolment_id = service.strike_outcome(actor, outcome_id, version)
    flash(_("The outcome was struck out. Look at the bonus too, if one was promised for it."))
    return see_other("outcomes.show_person", enrolment_id=enrolment_id)
