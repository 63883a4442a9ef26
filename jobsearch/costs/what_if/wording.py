"""Assumed values in the reader's words."""

from decimal import Decimal
from fractions import Fraction

from jobsearch.core.money import Money
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
    return number(value, None, language) if isinstance(value, int) else "–"
