"""The memory of companies as a file: a row for each company and channel."""

from collections.abc import Iterable, Iterator

from flask import Response
from flask_babel import gettext as _

from jobsearch.core.access import Actor
from jobsearch.core.sheets import Cell
from jobsearch.tracker.companies.queries import CompanyLine
from jobsearch.tracker.companies.rules import TAKES_CALLS, WAYS
from jobsearch.web.sheets import sheet


def file_of(companies: Iterable[CompanyLine], ending: str, actor: Actor) -> Response:
    """The companies as csv or xlsx of the actor's day; months stand as their first day."""
    return sheet(_("Companies"), _header(), _rows(companies), ending, actor.zone)


def _header() -> list[str]:
    return [
        _("Company"),
        _("Calls"),
        _("Channel"),
        _("Contacts"),
        _("Replies"),
        _("Interviews"),
        _("Last month"),
    ]


def _rows(companies: Iterable[CompanyLine]) -> Iterator[list[Cell]]:
    for company in companies:
        calls = _(TAKES_CALLS[company.takes_calls]) if company.takes_calls else ""
        for way in company.ways:
            yield [
                company.name,
                calls,
                _(WAYS[way.channel]),
                way.contacts,
                way.replies,
                way.interviews,
                way.last_month,
            ]
        if not company.ways:
            yield [company.name, calls, None, 0, 0, 0, None]
