"""Pages of an employer's yearly figures."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.rates.yearly import queries, service
from jobsearch.rates.yearly.forms import YearForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("rates_yearly", __name__, url_prefix="/employer-figures")


@blueprint.get("")
@needs(Permission.RATES_WRITE)
def list_years() -> ResponseReturnValue:
    """The years that the employer has figures of."""
    return render("rates_yearly/list_years.html", years=queries.list_years())


@blueprint.get("/<int:year>")
@needs(Permission.RATES_WRITE)
def edit_year(year: int) -> ResponseReturnValue:
    """One year's figures."""
    shown = _shown(year)
    form = YearForm.of(shown.settings, shown.version, queries.suggested(shown))
    return render("rates_yearly/edit_year.html", form=form, shown=shown)


@blueprint.post("/<int:year>")
@needs(Permission.RATES_WRITE, fresh=True)
def keep_year(year: int) -> ResponseReturnValue:
    """Keep one year's figures, by a sign-in proven just now."""
    shown, form = _shown(year), YearForm()

    def keep() -> Any:
        return service.keep_year(current_actor(), form.wanted(year), form.seen())

    if not form.attempt(keep):
        return render_invalid("rates_yearly/edit_year.html", form=form, shown=shown)
    flash(_("The figures of %(year)s are saved.", year=str(year)))
    return see_other("rates_yearly.list_years")


def _shown(year: int) -> queries.Year:
    return queries.show_year(current_actor().organisation_id, year)
