"""What the open page may tell, and when it may be opened again; pure."""

from collections.abc import Iterator

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.rules import State
from jobsearch.reports.paper.rules import Kind, Report
from jobsearch.reports.rules import Outcomes

FEWEST = 5
"""So many people at least stand behind whatever leaves the organisation."""


def closed_states(outcomes: Outcomes) -> dict[State, int]:
    """How many stand where, of those whose follow-up is over; nobody of them is open."""
    closed = outcomes.closed_follow_up.ratio
    found, unknown = closed.numerator, outcomes.unknown
    return {
        State.FOUND_WORK: found,
        State.NOT_IN_WORK: closed.denominator - found - unknown,
        State.UNKNOWN: unknown,
    }


def check_enough(people: int) -> None:
    """Raise RuleBroken while fewer than five people's follow-up is over."""
    if people < FEWEST:
        raise RuleBroken(
            N_("The page can be opened when the follow-up of five people is over."), "as_of"
        )


def check_step(earlier: Report, now: Report) -> None:
    """Raise RuleBroken when what both pages print would tell of one to four people by subtraction.

    The earlier one may be a report to a funder as well. A count of people is the same in both, or
    at least five more or less.
    """
    before = dict(_counts(earlier))
    if earlier.kind is Kind.FUNDER:
        before = {_as_opened(spot): count for spot, count in before.items()}
    for spot, count in _counts(now):
        change = abs(count - before.get(spot, count))
        if 0 < change < FEWEST:
            raise RuleBroken(
                N_(
                    "Since the page of %(day)s, something has changed for fewer than five people. "
                    "Two such pages side by side would tell of them. Open it again later."
                ),
                "as_of",
                day=earlier.as_of,
            )


def _as_opened(spot: tuple[str, ...]) -> tuple[str, ...]:
    """Where the open page prints what the report to a funder says of closed follow-up."""
    section, key, *rest = spot
    return (section, {"closed": "found_work"}.get(key, f"{key} of everyone"), *rest)


def _counts(report: Report) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every count of people that the page prints or that follows at once, by its place."""
    for section in report.sections:
        for figure in section.figures:
            for name, count in (("k", figure.k), ("n", figure.n)):
                if count is not None:
                    yield (section.key, figure.key, name), count
            if figure.k is not None and figure.n is not None:  # a reader subtracts
                yield (section.key, figure.key, "n - k"), figure.n - figure.k
        for table in section.tables:
            for row in table.rows:
                for column, value in zip(table.columns, row, strict=True):
                    if isinstance(value, int):
                        yield (section.key, table.key, str(row[0]), column.key), value
