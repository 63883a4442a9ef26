"""What staff see of pulses: sums of five people or more, and how they go from day to day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from jobsearch.core.clock import today
from jobsearch.core.periods import ONE_DAY
from jobsearch.core.ratios import Ratio
from jobsearch.feedback.pulses import sums
from jobsearch.feedback.pulses.rules import (
    CONFIDENCE_DAYS,
    FEWEST_SHOWN,
    FIRST_TIME,
    LAST_TIME,
    ConfidenceItem,
    is_change_shown,
    parts_hidden,
)
from jobsearch.feedback.pulses.sums import UNKNOWN, ConfidenceSums, Sum, UsefulnessSums, Version
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme
from jobsearch.programmes.rules import CONTRACT_DAYS, BlockKind

_Part = TypeVar("_Part")
_NOTHING = Sum(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be shown: a sum over answers, and how many people gave them."""

    ratio: Ratio
    people: int

    @property
    def n(self) -> int:
        """How many answers."""
        return self.ratio.denominator


@dataclass(frozen=True, slots=True)
class Line(Generic[_Part]):
    """A part with its share of "yes"; no figure where that would tell what one person said."""

    part: _Part
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of confidence: its mean on days 1, 6 and 12, and the mean change from 1 to 12."""

    item: ConfidenceItem
    means: Sequence[Figure | None]
    change: Figure | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A template version with both measures; None stands for groups made from no template."""

    version: Version | None
    useful: Figure | None
    means: Sequence[Figure | None]


@dataclass(frozen=True, slots=True)
class Trends:
    """A programme's pulses until the end of a day."""

    programme: Programme
    as_of: date
    useful: Figure | None
    kinds: list[Line[BlockKind]]
    days: list[Line[int]]
    items: list[ItemLine]
    versions: list[VersionLine]
    numbers: Sequence[int] = CONFIDENCE_DAYS

    @property
    def chart(self) -> list[int | None]:
        """The percentage of "yes" on each day by its number; None where it is not shown."""
        return [
            int(line.figure.ratio.percents() or 0) if line.figure else None for line in self.days
        ]

    @property
    def has_confidence(self) -> bool:
        """Whether any figure of confidence may be shown."""
        return any(mean for line in self.items for mean in line.means)


def show_trends(programme_id: str) -> Trends:
    """A programme's pulses until yesterday; six statements, however many there are.

    Raises NotVisible for another provider's programme.
    """
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    useful = sums.sum_usefulness(programme.id, this_day)
    confidence = sums.sum_confidence(programme.id, this_day)
    changes = sums.sum_changes(programme.id, this_day)
    return Trends(
        programme=programme,
        as_of=this_day - ONE_DAY,
        useful=_figure(useful.whole) if useful.whole.people >= FEWEST_SHOWN else None,
        kinds=_lines(list(BlockKind), useful.kinds),
        days=_lines(range(1, CONTRACT_DAYS + 1), useful.days),
        items=_items(confidence, changes),
        versions=_versions(sums.list_versions(programme.id), useful, confidence),
    )


def _figure(found: Sum) -> Figure:
    return Figure(Ratio(found.total, found.answers), found.people)


def _shown(parts: Sequence[_Part], found: Mapping[_Part, Sum]) -> dict[_Part, Figure | None]:
    """The figures of parts that make up a whole, without those that have to be hidden."""
    every = {part: found.get(part, _NOTHING) for part in parts}
    hidden = parts_hidden({part: one.people for part, one in every.items()})
    return {part: None if part in hidden else _figure(one) for part, one in every.items()}


def _lines(parts: Sequence[_Part], found: Mapping[_Part, Sum]) -> list[Line[_Part]]:
    return [Line(part, figure) for part, figure in _shown(parts, found).items()]


def _of_day(found: Mapping[tuple[_Part, int], Sum], number: int) -> dict[_Part, Sum]:
    return {part: one for (part, day), one in found.items() if day == number}


def _items(confidence: ConfidenceSums, changes: Mapping[ConfidenceItem, Sum]) -> list[ItemLine]:
    # the versions beside them tell the sum of the three items, so they are parts of a whole too
    by_day = {
        number: _shown(list(ConfidenceItem), _of_day(confidence.items, number))
        for number in CONFIDENCE_DAYS
    }
    return [
        ItemLine(
            item,
            [by_day[number][item] for number in CONFIDENCE_DAYS],
            _change(by_day[FIRST_TIME][item], by_day[LAST_TIME][item], changes.get(item)),
        )
        for item in ConfidenceItem
    ]


def _change(first: Figure | None, last: Figure | None, both: Sum | None) -> Figure | None:
    if first is None or last is None or both is None:
        return None
    only_once = first.n + last.n - 2 * both.answers
    return _figure(both) if is_change_shown(both.people, only_once) else None


def _versions(
    versions: Sequence[Version], useful: UsefulnessSums, confidence: ConfidenceSums
) -> list[VersionLine]:
    named: dict[str, Version | None] = {version.id: version for version in versions}
    if UNKNOWN in useful.versions or any(key == UNKNOWN for key, _day in confidence.versions):
        named[UNKNOWN] = None
    keys = list(named)
    shares = _shown(keys, useful.versions)
    means = [_shown(keys, _of_day(confidence.versions, number)) for number in CONFIDENCE_DAYS]
    return [
        VersionLine(version, shares[key], [by_key[key] for by_key in means])
        for key, version in named.items()
    ]
