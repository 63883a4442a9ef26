"""Pages of the duty to search: a person's own months, and one person's for her coach."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.tracker.duty import queries, service
from jobsearch.tracker.duty.exports import MEDIA_TYPES, ready_text, sheet
from jobsearch.tracker.duty.forms import NumberForm
from jobsearch.tracker.duty.page import chosen_month, this_day
from jobsearch.tracker.duty.rules import SHIPPED
from jobsearch.tracker.queries import get_person
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, reads, render, render_invalid, see_other

blueprint = Blueprint("tracker_duty", __name__)


def _months(person_id: str) -> dict[str, Any]:
    day = this_day(current_actor())
    mine = queries.show_months(person_id, chosen_month(request.args.get("month", ""), day), day)
    return {"mine": mine, "text": ready_text(mine.acts), "shipped": SHIPPED}


def _sheet(person_id: str, ending: str) -> Response:
    chosen = chosen_month(request.args.get("month", ""), this_day(current_actor()))
    content = sheet(queries.list_acts(person_id, chosen), chosen, ending)
    return download(content, f"{_('job-search')}-{chosen:%Y-%m}.{ending}", MEDIA_TYPES[ending])


@blueprint.get("/job-search/months")
@needs(Permission.TRACKER_LOG)
def my_months() -> ResponseReturnValue:
    """A participant's own months against the number of her plan."""
    return render("tracker_duty/my_months.html", **_months(current_actor().person_id or ""))


@blueprint.get("/job-search/months.csv", defaults={"ending": "csv"})
@blueprint.get("/job-search/months.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_LOG)
@heavy
def my_sheet(ending: str) -> ResponseReturnValue:
    """One of her months as a file."""
    return _sheet(current_actor().person_id or "", ending)


@blueprint.get("/people/<key:person_id>/months")
@needs(Permission.TRACKER_WRITE)
def show_months(person_id: str) -> ResponseReturnValue:
    """One person's months, and the number of her plan."""
    return render("tracker_duty/show_months.html", **_page(person_id, NumberForm(formdata=None)))


def _page(person_id: str, form: NumberForm) -> dict[str, Any]:
    actor = current_actor()
    person = get_person(actor, person_id)
    reads(person.id, Look.MONTHS)
    return {"person": person, "form": form.offer(this_day(actor)), **_months(person.id)}


@blueprint.get("/people/<key:person_id>/months.csv", defaults={"ending": "csv"})
@blueprint.get("/people/<key:person_id>/months.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_WRITE)
@heavy
def show_sheet(person_id: str, ending: str) -> ResponseReturnValue:
    """One month of a person as a file."""
    person = get_person(current_actor(), person_id)
    reads(person.id, Look.MONTHS)
    return _sheet(person.id, ending)


@blueprint.post("/people/<key:person_id>/months")
@needs(Permission.TRACKER_WRITE)
def set_number(person_id: str) -> ResponseReturnValue:
    """Keep the number that stands in the plan."""
    form, actor = NumberForm(), current_actor()
    page = _page(person_id, form)
    if not form.attempt(lambda: service.set_number(actor, person_id, *form.wanted())):
        return render_invalid("tracker_duty/show_months.html", **page)
    flash(_("The number is kept. The one before it stays in the history."))
    return see_other("tracker_duty.show_months", person_id=person_id, _anchor="plan")
