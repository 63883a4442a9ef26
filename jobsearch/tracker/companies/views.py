"""Pages of the memory of companies: the list, one company, who takes calls, and the files."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.tracker.companies import queries, service
from jobsearch.tracker.companies.cooling import cooling_for
from jobsearch.tracker.companies.exports import file_of
from jobsearch.tracker.companies.forms import CompanyForm, SearchForm
from jobsearch.tracker.companies.rules import TAKES_CALLS, WAYS, TakesCalls
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import flash, page_number, render, see_other

blueprint = Blueprint("tracker_companies", __name__)


def _words() -> dict[str, Any]:
    is_own = current_actor().person_id is not None
    return {"channels": WAYS, "calls": TAKES_CALLS, "is_own": is_own}


def _list(company_form: CompanyForm) -> str:
    search = SearchForm(request.args)
    page = page_number()
    found = queries.list_companies(search.q.data or "", page)
    values = {"search": search, "companies": found, "page": page, "form": company_form}
    return render("tracker_companies/list_companies.html", **values, **_words())


@blueprint.get("/companies")
@needs(Permission.COMPANIES_READ)
def list_companies() -> ResponseReturnValue:
    """The companies that groups have turned to."""
    return _list(CompanyForm(formdata=None))


@blueprint.post("/companies")
@needs(Permission.TRACKER_WRITE)
def note_company() -> ResponseReturnValue:
    """A coach says of a company how it takes calls."""
    form = CompanyForm()
    if not form.attempt(lambda: service.note_company(*form.wanted())):
        return _list(form), 422
    flash(_("Saved."))
    return see_other("tracker_companies.show_company", company_id=form.result.id)


@blueprint.get("/companies/<key:company_id>")
@needs(Permission.COMPANIES_READ)
def show_company(company_id: str) -> ResponseReturnValue:
    """One company by channel; for a participant also whether her group leaves it alone now."""
    company = queries.get_company(company_id)
    cooling = cooling_for(current_actor(), company.name)
    template = "tracker_companies/show_company.html"
    return render(template, company=company, cooling=cooling, **_words())


@blueprint.post("/companies/<key:company_id>/takes-calls")
@needs(Permission.TRACKER_WRITE)
def say_takes_calls(company_id: str) -> ResponseReturnValue:
    """One tap: it takes calls, it does not, or nobody knows."""
    said, version = request.form.get("calls", ""), request.form.get("version", type=int)
    takes = TakesCalls(said) if said in tuple(TakesCalls) else None
    service.say_takes_calls(company_id, takes, version)
    flash(_("Saved."))
    return see_other("tracker_companies.list_companies", q=request.form.get("q") or None)


@blueprint.get("/companies.csv", defaults={"ending": "csv"})
@blueprint.get("/companies.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_READ)
@heavy
def companies_file(ending: str) -> ResponseReturnValue:
    """All of them as a file."""
    return file_of(queries.all_companies(), ending, current_actor())
