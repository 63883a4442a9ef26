"""Kinds of cost and figures in the reader's words; a mixed figure only with its label."""

from flask_babel import gettext as _

from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.costs.comparators.rules import Between, MixedFigure, Plain
from jobsearch.programmes.costs.rules import CostKind
from jobsearch.web.filters import current_language
from jobsearch.web.formats import money, number

KIND_NAMES = {
    CostKind.WAGES: N_("Wages"),
    CostKind.BONUSES: N_("Bonuses"),
    CostKind.ON_COSTS: N_("On-costs"),
    CostKind.COACHING: N_("Coaching"),
    CostKind.EMPLOYMENT_ADMINISTRATION: N_("Employment administration"),
    CostKind.RECRUITMENT: N_("Recruitment"),
    CostKind.RESEARCH: N_("Research and information"),
    CostKind.OTHER: N_("Other"),
}


def say_figure(figure: Plain | MixedFigure | None) -> str:
    """Euros, months, or euros at the ends of an interval; a dash where there is none.

    A mixed figure stands inside its label.
    """
    if figure is None:
        return "–"
    if isinstance(figure, MixedFigure):
        return figure.printed(_written, _)
    return _written(figure)


def _written(figure: Plain) -> str:
    language = current_language()
    if isinstance(figure, Money):
        return money(figure, language)
    if isinstance(figure, Between):
        return _at_ends(figure, language)
    return str(_("%(months)s months", months=number(figure, 1, language)))


def _at_ends(figure: Between, language: str) -> str:
    least = money(figure.least, language)
    if figure.most is None:
        return str(_("from %(least)s upwards, or none more at all", least=least))
    return str(_("from %(least)s to %(most)s", least=least, most=money(figure.most, language)))
