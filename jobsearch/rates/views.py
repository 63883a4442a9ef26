"""The page of dated figures."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.rates import queries
from jobsearch.rates.rules import CONFIDENCE_WORDS
from jobsearch.web.gate import needs
from jobsearch.web.pages import render

blueprint = Blueprint("rates", __name__, url_prefix="/rates")


@blueprint.get("")
@needs(Permission.RATES_READ)
def list_rates() -> ResponseReturnValue:
    """Every figure with its days, source and confidence; gaps are shown as gaps."""
    histories = queries.list_rates()
    return render("rates/list_rates.html", histories=histories, confidence=CONFIDENCE_WORDS)
