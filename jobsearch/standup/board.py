"""The board as it is drawn: pure shapes made of what the queries found."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jobsearch.attendance.rules import Mark
from jobsearch.core.text import Words
from jobsearch.people.models import BoardName
from jobsearch.people.rules import counts_everyone
from jobsearch.standup.rules import (
    MINUTES,
    Phase,
    Shown,
    Step,
    Timer,
    board_names,
    phase_after,
    phase_before,
    steps_of,
)
from jobsearch.standup.words.rules import Cheer, News, Plan
from jobsearch.tracker.rules import ACTIVITIES, NO_FIGURES, SEARCH_ACTIVITIES, Activity, Figures

Pair = tuple[int, int]
"""Done and goal."""
_WITH_GOAL = frozenset(SEARCH_ACTIVITIES)


@dataclass(frozen=True, slots=True)
class Piece:
    """One day of the ribbon over the whole programme."""

    state: str
    long: bool
    new_week: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The day on the board, its group and its meeting; no timer before the meeting begins."""

    cohort_id: str
    version: int
    group: str
    place: str
    day_id: str
    on: date
    number: int
    count: int
    starts_minute: int
    title: str
    task: str | None
    language: str
    timer: Timer | None
    turn: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A person of the group as the database gives her, with what she said today.

    `meant_to` is the next step that she named in the debrief of the day before.
    """

    enrolment_id: str
    person_id: str
    given_name: str
    family_name: str
    choice: BoardName
    mark: Mark | None
    plan: Plan | None
    learned: str
    next_step: str
    meant_to: str
    asks_help: bool
    news: dict[News, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One activity of one person today; a goal can be set for three of the four."""

    activity: Activity
    done: int
    goal: int
    has_goal: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A person on the board: name as she chose it, present or away, today and yesterday.

    Her plan of today, whether she asks for help, the step that she named last time, and what she
    says in the debrief.
    """

    enrolment_id: str
    name: str
    is_present: bool
    is_away: bool
    is_turn: bool
    keys: str
    cells: tuple[Cell, ...]
    yesterday: Pair | None
    plan: Plan | None
    asks_help: bool
    meant_to: str
    learned: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board. Who chose to be only in the totals has no row.

    The totals count her as soon as nobody can work her figures out from them (`counts_everyone`).
    """

    day: Day
    rows: tuple[Row, ...]
    hidden: int
    present: int
    people: int
    today: tuple[Pair, ...]
    yesterday: tuple[Pair, ...] | None
    cheers: tuple[Cheer, ...]
    seconds_left: int

    @property
    def said(self) -> tuple[Row, ...]:
        """Who has said something about the day, or written it because she is away."""
        return tuple(row for row in self.rows if row.learned or row.next_step)

    @property
    def phase(self) -> Phase | None:
        """The phase that runs, none before the meeting."""
        return self.day.timer.phase if self.day.timer else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The phases of the morning, or the wrap-up."""
        return tuple(steps_of(self.phase, self.day.starts_minute))

    @property
    def is_wrap_up(self) -> bool:
        """The day is being closed: results are counted, goals stand."""
        return self.phase is Phase.WRAP_UP

    @property
    def is_paused(self) -> bool:
        """The timer stands still, or has not begun."""
        return self.day.timer is None or self.day.timer.paused_at is not None

    @property
    def next_phase(self) -> Phase | None:
        """Where the button leads; None on the last."""
        if self.phase is None:
            return Phase.ATTENDANCE
        after = phase_after(self.phase)
        return None if after is self.phase else after

    @property
    def last_phase(self) -> Phase | None:
        """Where the way back leads; None on the first."""
        if self.phase is None:
            return None
        before = phase_before(self.phase)
        return None if before is self.phase else before

    @property
    def topic(self) -> str:
        """The day's title in the reader's language."""
        return _say(self.day.title, self.day.language)

    @property
    def task(self) -> str:
        """What to do before the debrief, in the reader's language."""
        return _say(self.day.task, self.day.language).partition("\n")[2]


def _say(stored: str | None, language: str) -> str:
    return Words(json.loads(stored)).say(language) if stored else ""


_Days = Mapping[str, Figures]


def board_of(
    *, day: Day, lines: Sequence[Line], today: _Days, yesterday: _Days | None, now: datetime
) -> Board:
    """Put the board together; rows and totals are of those who have a seat."""
    names = board_names(Shown(one.given_name, one.family_name, one.choice) for one in lines)
    named = [(line, name) for line, name in zip(lines, names, strict=True) if name is not None]
    keys = _keys([line.enrolment_id for line, _name in named], day.turn)
    hidden = len(lines) - len(named)
    counted = lines if counts_everyone(hidden) else [line for line, _name in named]
    seconds = day.timer.seconds_left(now) if day.timer else MINUTES[Phase.ATTENDANCE] * 60
    return Board(
        day=day,
        rows=tuple(_row(line, name, day.turn, keys, today, yesterday) for line, name in named),
        hidden=hidden,
        present=sum(line.mark is Mark.PRESENT for line in lines),
        people=len(lines),
        today=_totals(counted, today),
        yesterday=None if yesterday is None else _totals(counted, yesterday),
        cheers=_cheers(lines, names),
        seconds_left=seconds,
    )


def _keys(ids: Sequence[str], turn: str | None) -> dict[str, str]:
    """Which row the arrow keys give the turn to: the ones beside the row whose turn it is."""
    if turn not in ids:
        return {ids[0]: "ArrowDown"} if ids else {}
    here = ids.index(turn)
    keys = {ids[here + 1]: "ArrowDown"} if here + 1 < len(ids) else {}
    return keys | ({ids[here - 1]: "ArrowUp"} if here else {})


def _row(
    line: Line,
    name: str,
    turn: str | None,
    keys: dict[str, str],
    today: _Days,
    before: _Days | None,
) -> Row:
    figures = today.get(line.enrolment_id, NO_FIGURES)
    earlier = None if before is None else before.get(line.enrolment_id, NO_FIGURES)
    return Row(
        enrolment_id=line.enrolment_id,
        name=name,
        is_present=line.mark is Mark.PRESENT,
        is_away=line.mark is not None and line.mark is not Mark.PRESENT,
        is_turn=line.enrolment_id == turn,
        keys=keys.get(line.enrolment_id, ""),
        cells=tuple(
            Cell(
                kind,
                figures.done.get(kind, 0),
                figures.goals.get(kind, 0),
                kind in SEARCH_ACTIVITIES,
            )
            for kind in ACTIVITIES
        ),
        yesterday=None if earlier is None else (earlier.done_in_all, earlier.goal_in_all),
        plan=line.plan,
        asks_help=line.asks_help,
        meant_to=line.meant_to,
        learned=line.learned,
        next_step=line.next_step,
    )


def _totals(lines: Sequence[Line], figures: _Days) -> tuple[Pair, ...]:
    """Done and goal of the group by activity, then in all."""
    of_group = [figures.get(line.enrolment_id, NO_FIGURES) for line in lines]
    done = [sum(one.done.get(kind, 0) for one in of_group) for kind in ACTIVITIES]
    goal = [sum(one.goals.get(kind, 0) for one in of_group) for kind in ACTIVITIES]
    return (*zip(done, goal, strict=True), (sum(done), sum(goal)))


def _cheers(lines: Sequence[Line], names: Sequence[str | None]) -> tuple[Cheer, ...]:
    """What is celebrated, jobs first: by the name she chose, without one the group is cheered."""
    found = [
        Cheer(news, name, words if name else "")
        for line, name in zip(lines, names, strict=True)
        for news, words in line.news.items()
    ]
    return tuple(sorted(found, key=lambda cheer: cheer.news is not News.JOB))
