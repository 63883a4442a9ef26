"""When a person is asked how it goes, how often, and where each question stands; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.rules import Answer

ESF_MONTHS = 6
"""Regulation (EU) 2021/1057, annex I: results six months after leaving (law.md section 12)."""

MOST_MONTHS = 24
"""As far as the follow-up of a programme goes at most."""

MOST_REMINDERS = 2
NOT_REACHED = "not_reached"
"""The result of a call that nobody took."""

TRIES = 3
"""After so many calls in vain a person counts as unreached; she can be called again."""

_SEND_ON = (0, 5, 12)
"""Days from the opening on which the message and its two reminders go."""

_OVERDUE_AFTER = timedelta(days=14)


class Scheme(StrEnum):
    """What a programme's follow-up has to satisfy besides its own points."""

    USUAL = "usual"
    ESF_PLUS = "esf_plus"


class Way(StrEnum):
    """How an answer came."""

    NOTED = "noted"
    LINK = "link"
    CALL = "call"


class AskState(StrEnum):
    """Where one question to one person stands on a day."""

    AHEAD = "ahead"
    DUE = "due"
    ASKED = "asked"
    OVERDUE = "overdue"
    UNREACHED = "unreached"
    DECLINED = "declined"
    ANSWERED = "answered"
    UNKNOWN = "unknown"


WAITS_FOR_COACH = frozenset({AskState.DUE, AskState.ASKED, AskState.OVERDUE, AskState.UNREACHED})


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which one question can be answered, both inside, in the programme's zone."""

    point: int
    opens_on: date
    closes_on: date

    def holds(self, day: date) -> bool:
        """Whether the question can be answered on the day."""
        return self.opens_on <= day <= self.closes_on


def default_points(follow_up_months: int) -> tuple[int, ...]:
    """Months from the end where a programme says nothing: the end, and each month to the last."""
    return tuple(range(follow_up_months + 1))


def points_of(own: Iterable[int], scheme: Scheme) -> tuple[int, ...]:
    """The months from the end at which people are asked, in order."""
    extra = {ESF_MONTHS} if scheme is Scheme.ESF_PLUS else set()
    return tuple(sorted({*own} | extra))


def check_points(points: Iterable[int]) -> None:
    """Raise RuleBroken for no point at all, or one that is more than two years from the end."""
    chosen = list(points)
    if not chosen:
        raise RuleBroken(N_("Choose at least one time to ask."), "points")
    if not all(0 <= point <= MOST_MONTHS for point in chosen):
        raise RuleBroken(N_("People are asked at most two years from the end."), "points")


def window_of(point: int, ended_on: date) -> Window:
    """A question is open for a month, until the day before the next month's begins.

    So the windows of one person touch each other and never overlap.
    """
    opens, next_one = add_months(ended_on, point), add_months(ended_on, point + 1)
    return Window(point, opens, next_one - timedelta(days=1))


def window_on(points: Iterable[int], ended_on: date, day: date) -> Window | None:
    """The window that holds the day; None between two, before the first and after the last."""
    windows = (window_of(point, ended_on) for point in points)
    return next((one for one in windows if one.holds(day)), None)


def question_of(points: Iterable[int], ended_on: date, day: date) -> Window | None:
    """The question that an answer of the day belongs to: the last one that had opened by then."""
    windows = (window_of(point, ended_on) for point in points)
    opened = [one for one in windows if one.opens_on <= day]
    return max(opened, key=lambda one: one.point, default=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of one question: its window, what went out, the calls, and the answer."""

    window: Window
    sent: int = 0
    vain_calls: int = 0
    answer: Answer | None = None
    has_declined: bool = False


def ask_state(asked: Asked, today: date) -> AskState:
    """Where the question stands. Without an answer it is unknown once its window has closed.

    Unknown says nothing of work: it is never counted as in work or as not in work.
    """
    window = asked.window
    if asked.answer is not None:
        return AskState.UNKNOWN if asked.answer is Answer.UNKNOWN else AskState.ANSWERED
    if today < window.opens_on:
        return AskState.AHEAD
    if today > window.closes_on:
        return AskState.UNKNOWN
    if asked.has_declined:
        return AskState.DECLINED
    if asked.vain_calls >= TRIES:
        return AskState.UNREACHED
    if today - window.opens_on >= _OVERDUE_AFTER:
        return AskState.OVERDUE
    return AskState.ASKED if asked.sent else AskState.DUE


def may_send(asked: Asked, last_sent_on: date | None, today: date) -> bool:
    """Whether a message goes today: the first in the window, and at most two reminders.

    A reminder waits for its day, and never goes sooner after the last one than planned.
    """
    open_now = asked.window.holds(today) and not asked.has_declined and asked.answer is None
    if not open_now or asked.sent > MOST_REMINDERS:
        return False
    if asked.sent == 0:
        return True
    gap = _SEND_ON[asked.sent] - _SEND_ON[asked.sent - 1]
    return last_sent_on is None or today >= last_sent_on + timedelta(days=gap)


def check_open(window: Window | None, today: date) -> Window:
    """The window itself. Raises RuleBroken when nobody is asked on this day."""
    if window is None or not window.holds(today):
        raise RuleBroken(N_("The time for this question is over."))
    return window
