"""The trail as a file, with the same filters as the page; taking it home is itself written down."""

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from jobsearch.audit.service import note_export
from jobsearch.core.access import Actor
from jobsearch.core.looks import Look, is_in_emergency, kind_of, sentence_of
from jobsearch.core.sheets import Cell, to_csv, to_xlsx
from jobsearch.privacy.trail import queries
from jobsearch.privacy.trail.rules import ACTS, MOST_IN_A_FILE, Asked
from jobsearch.privacy.words import name_of
from jobsearch.web.filters import role_name
from jobsearch.web.unit import reads_each

_CSV, _XLSX = (
    "text/csv; charset=utf-8",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
_SYSTEM = "system"


def changes_file(actor: Actor, asked: Asked, ending: str) -> tuple[bytes, str, str]:
    """The changes: content, name and media type; at most MOST_IN_A_FILE rows, the newest."""
    rows = queries.list_changes(actor, asked, None, MOST_IN_A_FILE)
    names = _named(actor, rows, [row.subject_id for row in rows])
    head = [_("When"), _("Who"), _("Role"), _("How"), _("What"), _("Row"), _("Of whom")]
    lines = [[*_who(actor, row, names), *_change(row, names)] for row in rows]
    _note(actor, "audit_entry", asked, [row.subject_id for row in rows], names, len(rows))
    return _file(_("Changes"), [*head, _("Fields")], lines, ending)


def looks_file(actor: Actor, asked: Asked, ending: str) -> tuple[bytes, str, str]:
    """The looks, like the changes."""
    rows = queries.list_looks(actor, asked, None, MOST_IN_A_FILE)
    names = _named(actor, rows, [row.person_id for row in rows])
    head = [
        _("When"),
        _("Who"),
        _("Role"),
        _("Of whom"),
        _("What"),
        _("Was refused"),
        _("Emergency"),
    ]
    lines = [[*_who(actor, row, names), *_look(row, names)] for row in rows]
    _note(actor, "access_entry", asked, [row.person_id for row in rows], names, len(rows))
    return _file(_("Looks"), head, lines, ending)


def seen_file(actor: Actor, asked: Asked, ending: str) -> tuple[bytes, str, str]:
    """The persons whom one account saw."""
    rows = queries.list_seen(actor, asked, "", MOST_IN_A_FILE)
    keys = [row.person_id for row in rows]
    names = queries.get_names(actor, [asked.account_id], keys)
    zone = ZoneInfo(actor.zone)
    lines: list[list[Cell]] = [
        [
            names.persons.get(row.person_id, ""),
            row.person_id,
            row.looks,
            row.refused,
            row.first.astimezone(zone),
            row.last.astimezone(zone),
        ]
        for row in rows
    ]
    head = [_("Of whom"), _("Key"), _("Looks"), _("Was refused"), _("First"), _("Last")]
    _note(actor, "access_entry", asked, keys, names, len(rows))
    return _file(_("Persons seen"), head, lines, ending)


def _named(actor: Actor, rows: Sequence[Any], whose: Sequence[str | None]) -> queries.Names:
    return queries.get_names(actor, [row.account_id for row in rows], whose)


def _who(actor: Actor, row: Any, names: queries.Names) -> list[Cell]:
    role = None if not row.role or row.role == _SYSTEM else role_name(row.role)
    return [row.at.astimezone(ZoneInfo(actor.zone)), names.accounts.get(row.account_id or ""), role]


def _change(row: Any, names: queries.Names) -> list[Cell]:
    whose = row.subject_id or ""
    return [
        _(ACTS.get(row.act, row.act)),
        _(name_of(row.table_name)),
        row.row_id,
        names.persons.get(whose) or names.accounts.get(whose),
        ", ".join(row.fields),
    ]


def _look(row: Any, names: queries.Names) -> list[Cell]:
    return [
        names.persons.get(row.person_id),
        _(sentence_of(kind_of(row.what))),
        _("Yes") if row.refused else None,
        _("Yes") if is_in_emergency(row.what) else None,
    ]


def _note(
    actor: Actor,
    table: str,
    asked: Asked,
    keys: Iterable[str | None],
    names: queries.Names,
    rows: int,
) -> None:
    """Write the file down in the trail, and a look at everyone of the organisation in it."""
    note_export(actor, table, asked.given(), rows)
    reads_each((key for key in keys if key and key in names.persons), Look.TRAIL_FILE)


def _file(
    title: str, head: Sequence[str], lines: Iterable[Sequence[Cell]], ending: str
) -> tuple[bytes, str, str]:
    if ending == "xlsx":
        return to_xlsx(title, head, lines), f"{title}.xlsx", _XLSX
    return to_csv(head, lines), f"{title}.csv", _CSV
