"""The five files that are taken in, and how a file is told from its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def kind_of(sheets: Sequence[Sheet], known: Mapping[FileKind, Titles]) -> FileKind:
    """The kind whose headings a file has the largest share of.

    Raises RuleBroken when it has hardly any of any: then nobody can say what is missing.
    """
    shares = {kind: _share(sheets, titles) for kind, titles in known.items()}
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


def _share(sheets: Sequence[Sheet], titles: Titles) -> tuple[int, int]:
    """Headings found in thousandths of those wanted, and how many; too few count as none."""
    wanted = [{same(title) for title in accepted} for accepted in titles.values()]
    most = 0
    for sheet in sheets:
        for line in sheet.lines[:_HEADING_WITHIN]:
            there = {same(value) for value in line.values if isinstance(value, str)}
            most = max(most, sum(bool(accepted & there) for accepted in wanted))
    enough = most >= _FEWEST_HITS or 2 * most >= len(wanted)
    return (most * 1000 // len(wanted), most) if enough else (0, 0)
