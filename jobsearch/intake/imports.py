"""A file's bytes into the rows of its kind, and what they would make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jobsearch.core.money import Money
from jobsearch.core.sheets import Sheet
from jobsearch.core.workbooks import read_sheets
from jobsearch.feedback import imports as feedback
from jobsearch.intake.rules import FileKind, Headings, by_titles, kind_of
from jobsearch.outcomes import imports as outcomes
from jobsearch.programmes.costs import imports as costs
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.sheets import imports as recruitment
from jobsearch.tracker import imports as tracker
from jobsearch.tracker.headings import NAMES, find_layout


def _of_tracker(sheet: Sheet) -> int:
    return find_layout(sheet).hits if sheet.lines else 0


HEADINGS: dict[FileKind, Headings] = {
    FileKind.CANDIDATES: by_titles(recruitment.REQUIRED),
    FileKind.TRACKER: Headings(len(NAMES), _of_tracker),
    FileKind.OUTCOMES: by_titles(outcomes.REQUIRED),
    FileKind.FEEDBACK: by_titles(feedback.REQUIRED),
    FileKind.COSTS: by_titles(costs.REQUIRED),
}

Figures = list[tuple[str, int | Money]]


@dataclass(frozen=True, slots=True)
class GroupSums:
    """One group of a tracker: what its rows make, and what its own row of totals says.

    `said` is empty for a sheet without such a row; else it equals what is made.
    """

    name: str
    people: int
    days: int
    person_days: int
    made: Mapping[str, Decimal]
    said: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that was understood: its kind and its rows; exactly one of the lists is filled.

    `said` and `left_alone` tell more of a tracker: its rows of totals, and sheets that are none.
    """

    kind: FileKind
    candidates: Sequence[recruitment.SheetCandidate] = ()
    days: Sequence[tracker.SheetDay] = ()
    outcomes: Sequence[outcomes.SheetOutcome] = ()
    replies: Sequence[feedback.SheetAnswers] = ()
    costs: Sequence[costs.SheetCost] = ()
    said: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    left_alone: Sequence[str] = ()

    def groups(self) -> list[GroupSums]:
        """What a tracker would make, group by group, beside the sums that it says of itself."""
        names = dict.fromkeys(day.group for day in self.days)
        return [self._group(name) for name in names]

    def _group(self, name: str) -> GroupSums:
        days = [day for day in self.days if day.group == name]
        made = {kind: Decimal(sum(day.done[kind] for day in days)) for kind in tracker.DONE}
        hours = Decimal(sum(day.minutes or 0 for day in days)) / 60
        made["hours"] = hours.quantize(Decimal("0.01"))
        return GroupSums(
            name=name,
            people=len({day.name for day in days}),
            days=len({day.day for day in days}),
            person_days=len(days),
            made=made,
            said=self.said.get(name, {}),
        )

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


def parse_file(
    content: bytes, name: str, groups: Collection[str] = (), there: Collection[str] = ()
) -> Parsed:
    """Understand a file of any of the five kinds.

    `groups` are those that a tracker must have, but for those of `there`: they exist already.
    Raises FileRefused (a RuleBroken) with everything that is wrong, each with row and column.
    """
    sheets = read_sheets(content, name)
    kind = kind_of(sheets, HEADINGS)
    if kind is FileKind.CANDIDATES:
        return Parsed(kind, candidates=recruitment.parse_candidates(sheets))
    if kind is FileKind.TRACKER:
        # a file of text has one sheet: it is one group of several
        required = set(groups) - set(there) if content.startswith(b"PK") else ()
        book = tracker.parse_workbook(sheets, groups, required)
        return Parsed(kind, days=book.days, said=book.said, left_alone=book.left_alone)
    if kind is FileKind.OUTCOMES:
        return Parsed(kind, outcomes=outcomes.parse_outcomes(sheets))
    if kind is FileKind.FEEDBACK:
        return Parsed(kind, replies=feedback.parse_feedback(sheets))
    return Parsed(kind, costs=costs.parse_costs(sheets))
