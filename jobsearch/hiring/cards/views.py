"""Page of a person's tax cards, the clerk's: list, enter, put right."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.hiring.cards import queries
from jobsearch.hiring.forms import TaxCardForm
from jobsearch.hiring.views import blueprint
from jobsearch.payroll.contracts.details import service as details
from jobsearch.payroll.contracts.details.queries import get_tax_card
from jobsearch.web.gate import needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

_AT = "/people/<key:person_id>/tax-cards"


@blueprint.get(_AT)
@needs(Permission.PAYROLL_WRITE)
def list_cards(person_id: str) -> ResponseReturnValue:
    """A person's cards, and what has counted against the ceiling in a year."""
    return render("hiring/list_cards.html", **_page(person_id, TaxCardForm(formdata=None)))


def _page(person_id: str, form: TaxCardForm) -> dict[str, Any]:
    year = request.args.get("year", type=int)
    known = year if year is not None and 2000 <= year <= 2100 else None
    reads(person_id, Look.TAX_CARDS)
    return {"shown": queries.show_cards(person_id, known), "form": form}


@blueprint.post(_AT)
@needs(Permission.PAYROLL_WRITE)
def add_card(person_id: str) -> ResponseReturnValue:
    """Keep a new card."""
    form = TaxCardForm()
    if not form.attempt(lambda: details.enter_tax_card(person_id, form.card())):
        return render_invalid("hiring/list_cards.html", **_page(person_id, form))
    flash(_("The tax card is saved."))
    return see_other("hiring.list_cards", person_id=person_id)


@blueprint.get(_AT + "/<key:card_id>")
@needs(Permission.PAYROLL_WRITE)
def edit_card(person_id: str, card_id: str) -> ResponseReturnValue:
    """What was typed from a card, to put right."""
    form = TaxCardForm(formdata=None, data=_typed(person_id, card_id))
    return render("hiring/correct_card.html", **_page(person_id, form), card_id=card_id)


def _typed(person_id: str, card_id: str) -> dict[str, Any]:
    terms = get_tax_card(person_id, card_id).as_terms()
    names = ("base", "additional", "ceiling", "valid_from")
    return {"kind": terms.kind.value} | {name: getattr(terms, name) for name in names}


@blueprint.post(_AT + "/<key:card_id>")
@needs(Permission.PAYROLL_WRITE)
def correct_card(person_id: str, card_id: str) -> ResponseReturnValue:
    """Put it right by a new row."""
    form = TaxCardForm()
    if not form.attempt(lambda: details.correct_tax_card(person_id, card_id, form.card())):
        page = _page(person_id, form)
        return render_invalid("hiring/correct_card.html", **page, card_id=card_id)
    flash(_("The tax card is put right. Compute the open pay runs again."))
    return see_other("hiring.list_cards", person_id=person_id)
