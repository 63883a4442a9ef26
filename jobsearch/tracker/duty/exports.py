"""One month's acts as they are copied into the authority's service, and as CSV or XLSX."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from flask_babel import gettext as _

from jobsearch.core.sheets import Cell, to_csv, to_xlsx
from jobsearch.tracker.duty.queries import Act
from jobsearch.tracker.rules import CHANNEL_NAMES, LOOKS
from jobsearch.web.filters import date_text

_LANGUAGE = "fi"
"""Days are written as the authority's service reads them, in whatever language the page is."""
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def ready_text(acts: Iterable[Act]) -> str:
    """A line for each act: day; employer; job; how."""
    lines = (
        "; ".join([date_text(act.on, _LANGUAGE), _employer(act), act.role_title or "–", _how(act)])
        for act in acts
    )
    return "\n".join(lines)


def sheet(acts: Sequence[Act], month: date, ending: str) -> bytes:
    """The same as a file."""
    header = [_("Day"), _("Employer"), _("Job or task"), _("How"), _("How many")]
    if ending == "csv":
        return to_csv(header, _rows(acts))
    return to_xlsx(f"{month:%Y-%m}", header, _rows(acts))


def _rows(acts: Iterable[Act]) -> Iterator[list[Cell]]:
    for act in acts:
        yield [act.on, _employer(act), act.role_title or "", _how(act), act.count]


def _employer(act: Act) -> str:
    if act.is_imported:
        return str(_("employer not known (figure from a file)"))
    return act.employer or str(_("employer not named"))


def _how(act: Act) -> str:
    name = str(_(LOOKS[act.activity].name))
    if act.channel is not None:
        name = f"{name}, {str(_(CHANNEL_NAMES[act.channel])).lower()}"
    return f"{name} × {act.count}" if act.count > 1 else name
