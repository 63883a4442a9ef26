"""The five files that are taken in, and how a file is told from its headings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.refusals import same
from jobsearch.core.sheets import Sheet
from jobsearch.core.text import mark as N_

Titles = Mapping[str, Sequence[str]]

_HEADING_WITHIN = 30
_FEWEST_HITS = 2


class FileKind(StrEnum):
    """What a file holds."""

    CANDIDATES = "candidates"
    TRACKER = "tracker"
    OUTCOMES = "outcomes"
    FEEDBACK = "feedback"
    COSTS = "costs"


@dataclass(frozen=True, slots=True)
class Headings:
    """How a kind of file is told: how many headings it must have, and how many a sheet has."""

    wanted: int
    hits: Callable[[Sheet], int]


def by_titles(titles: Titles) -> Headings:
    """A kind of file whose headings are known word by word."""
    wanted = [{same(title) for title in accepted} for accepted in titles.values()]

    def hits(sheet: Sheet) -> int:
        most = 0
        for line in sheet.lines[:_HEADING_WITHIN]:
            there = {same(value) for value in line.values if isinstance(value, str)}
            most = max(most, sum(bool(accepted & there) for accepted in wanted))
        return most

    return Headings(len(wanted), hits)


def kind_of(sheets: Sequence[Sheet], known: Mapping[FileKind, Headings]) -> FileKind:
    """The kind whose headings a file has the largest share of.

    Raises RuleBroken when it has hardly any of any: then nobody can say what is missing.
    """
    shares = {kind: _share(sheets, headings) for kind, headings in known.items()}
    best = max(shares, key=lambda kind: shares[kind])
    if shares[best] == (0, 0):
        raise RuleBroken(
            N_(
                "The headings are those of none of the files that are taken in:"
                " candidates, tracker, outcomes, feedback, costs."
            ),
            "file",
        )
    return best


def _share(sheets: Sequence[Sheet], headings: Headings) -> tuple[int, int]:
    """Headings found in thousandths of those wanted, and how many; too few count as none."""
    most = max((headings.hits(sheet) for sheet in sheets), default=0)
    enough = most >= _FEWEST_HITS or 2 * most >= headings.wanted
    return (most * 1000 // headings.wanted, most) if enough else (0, 0)
