"""The open page of results, and the manager's page on which it is opened and closed."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.text import LANGUAGES
from jobsearch.reports import queries as results
from jobsearch.reports.public import making, queries, service
from jobsearch.reports.public.forms import OpenForm
from jobsearch.web.filters import current_language
from jobsearch.web.formats import LOCALES
from jobsearch.web.gate import current_actor, needs, public
from jobsearch.web.limits import heavy
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("open_results", __name__)


@blueprint.get("/results/<key:programme_id>")
@public
def show(programme_id: str) -> ResponseReturnValue:
    """The results of a programme for everybody, while they stand open."""
    asked = request.args.get("language", "")
    language = asked if asked in LANGUAGES else current_language()
    with force_locale(LOCALES[language]):
        shown = queries.show_open(programme_id, language)
        return render("reports/public/show.html", shown=shown, programme_id=programme_id)


@blueprint.get("/reports/<key:programme_id>/open")
@needs(Permission.REPORTS_OPEN)
def manage(programme_id: str) -> ResponseReturnValue:
    """Whether the page stands open, and the form that opens it."""
    page = _page(programme_id, OpenForm())
    page["form"].as_of.process(None, results.day_of_results(page["programme"], None))
    return render("reports/public/manage.html", **page)


def _page(programme_id: str, form: OpenForm) -> dict[str, Any]:
    return {
        "programme": results.get_programme(programme_id),
        "form": form,
        "publication": queries.find_publication(programme_id),
        "earlier": queries.list_earlier(programme_id),
    }


@blueprint.post("/reports/<key:programme_id>/open")
@needs(Permission.REPORTS_OPEN)
@heavy
def open_page(programme_id: str) -> ResponseReturnValue:
    """Open the page with what is known now."""
    form, actor = OpenForm(), current_actor()
    programme = results.get_programme(programme_id)
    version = request.form.get("version", 0, type=int)
    if not form.attempt(making.open_results, actor, programme, form.as_of.data, version):
        return render_invalid("reports/public/manage.html", **_page(programme_id, form))
    flash(_("Anybody can read the results now."))
    return see_other("open_results.manage", programme_id=programme_id)


@blueprint.post("/reports/open/<key:publication_id>/close")
@needs(Permission.REPORTS_OPEN)
def close_page(publication_id: str) -> ResponseReturnValue:
    """Take the page away at once."""
    version = request.form.get("version", 0, type=int)
    row = service.close_page(current_actor(), publication_id, version)
    flash(_("The page is closed. Nobody can read it any more."))
    return see_other("open_results.manage", programme_id=row.programme_id)
