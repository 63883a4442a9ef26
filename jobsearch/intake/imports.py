"""A file's bytes into the rows of its kind, and what they would make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from jobsearch.core.money import Money
from jobsearch.core.workbooks import read_sheets
from jobsearch.feedback import imports as feedback
from jobsearch.intake.rules import FileKind, Titles, kind_of
from jobsearch.outcomes import imports as outcomes
from jobsearch.programmes.costs import imports as costs
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.sheets import imports as recruitment
from jobsearch.tracker import imports as tracker

HEADINGS: dict[FileKind, Titles] = {
    FileKind.CANDIDATES: recruitment.REQUIRED,
    FileKind.TRACKER: tracker.REQUIRED,
    FileKind.OUTCOMES: outcomes.REQUIRED,
    FileKind.FEEDBACK: feedback.REQUIRED,
    FileKind.COSTS: costs.REQUIRED,
}

Figures = list[tuple[str, int | Money]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that was understood: its kind and its rows; exactly one of the lists is filled."""

    kind: FileKind
    candidates: Sequence[recruitment.SheetCandidate] = ()
    days: Sequence[tracker.SheetDay] = ()
    outcomes: Sequence[outcomes.SheetOutcome] = ()
    replies: Sequence[feedback.SheetAnswers] = ()
    costs: Sequence[costs.SheetCost] = ()

    def figures(self) -> Figures:
        """What saving would make: (what, how many), in the order of a person's questions."""
        makers: dict[FileKind, Callable[[], Figures]] = {
            FileKind.CANDIDATES: self._funnel,
            FileKind.TRACKER: self._tracker,
            FileKind.OUTCOMES: self._outcomes,
            FileKind.FEEDBACK: lambda: [("replies", len(self.replies))],
            FileKind.COSTS: self._costs,
        }
        return makers[self.kind]()

    def _funnel(self) -> Figures:
        exits = Counter(one.exit_reason for one in self.candidates if one.exit_reason)
        signed = sum(one.stage in (Stage.SIGNED, Stage.STARTED) for one in self.candidates)
        rows: Figures = [("candidates", len(self.candidates))]
        rows += [(reason.value, count) for reason, count in exits.most_common()]
        return [*rows, ("signed", signed)]

    def _tracker(self) -> Figures:
        kinds = {kind: sum(day.done[kind] for day in self.days) for kind in tracker.DONE}
        return [
            ("groups", len({day.group for day in self.days})),
            ("people", len({day.name for day in self.days})),
            ("person_days", len(self.days)),
            ("absences", sum(day.absent for day in self.days)),
            *kinds.items(),
        ]

    def _outcomes(self) -> Figures:
        results = Counter(one.result for one in self.outcomes)
        rows: Figures = [("people", len(self.outcomes))]
        return rows + [(result.value, results[result]) for result in outcomes.Result]

    def _costs(self) -> Figures:
        total = Money.total(cost.amount for cost in self.costs)
        return [("lines", len(self.costs)), ("total", total)]


def parse_file(content: bytes, name: str, expected_groups: Collection[str] = ()) -> Parsed:
    """Understand a file of any of the five kinds.

    `expected_groups` are the sheets that a tracker must have. Raises FileRefused (a RuleBroken)
    with everything that is wrong, each with row and column.
    """
    sheets = read_sheets(content, name)
    kind = kind_of(sheets, HEADINGS)
    if kind is FileKind.CANDIDATES:
        return Parsed(kind, candidates=recruitment.parse_candidates(sheets))
    if kind is FileKind.TRACKER:
        return Parsed(kind, days=tracker.parse_tracker(sheets, expected_groups))
    if kind is FileKind.OUTCOMES:
        return Parsed(kind, outcomes=outcomes.parse_outcomes(sheets))
    if kind is FileKind.FEEDBACK:
        return Parsed(kind, replies=feedback.parse_feedback(sheets))
    return Parsed(kind, costs=costs.parse_costs(sheets))
