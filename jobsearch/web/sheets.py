"""A list to keep: its rows as CSV or as a workbook, under a name that says of which day it is."""

from collections.abc import Iterable, Sequence

from flask import Response

from jobsearch.core.clock import today
from jobsearch.core.sheets import Cell, to_csv, to_xlsx
from jobsearch.web.pages import download

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sheet(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], ending: str, zone: str
) -> Response:
    """A download of these rows; `ending` is csv or xlsx, title and today name file and sheet."""
    content = to_csv(header, rows) if ending == "csv" else to_xlsx(title, header, rows)
    name = "-".join(title.lower().split())
    return download(content, f"{name}-{today(zone).isoformat()}.{ending}", MEDIA_TYPES[ending])
