"""A person's copy on paper: area by area, in her language, what stands in every row of hers."""

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Row, Rows, Shape, cell
from jobsearch.privacy.copies.areas import AREAS, Area
from jobsearch.privacy.copies.gathering import Field, Gathered, Table
from jobsearch.privacy.copies.texts import PAPER_NAMES
from jobsearch.privacy.copies.values import changed, in_words, who
from jobsearch.web.formats import LOCALES, moment

MOST_ON_PAPER = 200
"""So many rows of a table are printed, the newest; data.json has them all."""
_SHORT = 60
_FEW = 4
_ADDED = "–"


def copy_pdf(all_: Gathered) -> bytes:
    """The paper, in the language of the copy."""
    with force_locale(LOCALES[all_.language]):
        title = _("Everything about me")
        made = moment(all_.made_at, all_.language, all_.zone)
        return build(
            Document(
                title=f"{title} {_ADDED} {all_.name}",
                author=all_.provider,
                language=all_.language,
                subject=title,
                story=tuple(_story(all_, title, made)),
                running=(all_.name, title),
                foot=_("Made %(when)s. Keep it where nobody else can read it.", when=made),
                number_page=lambda page, pages: _(
                    "Page %(page)d / %(pages)d", page=page, pages=pages
                ),
                has_outline=True,
            )
        )


def _story(all_: Gathered, title: str, made: str) -> Blocks:
    story = blocks.letterhead([all_.provider], [all_.name, made])
    story += blocks.title(title)
    story += blocks.text(
        _(
            "This is everything that the service keeps of you, area by area. The same is in"
            " data.json, for a computer to read, and your documents are beside it."
        )
    )
    for area in AREAS:
        tables = [table for table in all_.tables if table.area is area]
        tables.sort(key=lambda table: table.key != "person")  # first of all who she is
        if tables:
            story += _area(area, tables, all_)
    return story


def _area(area: Area, tables: Sequence[Table], all_: Gathered) -> Blocks:
    made = blocks.section(_(area.name)) + blocks.text(_(area.what))
    made += blocks.text(_("Who sees it: %(who)s", who=_(area.sees)), styles.NOTE)
    made += blocks.text(_("How long it is kept: %(long)s", long=_(area.kept)), styles.NOTE)
    for table in tables:
        made += _table(table, all_)
    return made


def _table(table: Table, all_: Gathered) -> Blocks:
    count = len(table.rows) + table.left_off
    head = f"{_(table.title)} ({count})"
    made = blocks.subsection(head)
    shown = table.rows[-MOST_ON_PAPER:]
    if len(shown) < count:
        made += blocks.text(
            ngettext(
                "The newest %(num)d is printed here; data.json has them all.",
                "The newest %(num)d are printed here; data.json has them all.",
                len(shown),
            ),
            styles.NOTE,
        )
    said = [_said(table, row, all_) for row in shown]
    names = list(dict.fromkeys(name for row in said for name in row))
    if len(names) <= _FEW and all(_is_short(text) for row in said for text in row.values()):
        return made + _rows(names, said)
    for row in said:
        made += _panel(row)
    return made


def _said(table: Table, row: dict[str, Any], all_: Gathered) -> dict[str, str]:
    """What a row says, by the names of its fields; two of one name stand in one line."""
    found: dict[str, str] = {}
    for one in table.fields:
        text = _value(one, row, all_) if one.name else ""
        if text:
            name = _(PAPER_NAMES.get(one.key, one.name))
            found[name] = f"{found[name]}; {text}" if name in found else text
    return found


def _value(one: Field, row: dict[str, Any], all_: Gathered) -> str:
    """A value in words; of a key what it leads to, where that has a name."""
    value = row.get(one.key)
    if one.key == "values" and isinstance(value, dict):
        return changed(row.get("table_name", ""), value, all_.language, all_.zone)
    if one.key == "fields" and isinstance(value, list):
        value = [name for name in value if name not in (row.get("values") or {})]
    if value is None or (one.key == "organisation" and value == all_.provider):
        return ""
    if one.of == "account":
        return who(value)
    if one.of in ("", "stored_file"):
        return in_words(one.key, value, all_.language, all_.zone)
    return all_.names.get(value, "")


def _rows(names: Sequence[str], said: Sequence[dict[str, str]]) -> Blocks:
    if not names:
        return []
    head = Row(
        tuple(cell(name, styles.CELL_STRONG) for name in names),
        is_head=True,
        below=(0.9, styles.BAR),
    )
    rows = [
        Row(
            tuple(cell(row.get(name, ""), styles.CELL) for name in names),
            below=(0.5, styles.HAIR),
        )
        for row in said
    ]
    widths = (styles.WIDTH / len(names),) * len(names)
    return [Rows([head, *rows], Shape(widths, pad_right=6), after=5)]


def _panel(row: dict[str, str]) -> Blocks:
    """One row: its short values on a panel, its texts below each other."""
    short = [(name, text) for name, text in row.items() if _is_short(text)]
    made = blocks.facts(short) if short else []
    for name, text in row.items():
        if not _is_short(text):
            made += blocks.text(name, styles.LABEL) + blocks.text(text)
    return made + blocks.space(5)


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and "\n" not in text
