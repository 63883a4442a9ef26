"""When a participant checks in, tells in advance or says that her week is complete; who unlocks."""

from dataclasses import dataclass
from datetime import date

from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

OPENS_BEFORE = 15
"""Minutes before the day's beginning from which one can check in."""
LATE_AFTER = 10
"""Minutes after the beginning from which a check-in counts as late."""
LATE_CHOICES = (15, 30, 60, 120)


@dataclass(frozen=True, slots=True)
class DayToday:
    """Today's working day as a check-in finds it; minutes are counted from midnight."""

    starts_minute: int
    ends_minute: int
    mark: Mark | None


def is_open(day: DayToday, minute: int) -> bool:
    """Whether one can check in now: from a little before the beginning until the end."""
    return day.starts_minute - OPENS_BEFORE <= minute < day.ends_minute


def check_check_in(day: DayToday, minute: int) -> None:
    """A participant checks in only while the day runs, and not against her coach's mark.

    Raises RuleBroken.
    """
    if minute < day.starts_minute - OPENS_BEFORE:
        raise RuleBroken(
            N_("You can check in from %(minutes)d minutes before the start."), minutes=OPENS_BEFORE
        )
    if minute >= day.ends_minute:
        raise RuleBroken(N_("Today's working day is over. Tell your coach that you were there."))
    if day.mark is not None and day.mark is not Mark.PRESENT:
        raise RuleBroken(N_("Your coach has marked you away today. Tell your coach."))


def is_late(day: DayToday, minute: int) -> bool:
    """Whether a check-in at this minute is later than the beginning and a little."""
    return minute > day.starts_minute + LATE_AFTER


def check_notice(is_cancelled: bool, has_ended: bool, late_minutes: int | None) -> None:
    """A word in advance is about a day that is not over. Raises RuleBroken."""
    if is_cancelled:
        raise RuleBroken(N_("This day is cancelled: nobody works on it."), field="day")
    if has_ended:
        raise RuleBroken(N_("This day is over. Tell your coach."), field="day")
    if late_minutes is not None and late_minutes not in LATE_CHOICES:
        raise RuleBroken(N_("Choose how late you come."), field="what")


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One of a participant's days of a week, with what is marked of it."""

    on: date
    mark: Mark | None
    state: AttendanceState | None


def check_complete(days: list[OwnDay], today: date) -> None:
    """A week can be said to be complete when its last day has come and all of it is marked.

    Raises RuleBroken.
    """
    if not days:
        raise RuleBroken(N_("There are no working days in this week."))
    if any(day.on > today for day in days):
        raise RuleBroken(N_("The week has days that have not come yet."))
    if any(day.mark is None for day in days):
        raise RuleBroken(
            N_("A day of the week is not marked yet. Your coach marks it; look again then.")
        )


def check_unlock(states: list[AttendanceState], reason: str) -> None:
    """An approved week is opened again for a reason, unless a pay run has its hours.

    Raises RuleBroken.
    """
    if not reason.strip():
        raise RuleBroken(N_("Say why the week is opened again."), field="reason")
    if AttendanceState.LOCKED in states:
        raise RuleBroken(
            N_("A pay run has these hours. They are corrected in the next pay run, not here.")
        )
    if AttendanceState.APPROVED not in states:
        raise RuleBroken(N_("This week is not approved: it can be changed as it is."))
