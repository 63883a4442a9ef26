"""What a pulse asks when, and which sums may be shown without telling what one person said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import time_of
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_
from jobsearch.feedback.rules import FEWEST_SHOWN, HIGHEST, LOWEST, check_score
from jobsearch.programmes.rules import BlockKind

__all__ = ["FEWEST_SHOWN", "HIGHEST", "LOWEST"]

CONFIDENCE_DAYS = (1, 6, 12)
"""The days of a group on which confidence is asked (issue 5, point 9; evidence, lever 9)."""
CLEARLY_LOWER = 2
"""Confidence has gone down when later scores are lower by so many points in all, over the same
items: one step on one item is the mood of a day."""
FIRST_TIME, LAST_TIME = CONFIDENCE_DAYS[0], CONFIDENCE_DAYS[-1]

_Part = TypeVar("_Part")


class Usefulness(StrEnum):
    """Whether a block of the day was useful."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


USEFULNESS_NAMES: dict[Usefulness, str] = {
    Usefulness.YES: N_("Yes"),
    Usefulness.PARTLY: N_("Partly"),
    Usefulness.NO: N_("No"),
}


class ConfidenceItem(StrEnum):
    """What a person believes that she can do: job-search self-efficacy, on a scale from 1 to 5."""

    NEXT_STEP = "next_step"
    EMPLOYER = "employer"
    BELIEF = "belief"


ITEM_NAMES: dict[ConfidenceItem, str] = {
    ConfidenceItem.NEXT_STEP: N_("I know what to do next to find work."),
    ConfidenceItem.EMPLOYER: N_("I can contact an employer by myself."),
    ConfidenceItem.BELIEF: N_("I believe that I will find work."),
}


@dataclass(frozen=True, slots=True)
class DayBlock:
    """A block of a group's day, and what its participant has said of it."""

    id: str
    on: date
    starts_minute: int
    minutes: int
    kind: BlockKind
    text: Words
    usefulness: Usefulness | None = None

    @property
    def ends_minute(self) -> int:
        """The minute of the day on which it ends."""
        return self.starts_minute + self.minutes

    @property
    def starts(self) -> time:
        """The time of day at which it begins."""
        return time_of(self.starts_minute)

    def title(self, language: str) -> str:
        """What it is called: the first line of its text; empty where it has none."""
        return self.text.say(language).partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked on the start page now: about a block, else confidence of a day by its number.

    `left` says how many of the three items are not answered yet.
    """

    block: DayBlock | None = None
    day_number: int | None = None
    left: int = 0


def begun(blocks: Iterable[DayBlock], minute: int) -> list[DayBlock]:
    """The blocks of a day that have begun at a minute of it."""
    return [block for block in blocks if block.starts_minute <= minute]


def confidence_day(days: Sequence[date], today: date) -> int | None:
    """Which of the days 1, 6 and 12 is asked about: the latest that has come, until the next one.

    `days` are a group's working days in order. The last of them counts as the twelfth, also where
    one was cancelled. None before the first day and after the last.
    """
    if not days or not days[0] <= today <= days[-1]:
        return None
    if today == days[-1]:
        return LAST_TIME
    middle = CONFIDENCE_DAYS[1]
    return middle if len(days) > middle and today >= days[middle - 1] else FIRST_TIME


def what_to_ask(
    blocks: Sequence[DayBlock], minute: int, number: int | None, answered: int
) -> Ask | None:
    """The one thing to ask now: the latest block that has ended and has no answer, else confidence.

    `blocks` are today's, `number` is the day whose confidence is asked, `answered` how many of its
    items have an answer.
    """
    open_ones = [
        block for block in blocks if block.ends_minute <= minute and block.usefulness is None
    ]
    if open_ones:
        return Ask(block=max(open_ones, key=lambda block: block.ends_minute))
    left = len(ConfidenceItem) - answered
    return Ask(day_number=number, left=left) if number is not None and left > 0 else None


def check_seat(has_left: bool, last_day: date, today: date) -> None:
    """Who has left, or whose group is over, answers no more. Raises RuleBroken."""
    if has_left:
        raise RuleBroken(N_("You have left this group. You cannot answer any more."))
    if today > last_day:
        raise RuleBroken(N_("Your group is over. You cannot answer any more."))


def check_block(on: date, starts_minute: int, is_cancelled: bool, today: date, minute: int) -> None:
    """A block is answered on its own day, from its beginning on. Raises RuleBroken."""
    if is_cancelled:
        raise RuleBroken(N_("This day is cancelled."))
    if on > today or (on == today and minute < starts_minute):
        raise RuleBroken(N_("This part has not begun yet. Answer when it has."))
    if on < today:
        raise RuleBroken(N_("This day is over. You can answer about today."))


def check_confidence(number: int, asked: int | None, score: int) -> None:
    """Confidence is answered from its day until the next such day. Raises RuleBroken."""
    check_score(score)
    if number not in CONFIDENCE_DAYS or asked is None or number > asked:
        raise RuleBroken(N_("This day has not come yet."))
    if number < asked:
        raise RuleBroken(N_("These questions are closed. There are new ones now."))


def parts_hidden(people: Mapping[_Part, int]) -> frozenset[_Part]:
    """Which parts of a total are not shown, by how many people answered in each.

    A part of fewer than five people is hidden; and as the total beside the others would tell it,
    the smallest of the others is hidden with it. So what a reader can subtract is always a sum of
    five people or more. A part that nobody answered looks like one that few did.
    """
    hidden = {part for part, count in people.items() if count < FEWEST_SHOWN}
    large = [part for part in people if part not in hidden]
    if large and any(people[part] for part in hidden):
        hidden.add(min(large, key=lambda part: people[part]))
    return frozenset(hidden)


def is_change_shown(both: int, only_once: int) -> bool:
    """Whether the mean change of those who answered twice may stand beside the means of each time.

    `only_once` are the answers of those who answered at one of the two times alone: the three
    figures together tell their sum, so they are five or more, or none.
    """
    return both >= FEWEST_SHOWN and (only_once == 0 or only_once >= FEWEST_SHOWN)


def has_fallen(scores: Iterable[tuple[str, int, int]]) -> bool:
    """Whether a person's later scores are clearly lower than her first ones, over the same items.

    Each score is its item, the number of its day, and the score.
    """
    by_item: dict[str, dict[int, int]] = {}
    for item, day_number, score in scores:
        by_item.setdefault(item, {})[day_number] = score
    fall = sum(found[min(found)] - found[max(found)] for found in by_item.values())
    return fall >= CLEARLY_LOWER
