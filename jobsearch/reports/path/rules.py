"""The way from introduction to work, and actions set beside outcomes without saying why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.ratios import Rate95, Ratio
from jobsearch.outcomes.rules import Answer, Followed, State, closes_on, state_on
from jobsearch.recruitment.rules import ORDER, ExitReason, Stage

BANDS: tuple[tuple[int, int | None], ...] = ((0, 0), (1, 9), (10, 19), (20, 29), (30, None))
"""Actions of one person, interviews left out as they are what actions lead to: from, to."""


class By(StrEnum):
    """By what the way is taken apart."""

    MUNICIPALITY = "municipality"
    MONTH = "month"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class StartedPeople:
    """People who started and are alike in everything that is asked of them here.

    `value` is where they come from (None where nobody introduced them), `band` the place of their
    actions in BANDS, `left_early` whether they had left before their group's last day.
    """

    value: str | None
    band: int
    ends_on: date
    found_on: date | None
    answer: Answer | None
    left_early: bool
    count: int

    def state(self, months: int, as_of: date) -> State:
        """Where they stand on a day."""
        window = closes_on(self.ends_on, months)
        return state_on(Followed(window, self.found_on, self.answer), as_of)


@dataclass(frozen=True, slots=True)
class After:
    """What came after the start, of so many who started.

    `running` are still there. Who left early may be in work as well: in work is counted of everyone
    who started.
    """

    started: int = 0
    finished: int = 0
    running: int = 0
    left_for_work: int = 0
    left_otherwise: int = 0
    in_work: int = 0

    def __add__(self, other: After) -> After:
        return After(
            self.started + other.started,
            self.finished + other.finished,
            self.running + other.running,
            self.left_for_work + other.left_for_work,
            self.left_otherwise + other.left_otherwise,
            self.in_work + other.in_work,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality, month or channel; all of them when it has no value."""

    value: str | None
    reached: Mapping[Stage, int]
    left: int
    after: After

    @property
    def introduced(self) -> int:
        """Everyone who was introduced."""
        return self.reached[Stage.REFERRED]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: how many came so far, of the step before and of all introduced."""

    key: str
    count: int
    of_before: Ratio
    of_all: Ratio


@dataclass(frozen=True, slots=True)
class Band:
    """Everyone who made so many actions, and how many of them found work.

    `left_open` are those still followed or not known; they stay in the denominator.
    """

    low: int
    high: int | None
    found: Rate95
    left_open: int

    @property
    def people(self) -> int:
        """How many made so many actions."""
        return self.found.ratio.denominator


BEFORE_START = ORDER[: ORDER.index(Stage.STARTED)]


def after_of(people: StartedPeople, months: int, as_of: date) -> After:
    """What came after the start of these people."""
    in_work = people.state(months, as_of) is State.FOUND_WORK
    early, over = people.left_early, people.ends_on <= as_of
    n = people.count
    return After(
        started=n,
        finished=n if over and not early else 0,
        running=n if not over and not early else 0,
        left_for_work=n if early and in_work else 0,
        left_otherwise=n if early and not in_work else 0,
        in_work=n if in_work else 0,
    )


def add_up(lines: Iterable[Line]) -> Line:
    """All lines together."""
    reached, left, after = dict.fromkeys(ORDER, 0), 0, After()
    for line in lines:
        left, after = left + line.left, after + line.after
        for stage in ORDER:
            reached[stage] += line.reached[stage]
    return Line(None, reached, left, after)


def steps_of(line: Line) -> list[Step]:
    """The way of a line: stages, start, the last day, and work.

    Finished and in work are both set against everyone who started, since who leaves early for a
    job is in work without having finished.
    """
    counts = [(stage.value, line.reached[stage]) for stage in BEFORE_START]
    befores = [line.introduced, *(count for _key, count in counts)]
    after = line.after
    counts += [("started", after.started), ("finished", after.finished), ("in_work", after.in_work)]
    befores += [after.started, after.started]
    return [
        Step(key, count, Ratio(count, before), Ratio(count, line.introduced))
        for (key, count), before in zip(counts, befores, strict=True)
    ]


def bands_of(people: Sequence[StartedPeople], months: int, as_of: date) -> list[Band]:
    """Everyone who started by how many actions each made; a band without anybody stays."""
    found: list[Band] = []
    for place, (low, high) in enumerate(BANDS):
        states = dict.fromkeys(State, 0)
        for one in people:
            if one.band == place:
                states[one.state(months, as_of)] += one.count
        rate = Rate95.of(states[State.FOUND_WORK], sum(states.values()))
        found.append(Band(low, high, rate, states[State.OPEN] + states[State.UNKNOWN]))
    return found


def reasons_in_order(
    exits: Mapping[tuple[Stage, ExitReason], int],
) -> list[tuple[Stage, ExitReason, int]]:
    """Who left, by the stage reached and the reason: stages in their order, the largest first."""
    rows = [(stage, reason, count) for (stage, reason), count in exits.items() if count]
    return sorted(rows, key=lambda row: (ORDER.index(row[0]), -row[2], row[1]))
