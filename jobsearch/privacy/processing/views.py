"""The manager's hub of privacy, and the register of processing on the page, as PDF and as CSV."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import RuleBroken
from jobsearch.privacy.hub import hub_page
from jobsearch.privacy.processing import pages, service
from jobsearch.privacy.processing.exports import register_csv
from jobsearch.privacy.processing.pdf import register_pdf
from jobsearch.web.filters import current_language
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, render, see_other
from jobsearch.web.words import say_rule

blueprint = Blueprint("processing", __name__, url_prefix="/privacy")


@blueprint.get("")
@needs(Permission.PRIVACY_READ)
def show_hub() -> ResponseReturnValue:
    """What a manager answers for in privacy, and what of it waits."""
    return render("privacy/show_hub.html", **hub_page(current_actor()))


@blueprint.get("/processing")
@needs(Permission.PRIVACY_READ)
def show_processing() -> ResponseReturnValue:
    """The register of processing."""
    return render("privacy/show_processing.html", **pages.register_page(current_actor()))


@blueprint.get("/processing.pdf")
@needs(Permission.PRIVACY_READ)
@heavy
def download_pdf() -> ResponseReturnValue:
    """The register on paper; refused in words while it does not say who is responsible."""
    return _file("pdf")


@blueprint.get("/processing.csv")
@needs(Permission.PRIVACY_READ)
@heavy
def download_csv() -> ResponseReturnValue:
    """The register as CSV; refused in words like the paper."""
    return _file("csv")


def _file(ending: str) -> ResponseReturnValue:
    actor = current_actor()
    try:
        register = service.complete_register(actor)
    except RuleBroken as broken:
        flash(say_rule(broken), "bad")
        return see_other(".show_processing")
    name = f"{_('Register of processing activities')}.{ending}"
    if ending == "csv":
        return download(register_csv(register), name, "text/csv; charset=utf-8")
    paper = register_pdf(register, pages.day_of(actor), current_language())
    return download(paper, name, "application/pdf", inline=True)
