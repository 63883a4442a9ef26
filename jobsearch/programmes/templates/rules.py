"""What a template under way may be, and what it still lacks before a group can use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_
from jobsearch.programmes.rules import Aim, BlockKind, DayPlan, missing_aims, missing_parts

MOST_BLOCKS = 12
MOST_RESOURCES = 8
MOST_WEEKS = 3
_EARLIEST, _LATEST = 6 * 60, 20 * 60
_LONGEST_DAY = 600


@dataclass(frozen=True, slots=True)
class BlockDraft:
    """A block as it is typed; in each language the title and what participants read."""

    kind: BlockKind
    minutes: int
    titles: Words
    texts: Words
    aim: Aim | None
    notes: str

    def words(self) -> Words:
        """Title and text as they are kept: the first line is the title."""
        languages = [code for code in {**self.titles, **self.texts} if self.titles.get(code)]
        return Words(
            {code: f"{self.titles[code]}\n{self.texts.get(code, '')}".strip() for code in languages}
        )


@dataclass(frozen=True, slots=True)
class DayDraft:
    """A day as it is typed: its words, when it begins, and its paid minutes."""

    title: Words
    starts_minute: int
    paid_minutes: int


@dataclass(frozen=True, slots=True)
class Lack:
    """What a day lacks; `over` is positive where its blocks are longer than its paid hours."""

    kinds: Sequence[BlockKind]
    aims: Sequence[Aim]
    over: int


def lacks_of(days: Iterable[DayPlan]) -> list[Lack]:
    """What each day lacks, in order; what stops a group is told by `check_template`."""
    return [
        Lack(
            missing_parts(block.kind for block in day.blocks),
            missing_aims(block.aim for block in day.blocks),
            sum(block.minutes for block in day.blocks) - day.paid_minutes,
        )
        for day in days
    ]


def check_open(is_frozen: bool) -> None:
    """A template that a group uses is never changed. Raises RuleBroken."""
    if is_frozen:
        raise RuleBroken(
            N_("A group uses this template, so it stays as it is. Copy it and change the copy.")
        )


def check_day(draft: DayDraft) -> None:
    """A day has a title, begins between 6 and 20, and has at most ten paid hours.

    Raises RuleBroken.
    """
    if not draft.title.say("fi"):
        raise RuleBroken(N_("Enter a title in at least one language."), field="title_fi")
    if not _EARLIEST <= draft.starts_minute <= _LATEST:
        raise RuleBroken(N_("A day begins between 6 and 20 o'clock."), field="starts")
    if not 1 <= draft.paid_minutes <= _LONGEST_DAY:
        raise RuleBroken(N_("A day has at most 10 paid hours."), field="paid")


def check_block(draft: BlockDraft, blocks: int) -> None:
    """A block has a title and some minutes, and a day has few of them. Raises RuleBroken."""
    if not draft.words():
        raise RuleBroken(N_("Enter a title in at least one language."), field="title_fi")
    if not 5 <= draft.minutes <= _LONGEST_DAY:
        raise RuleBroken(N_("A block takes from 5 minutes to 10 hours."), field="minutes")
    if blocks >= MOST_BLOCKS:
        raise RuleBroken(N_("A day has at most %(most)d blocks."), most=MOST_BLOCKS)


def check_resource(title: str, url: str | None, resources: int) -> None:
    """A link has a title and leads to a page of the web. Raises RuleBroken."""
    if not title:
        raise RuleBroken(N_("Say what the link or the file is."), field="title")
    if resources >= MOST_RESOURCES:
        raise RuleBroken(N_("A block has at most %(most)d links and files."), most=MOST_RESOURCES)
    if url is None:
        return
    if not _is_of_the_web(url):
        raise RuleBroken(N_("Enter the whole address, beginning with https://."), field="url")


def _is_of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that is left open
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username


def check_place(week: int, weekday: int, taken: Iterable[tuple[int, int]]) -> None:
    """A day stands on a weekday of one of three weeks where none stands yet. Raises RuleBroken."""
    if not 1 <= week <= MOST_WEEKS or not 0 <= weekday <= 4:
        raise RuleBroken(N_("Choose a weekday of one of the three weeks."), field="weekday")
    if (week, weekday) in set(taken):
        raise RuleBroken(N_("The template has a day there already."), field="weekday")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the three weeks fall inside a wage-subsidised job."""

    at_midpoint: date
    before_end: date


def placements(first: date, last: date) -> Placement:
    """The two places of a three-week block inside a job: its midpoint and one month before its end.

    Both are counted from the job's own dates, as subsidised jobs are of many lengths; each is
    brought to a Monday. Raises RuleBroken when the job is shorter than three months.
    """
    if add_months(first, 3) > last + timedelta(days=1):
        raise RuleBroken(
            N_("The job is shorter than three months: the block does not fit in it twice."),
            field="last",
        )
    return Placement(_monday(first + (last - first) / 2), _monday(add_months(last, -1)))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
