"""The page of an offered seat, by its personal link: yes or no, each by a button."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.recruitment.selection.offers import queries, service
from jobsearch.web.forms import Form
from jobsearch.web.gate import by_link, current_link
from jobsearch.web.limits import at_most
from jobsearch.web.pages import flash, render, render_invalid, see_other

PURPOSE = "recruitment.offer"
_TRIES = "20 per 10 minutes"

blueprint = Blueprint("recruitment_offers", __name__, url_prefix="/offer")


@blueprint.get("/<link_secret>")
@by_link(PURPOSE)
def show(link_secret: str) -> ResponseReturnValue:
    """What is offered and until when, or what became of it; opening it answers nothing."""
    return _page(link_secret, None)


def _page(link_secret: str, form: Form | None) -> ResponseReturnValue:
    page = queries.show_offer(current_link().subject_id)
    draw = render_invalid if form else render
    return draw("recruitment_offers/show_offer.html", page=page, secret=link_secret, form=form)


@blueprint.post("/<link_secret>/accept")
@by_link(PURPOSE)
@at_most(_TRIES)
def accept(link_secret: str) -> ResponseReturnValue:
    """Yes: the seat is hers."""
    form = Form()
    if not form.attempt(service.accept, current_link().subject_id):
        return _page(link_secret, form)
    flash(_("The seat is yours. Welcome! We will be in touch about the contract."))
    return see_other("recruitment_offers.show", link_secret=link_secret)


@blueprint.post("/<link_secret>/decline")
@by_link(PURPOSE)
@at_most(_TRIES)
def decline(link_secret: str) -> ResponseReturnValue:
    """No: the seat goes to the next."""
    form = Form()
    if not form.attempt(service.decline, current_link().subject_id):
        return _page(link_secret, form)
    flash(_("Thank you for telling us. The seat goes to the next."))
    return see_other("recruitment_offers.show", link_secret=link_secret)
