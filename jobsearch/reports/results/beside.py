"""What a report says of other services beside the programme: every figure with its caveat."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from jobsearch.costs.comparators.rules import Against
from jobsearch.costs.comparators.rules import Figure as Other
from jobsearch.costs.wording import say_figure
from jobsearch.reports.paper.rules import Column, Section, Table
from jobsearch.reports.wording import rate
from jobsearch.web.formats import money, percent


def beside_section(others: Sequence[Other], against: Sequence[Against], language: str) -> Section:
    """The figures of other services, and the programme against each rate.

    A figure of two services stands inside its label (`MixedFigure`).
    """
    tables = [_others(others, language)]
    if against:
        tables.append(_against(against, language))
    sentences = (
        _(
            "A placement more: cost of a person here less cost of a person there, over share here "
            "less share there. Who would have found work anyway, and whose jobs were taken, is not "
            "in it; the two services did not serve the same people."
        ),
        _("The interval is that of the share here: so far chance alone may move the figure."),
    )
    return Section("beside", _("Beside other services"), sentences, (), tuple(tables))


def _others(others: Sequence[Other], language: str) -> Table:
    columns = (
        Column("service", _("Service")),
        Column("figure", _("Figure")),
        Column("population", _("Who is counted")),
        Column("source", _("Source")),
        Column("caveat", _("Caveat")),
    )
    rows = tuple(
        (
            f"{one.service}, {one.period}",
            _figure(one, language),
            one.population,
            one.source,
            one.caveat,
        )
        for one in others
    )
    return Table("comparators", _("Figures of other services"), columns, rows)


def _against(against: Sequence[Against], language: str) -> Table:
    columns = (
        Column("rate", _("Share who found work otherwise")),
        Column("cost", _("Cost otherwise")),
        Column("what", _("Figure")),
        Column("reads", _("Value")),
    )
    rows = tuple(
        (
            _named(one.rate, language),
            _("not known: nothing is taken off")
            if one.cost is None
            else _named(one.cost, language),
            what,
            reads,
        )
        for one in against
        for what, reads in _reckoned(one)
    )
    return Table("against", _("Beside other services"), columns, rows)


def _reckoned(one: Against) -> Iterator[tuple[str, str]]:
    if one.placement is not None:
        yield _("A placement there"), say_figure(one.placement)
    yield _("A placement more here"), _("none more") if one.extra is None else say_figure(one.extra)
    if one.extra is not None and one.between is not None:
        yield _("The same at the ends of the interval"), say_figure(one.between)


def _named(one: Other, language: str) -> str:
    return f"{_figure(one, language)} ({one.service}, {one.period})"


def _figure(one: Other, language: str) -> str:
    if one.amount is not None:
        return str(_("%(sum)s a person", sum=money(one.amount, language)))
    if one.rate_95 is not None:
        return rate(one.rate_95, language)
    said = percent(one.percent, None, language)
    return str(_("%(percent)s; the source does not say of how many", percent=said))
