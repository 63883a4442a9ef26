"""Today as a line of time: meetings, the work between them, talks, info sessions; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import ClassVar

from jobsearch.core.periods import time_of
from jobsearch.programmes.rules import BlockKind

LINES = 12
"""So many lines of a day are shown; a coach's day has fewer."""
MEETINGS = frozenset({BlockKind.MORNING_MEETING, BlockKind.DEBRIEF})
"""What a coach leads, each on a line of its own; what lies between is one line."""


class State(StrEnum):
    """Where something is by the clock."""

    DONE = "done"
    NOW = "now"
    AHEAD = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a group's day, in minutes from midnight."""

    cohort_id: str
    group: str
    coach: str | None
    kind: BlockKind
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Present:
    """How many of a group are marked, and how many of these are present."""

    present: int = 0
    marked: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """One booked talk, in minutes from midnight; `is_own` while she is in a group of this coach."""

    enrolment_id: str
    name: str
    group: str
    starts: int
    ends: int
    is_own: bool = True

    @property
    def at(self) -> time:
        """The time of day at which it begins."""
        return time_of(self.starts)


@dataclass(frozen=True, slots=True)
class UnwrittenTalk:
    """A talk behind, after which no next step was agreed; `has_note` whether it has a note."""

    enrolment_id: str
    name: str
    group: str
    on: date
    has_note: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the day."""

    starts: int
    ends: int
    state: State

    @property
    def at(self) -> time:
        """The time of day at which it begins."""
        return time_of(self.starts)

    @property
    def until(self) -> time:
        """The time of day at which it ends."""
        return time_of(self.ends)


@dataclass(frozen=True, slots=True)
class Meeting(Entry):
    """A morning meeting or a debrief of one group."""

    what: ClassVar[str] = "meeting"
    kind: BlockKind
    cohort_id: str
    group: str
    coach: str | None
    present: Present


@dataclass(frozen=True, slots=True)
class Stretch(Entry):
    """The work between two meetings, the same for every group that has it at these times."""

    what: ClassVar[str] = "stretch"
    kinds: Sequence[BlockKind]
    groups: Sequence[str]


@dataclass(frozen=True, slots=True)
class Talks(Entry):
    """Today's talks as one line: the booked ones, and how many times are still free."""

    what: ClassVar[str] = "talks"
    booked: Sequence[Talk]
    next: Talk | None
    free: int


@dataclass(frozen=True, slots=True)
class Session(Entry):
    """An info session, and how many of its places are taken."""

    what: ClassVar[str] = "session"
    id: str
    host: str
    taken: int
    capacity: int


@dataclass(frozen=True, slots=True)
class NextDay:
    """The next day of work after today, and who works on it, from when."""

    on: date
    at: time
    groups: Sequence[str]


class Hour(StrEnum):
    """Where the day is as a whole."""

    EMPTY = "empty"
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class TodaysProgramme:
    """Today's lines by time, and the next day of work."""

    entries: Sequence[Entry]
    next_day: NextDay | None

    @property
    def hour(self) -> Hour:
        """Before the first line, after the last, in between, or a day without any."""
        states = {entry.state for entry in self.entries}
        if not states:
            return Hour.EMPTY
        if states == {State.AHEAD}:
            return Hour.BEFORE
        return Hour.AFTER if states == {State.DONE} else Hour.DURING

    @property
    def shown(self) -> Sequence[Entry]:
        """The lines that fit, from a little before now on: of 150 groups nobody reads them all."""
        gone = sum(entry.state is State.DONE for entry in self.entries)
        first = max(0, min(gone - LINES // 4, len(self.entries) - LINES))
        return self.entries[first : first + LINES]

    @property
    def now(self) -> Sequence[Entry]:
        """What is on now."""
        return [entry for entry in self.entries if entry.state is State.NOW]

    @property
    def then(self) -> Entry | None:
        """What comes next."""
        return next((entry for entry in self.entries if entry.state is State.AHEAD), None)

    @property
    def next_talk(self) -> Talk | None:
        """The next booked talk, where it comes before anything else."""
        talks = (entry.next for entry in self.entries if isinstance(entry, Talks))
        found = next((talk for talk in talks if talk is not None), None)
        if found is None or (self.then is not None and self.then.starts < found.starts):
            return None
        return found

    @property
    def has_work(self) -> bool:
        """Whether a group of the reader works today."""
        return any(isinstance(entry, Meeting | Stretch) for entry in self.entries)

    @property
    def board(self) -> Meeting | None:
        """The meeting whose board is opened with one press: the one on now, else the next, else
        the latest.
        """
        meetings = [entry for entry in self.entries if isinstance(entry, Meeting)]
        for state in (State.NOW, State.AHEAD):
            for meeting in meetings:
                if meeting.state is state:
                    return meeting
        return meetings[-1] if meetings else None


def state_at(minute: int, starts: int, ends: int) -> State:
    """Where something is at a minute of the day."""
    if minute >= ends:
        return State.DONE
    return State.NOW if minute >= starts else State.AHEAD


def entries_of(blocks: Iterable[Block], present: Mapping[str, Present], minute: int) -> list[Entry]:
    """Meetings one by one; what lies between them once for all groups that have it alike.

    The blocks of a group come together, in their order.
    """
    found: list[Entry] = []
    alike: dict[tuple[int, int, tuple[BlockKind, ...]], list[str]] = {}
    for stretch in _stretches(blocks):
        first, ends = stretch[0], stretch[-1].ends
        if first.kind in MEETINGS:
            who = present.get(first.cohort_id, Present())
            state = state_at(minute, first.starts, ends)
            found.append(
                Meeting(
                    first.starts,
                    ends,
                    state,
                    first.kind,
                    first.cohort_id,
                    first.group,
                    first.coach,
                    who,
                )
            )
        else:
            kinds = tuple(dict.fromkeys(block.kind for block in stretch))
            alike.setdefault((first.starts, ends, kinds), []).append(first.group)
    for (starts, ends, kinds), groups in alike.items():
        state = state_at(minute, starts, ends)
        found.append(Stretch(starts, ends, state, kinds, sorted(groups)))
    return found


def _stretches(blocks: Iterable[Block]) -> list[list[Block]]:
    """Blocks of one group that follow each other without a meeting between them."""
    found: list[list[Block]] = []
    for block in blocks:
        last = found[-1][-1] if found else None
        goes_on = last is not None and last.cohort_id == block.cohort_id
        if goes_on and last is not None and not {last.kind, block.kind} & MEETINGS:
            found[-1].append(block)
        else:
            found.append([block])
    return found


def talks_of(booked: Sequence[Talk], free: Sequence[tuple[int, int]], minute: int) -> Talks | None:
    """Today's talks as one line, from the first to the last, with the times that are free; None
    where nothing is offered.

    A free time that has begun is free no more.
    """
    left = [one for one in free if one[0] > minute]
    times = [*((talk.starts, talk.ends) for talk in booked), *left]
    if not times:
        return None
    starts, ends = min(one[0] for one in times), max(one[1] for one in times)
    ahead = next((talk for talk in booked if talk.starts > minute), None)
    return Talks(starts, ends, state_at(minute, starts, ends), booked, ahead, len(left))


def by_time(entries: Iterable[Entry]) -> list[Entry]:
    """By time; what begins together stands with the shorter first, so that meetings lead."""
    return sorted(entries, key=lambda one: (one.starts, one.ends, _name_of(one)))


def _name_of(entry: Entry) -> str:
    return entry.group if isinstance(entry, Meeting) else ""


def next_day_of(days: Iterable[tuple[date, int, str]], today: date) -> NextDay | None:
    """The next day of work, of (day, first minute, group)."""
    ahead = sorted(day for day in days if day[0] > today)
    if not ahead:
        return None
    on = ahead[0][0]
    groups = sorted({group for day, _minute, group in ahead if day == on})
    return NextDay(on, time_of(ahead[0][1]), groups)
