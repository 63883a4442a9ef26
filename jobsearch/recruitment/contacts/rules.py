"""Attempts to reach somebody: how, with what result, and when to try next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import is_working_day
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.rules import CallWhy, Stage

FARTHEST = timedelta(days=183)


class ContactChannel(StrEnum):
    """How somebody was tried."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    MEETING = "meeting"


class ContactResult(StrEnum):
    """What came of it."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is written down of one attempt; without a next day she leaves the call list."""

    channel: ContactChannel
    result: ContactResult
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class After:
    """How the call list stands after an attempt."""

    call_on: date | None
    call_why: CallWhy | None
    tries: int
    is_contacted: bool


def next_try(today: date, tries: int, holidays: Collection[date]) -> date:
    """When to try again after so many attempts in vain: the next working day, later every second.

    People are missed at the same hour on the next day; the third time a pause of three days helps.
    """
    day = today + timedelta(days=1 if tries < 3 else 3)
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def check_next(next_on: date | None, today: date) -> None:
    """The next try is today or later, within half a year. Raises RuleBroken."""
    if next_on is None:
        return
    if next_on < today:
        raise RuleBroken(
            N_("The next call cannot be in the past. Choose today or a later day."), field="next_on"
        )
    if next_on > today + FARTHEST:
        raise RuleBroken(
            N_("The next call is more than half a year away. Choose an earlier day."),
            field="next_on",
        )


def check_answered(attempt: Attempt) -> None:
    """Who was not reached is tried again on a day, or her number is wrong. Raises RuleBroken."""
    open_end = (ContactResult.REACHED, ContactResult.WRONG_NUMBER)
    if attempt.next_on is None and attempt.result not in open_end:
        raise RuleBroken(N_("Say when to try again."), field="next_on")


def after(attempt: Attempt, stage: Stage, tries: int) -> After:
    """What an attempt changes: who is reached for the first time counts as contacted."""
    if attempt.result is ContactResult.REACHED:
        why = CallWhy.CALL_BACK if attempt.next_on else None
        return After(attempt.next_on, why, 0, is_contacted=stage is Stage.REFERRED)
    why = CallWhy.TRY_AGAIN if attempt.next_on else None
    return After(attempt.next_on, why, tries + 1, is_contacted=False)
