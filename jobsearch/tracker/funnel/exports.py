"""Each table of the results as CSV or XLSX."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from flask_babel import gettext as _

from jobsearch.core.sheets import Cell, to_csv, to_xlsx
from jobsearch.tracker.funnel.page import Results
from jobsearch.tracker.funnel.rules import STEP_NAMES, Line, Step, Steps
from jobsearch.tracker.rules import ACTIVITIES, LOOKS, Activity

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TABLES = ("kinds", "channels", "made", "people", "groups")

_Rows = tuple[list[str], list[list[Cell]]]


def sheet(results: Results, table: str, ending: str) -> bytes:
    """One of the tables, in the reader's language; an unknown one is that of kinds."""
    makes = {"channels": _channels, "made": _made, "people": _people, "groups": _groups}
    header, rows = makes.get(table, _kinds)(results)
    if ending == "csv":
        return to_csv(header, rows)
    return to_xlsx(_("Results"), header, rows)


def _kinds(results: Results) -> _Rows:
    return [_("Kind"), *_heads()], _lines(results.funnel.kinds, results)


def _channels(results: Results) -> _Rows:
    return [_("How?"), *_heads()], _lines(results.funnel.channels, results)


def _made(results: Results) -> _Rows:
    heads = [_("Kind"), _("Actions"), _("People"), _("A person"), _("Makers"), _("A maker")]
    rows: list[list[Cell]] = [
        [
            _(LOOKS[kind].plural),
            made.total,
            made.people,
            _figure(made.per_person.value),
            made.makers,
            _figure(made.per_maker.value),
        ]
        for kind, made in results.funnel.made.items()
    ]
    return heads, rows


def _people(results: Results) -> _Rows:
    rows = [[one.name, *_done(one.done), *_came(one.steps)] for one in results.people]
    return [_("Person"), *_done_heads(), *_heads()[1:]], rows


def _groups(results: Results) -> _Rows:
    heads = [_("Group"), _("First day"), _("Last day"), _("People"), *_done_heads(), *_heads()[1:]]
    rows = [
        [
            *(one.name, one.starts_on, one.ends_on, one.people),
            *_done(one.done),
            *_came(one.steps),
        ]
        for one in results.groups
    ]
    return heads, rows


def _heads() -> list[str]:
    """The heads of the steps; replies have what they are divided by beside them."""
    steps = [_(STEP_NAMES[step]) for step in Step]
    return [*steps[:2], _("Actions of which a reply can be known"), *steps[2:]]


def _done_heads() -> list[str]:
    return [_(LOOKS[kind].plural) for kind in ACTIVITIES]


def _done(done: Mapping[Activity, int]) -> list[Cell]:
    return [done.get(kind, 0) for kind in ACTIVITIES]


def _came(steps: Steps) -> list[Cell]:
    return [steps.replies, steps.answerable, steps.interviews, steps.offers, steps.jobs]


def _lines(lines: Iterable[Line], results: Results) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[_(x.name), x.steps.actions, *_came(x.steps)] for x in lines]
    total = results.funnel.total
    return [*rows, [_("All"), total.actions, *_came(total)]]


def _figure(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
