"""The memory of companies as a file: a row for each company and channel."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from jobsearch.core.sheets import Cell, to_csv, to_xlsx
from jobsearch.tracker.companies.queries import CompanyLine
from jobsearch.tracker.companies.rules import TAKES_CALLS
from jobsearch.tracker.rules import CHANNEL_NAMES


def companies_csv(companies: Iterable[CompanyLine]) -> bytes:
    """The companies as CSV; months are written by their first day."""
    return to_csv(_header(), _rows(companies))


def companies_xlsx(companies: Iterable[CompanyLine]) -> bytes:
    """The companies as a workbook."""
    return to_xlsx(_("Companies"), _header(), _rows(companies))


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
                _(CHANNEL_NAMES[way.channel]),
                way.contacts,
                way.replies,
                way.interviews,
                way.last_month,
            ]
        if not company.ways:
            yield [company.name, calls, None, 0, 0, 0, None]
