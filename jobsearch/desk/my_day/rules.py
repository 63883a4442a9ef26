"""Where a working day is by the clock, and how its twelve days are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from jobsearch.core.periods import time_of
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_
from jobsearch.programmes.rules import BlockKind

_MORNING, _EVENING = 10, 17
LONG_DAY_MINUTES = 240


class DayState(StrEnum):
    """Where the day is."""

    AHEAD = "ahead"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the day: from which minute of the day, and how long."""

    kind: BlockKind
    starts_minute: int
    minutes: int
    text: Words

    @property
    def ends_minute(self) -> int:
        """The minute of the day on which it ends."""
        return self.starts_minute + self.minutes

    @property
    def starts(self) -> time:
        """The time of day at which it begins."""
        return time_of(self.starts_minute)

    @property
    def ends(self) -> time:
        """The time of day at which it ends."""
        return time_of(self.ends_minute)

    def title(self, language: str) -> str:
        """What it is called: the first line of its text."""
        return self.text.say(language).partition("\n")[0]

    def task(self, language: str) -> str:
        """What to do in it: the rest of its text."""
        return self.text.say(language).partition("\n")[2].strip()


@dataclass(frozen=True, slots=True)
class ByTheClock:
    """What is now, what comes next, and how many minutes of work are left."""

    state: DayState
    now: Block | None = None
    then: Block | None = None
    left: int = 0
    in_all: int = 0

    @property
    def is_closing(self) -> bool:
        """Whether the debrief runs or the day is over: now it is told how it went."""
        debriefs = self.now is not None and self.now.kind is BlockKind.DEBRIEF
        return debriefs or self.state is DayState.OVER

    @property
    def whole_hours(self) -> int:
        """Full hours of what is left."""
        return self.left // 60

    @property
    def odd_minutes(self) -> int:
        """Minutes beyond the full hours."""
        return self.left % 60


def by_the_clock(blocks: Sequence[Block], starts: int, minutes: int, minute: int) -> ByTheClock:
    """Where a day is at a minute of it.

    `blocks` stand in their order, `starts` is the minute on which the day begins and `minutes` how
    long it is. A gap between two blocks belongs to none: then only the next one is named.
    """
    if minute < starts:
        return ByTheClock(DayState.AHEAD, None, next(iter(blocks), None), minutes, minutes)
    left = starts + minutes - minute
    if left <= 0:
        return ByTheClock(DayState.OVER, in_all=minutes)
    now = next((b for b in blocks if b.starts_minute <= minute < b.ends_minute), None)
    then = next((b for b in blocks if b.starts_minute > minute), None)
    return ByTheClock(DayState.RUNNING, now, then, left, minutes)


def greeting(hour: int) -> str:
    """A greeting by the hour, with a gap for the name."""
    if hour < _MORNING:
        return N_("Good morning, %(name)s!")
    if hour < _EVENING:
        return N_("Hello, %(name)s!")
    return N_("Good evening, %(name)s!")
