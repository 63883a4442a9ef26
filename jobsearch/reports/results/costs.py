"""What a report says of the cost."""

from datetime import date

from flask_babel import gettext as _

from jobsearch.costs.rules import Cost
from jobsearch.reports.paper.rules import Figure, Section
from jobsearch.reports.wording import share
from jobsearch.web.formats import date_text, money, percent


def cost_section(cost: Cost, as_of: date, language: str) -> Section:
    """The whole, a person who started, a person who found work, and the part of wages."""
    if not cost.total:
        nothing = _("Nothing had been booked by %(day)s.", day=date_text(as_of, language))
        return Section("cost", _("Cost"), (nothing,))
    rows = _rows(cost, language)
    figures = tuple(
        Figure(f"cost.{key}", label, reads, means, None, n, "costs")
        for key, label, reads, means, n in rows
    )
    said = _(
        "Cost and share of different services are never set into one figure without saying so."
    )
    return Section("cost", _("Cost"), (said,), figures)


def _rows(cost: Cost, language: str) -> tuple[tuple[str, str, str, str, int | None], ...]:
    part = cost.wage_share.percents()
    none = share(cost.wage_share, language)
    return (
        (
            "total",
            _("In all"),
            money(cost.total, language=language),
            _("All that was booked by the day, and pay straight from the pay runs."),
            None,
        ),
        (
            "per_person",
            _("A person who started"),
            money(cost.per_person, language=language),
            _("The whole over everyone who started."),
            cost.people,
        ),
        (
            "per_placement",
            _("A person who found work"),
            money(cost.per_placement, language=language),
            _("The whole over everyone who found work."),
            cost.placements,
        ),
        (
            "wage_share",
            _("Wages, bonuses and on-costs"),
            none if part is None else percent(part, language=language),
            _("The part of the whole that is wages, bonuses and on-costs."),
            None,
        ),
    )
