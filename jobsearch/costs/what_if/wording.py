"""Assumed values in the reader's words."""

from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _

from jobsearch.core.money import Money
from jobsearch.costs.what_if.queries import Why
from jobsearch.costs.what_if.rules import basis_points_of
from jobsearch.web.filters import current_language
from jobsearch.web.formats import money, number, percent


def say_assumed(value: object) -> str:
    """Euros, per cent or a number; a dash for what is not given."""
    language = current_language()
    if isinstance(value, Money):
        return money(value, language)
    if isinstance(value, Fraction):
        figure = Decimal(basis_points_of(value)).scaleb(-2).normalize()
        return percent(Decimal(f"{figure:f}"), None, language)
    if isinstance(value, Decimal):
        return number(value, 1, language)
    return number(value, None, language) if isinstance(value, int) else "–"


def say_why(why: Why) -> str:
    """Where a figure is from, as a sentence."""
    gaps = {
        name: gap if isinstance(gap, str) else say_assumed(gap) for name, gap in why.gaps.items()
    }
    return str(_(why.message, **gaps))
