"""Hides the small numbers of what leaves the house: which counts of a report tell of each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask_babel import gettext as _

from jobsearch.reports.paper.rules import Kind, Report, Table
from jobsearch.reports.small.papers import Down, Layout, Layouts, hide_small

_STATES = Layout(("people",), Down.TOTAL_LAST)
_TABLES = {
    "states": _STATES,
    "activities": Layout(("people",), derived=("total", "a_person")),
    "feedback": Layout(("answers",), derived=("mean",)),
    "esf_leaving": _STATES,
    "esf_six_months": _STATES,
}
_PEOPLE = frozenset(
    {"introduced", "signed", "started", "found_work", "range", "closed", "response_rate"}
    | {"cost_per_person", "cost_per_placement", "esf_participants"}
)
_SAME = (
    ("started.k", "found_work.n"),
    ("started.k", "cost_per_person.k"),
    ("started.k", "esf_participants.k"),
    ("started.k", "response_rate.n"),
    ("found_work.k", "cost_per_placement.k"),
    ("found_work.k", "states.0.people"),
    ("found_work.n", "states.-1.people"),
)
_TIED = (
    ("introduced.k", ("signed.k",)),
    ("signed.k", ("started.k",)),
    ("range.k", ("found_work.k", "states.2.people", "states.3.people")),
    ("started.k", ("response_rate.n",)),
    ("found_work.n", ("closed.n",)),
    ("found_work.k", ("closed.k",)),
    ("closed.n", ("closed.k", "states.1.people", "states.3.people")),
    ("started.k", ("esf_leaving.-1.people",)),
    ("esf_leaving.-1.people", ("esf_six_months.-1.people",)),
)
"""A row of -1 is the last one, the total."""
_AS_OPENED = {"found_work.k": "closed.k", "found_work.n": "closed.n"}
"""What the open page says of those whose follow-up is over, by the report's own names."""
_SUMS = ("person_days", "interviews_per_action", "cost", "wage_share")
"""What is a sum over everyone who started says how they are, so it is told of five or more."""


def hide_for_outside(report: Report, earlier: Sequence[Report] = ()) -> Report:
    """The report without any group under five, in the language in which it is made.

    `earlier` are reports that have left the house already: a count that one to four people have
    changed since one of them is hidden, so that nobody can subtract the two.
    """
    counts = dict(_counts(report))
    everyone = "started.k" if "started.k" in counts else "found_work.n"
    made = [(everyone, name) for name in counts if name.startswith("activities.")]
    answered = [name for name in counts if name.startswith("feedback.")]
    inside = [(whole, (name,)) for whole in (everyone, "response_rate.k") for name in answered]
    last = {table.key: len(table.rows) - 1 for table in _tables(report)}
    layouts = Layouts(
        {key: _TABLES[key] for key in last},
        _PEOPLE,
        tuple(
            (one, other)
            for one, other in _named([*_SAME, *made], last)
            if counts.get(one) == counts.get(other, -1)
        ),
        tuple(
            (whole, tuple(parts))
            for whole, *parts in _named([(one, *parts) for one, parts in (*_TIED, *inside)], last)
            if _holds(whole, parts, counts)
        ),
        {
            "range": ("found_work.k", "found_work.n"),  # its low end is those who found work
            **dict.fromkeys(_SUMS, (everyone,)),
        },
        tuple(_told_before(counts, earlier)),
    )
    hidden = _("fewer than five, or hidden because it would give such a number away")
    note = _("Hidden are fewer than five people, and what would give such a number away.")
    return hide_small(report, layouts, hidden, note)


def _told_before(counts: Mapping[str, int], earlier: Sequence[Report]) -> list[tuple[str, int]]:
    """What the earlier reports printed where this one prints a count."""
    told = set()
    for report in earlier:
        for name, count in _counts(report):
            here = _AS_OPENED.get(name, "") if report.kind is Kind.PUBLIC else name
            if here in counts:
                told.add((here, count))
    return sorted(told)


def _tables(report: Report) -> Iterator[Table]:
    """Tables that count people."""
    for section in report.sections:
        yield from (table for table in section.tables if table.key in _TABLES and table.rows)


def _counts(report: Report) -> Iterator[tuple[str, int]]:
    """Every count of people in the report by the name that the rule gives it."""
    for section in report.sections:
        for figure in section.figures:
            for name, count in (("k", figure.k), ("n", figure.n)):
                if figure.key in _PEOPLE and count is not None:
                    yield f"{figure.key}.{name}", count
    for table in _tables(report):
        keys = [column.key for column in table.columns]
        for number, row in enumerate(table.rows):
            for key, value in zip(keys, row, strict=True):
                if key in _TABLES[table.key].people and isinstance(value, int):
                    yield f"{table.key}.{number}.{key}", value


def _named(ties: Iterable[tuple[str, ...]], last: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """The ties with the number of the last row where they say -1."""
    for tie in ties:
        yield tuple(one.replace(".-1.", f".{last.get(one.partition('.')[0], 0)}.") for one in tie)


def _holds(whole: str, parts: Sequence[str], counts: Mapping[str, int]) -> bool:
    """Whether the parts are there and no more than the whole: files may bring other people."""
    named = {whole, *parts} <= set(counts)
    return named and sum(counts[part] for part in parts) <= counts[whole]
