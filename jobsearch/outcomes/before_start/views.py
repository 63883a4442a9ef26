"""Pages of work found before the start."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.outcomes.before_start import queries, service
from jobsearch.outcomes.forms import OutcomeForm
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.outcomes.views import blueprint
from jobsearch.programmes.queries import get_programme
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

__all__ = ["blueprint"]


@blueprint.get("/before-start/<key:enrolment_id>")
@needs(Permission.OUTCOMES_WRITE)
def ask_before_start(enrolment_id: str) -> ResponseReturnValue:
    """Ask what she found, and say what follows from it."""
    return _page(enrolment_id, None)


def _page(enrolment_id: str, given: OutcomeForm | None) -> ResponseReturnValue:
    person = queries.get_not_begun(enrolment_id, own_cohorts_of(current_actor()))
    reads(person.person_id, Look.OUTCOMES)
    draw = render_invalid if given else render
    form = given or OutcomeForm(formdata=None)
    return draw("outcomes/before_start.html", person=person, form=form)


@blueprint.post("/before-start/<key:enrolment_id>")
@needs(Permission.OUTCOMES_WRITE)
def record_before_start(enrolment_id: str) -> ResponseReturnValue:
    """Note it, end the contract and free the seat."""
    form = OutcomeForm()
    person = queries.get_not_begun(enrolment_id, own_cohorts_of(current_actor()))
    if not form.attempt(
        lambda: service.found_before_start(current_actor(), enrolment_id, form.found())
    ):
        return _page(enrolment_id, form)
    flash(_("Noted. The contract has ended, and the seat is free."))
    return see_other("hiring.show_group", cohort_id=person.cohort_id)


@blueprint.get("/<key:programme_id>/before-start")
@needs(Permission.OUTCOMES_READ)
def list_before_start(programme_id: str) -> ResponseReturnValue:
    """Everyone of a programme who found work before the start."""
    programme = get_programme(programme_id)
    found = queries.list_before_start(programme_id, own_cohorts_of(current_actor()))
    return render("outcomes/list_before_start.html", programme=programme, found=found)
