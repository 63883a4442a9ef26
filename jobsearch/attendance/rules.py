"""How a marked day becomes paid minutes, and who settles what when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import round_half_up
from jobsearch.core.text import mark as N_


class Mark(StrEnum):
    """What is known of a person's day. No reason of absence beyond its payroll kind is kept."""

    PRESENT = "present"
    PAID_ABSENCE = "paid_absence"
    HALF_PAID_ABSENCE = "half_paid_absence"
    UNPAID_ABSENCE = "unpaid_absence"
    UNSETTLED_ABSENCE = "unsettled_absence"


MARK_NAMES: dict[Mark, str] = {
    Mark.PRESENT: N_("Present"),
    Mark.PAID_ABSENCE: N_("Away, paid"),
    Mark.HALF_PAID_ABSENCE: N_("Away, half pay"),
    Mark.UNPAID_ABSENCE: N_("Away, unpaid"),
    Mark.UNSETTLED_ABSENCE: N_("Away, kind to be settled"),
}
SETTLED = (Mark.PAID_ABSENCE, Mark.HALF_PAID_ABSENCE, Mark.UNPAID_ABSENCE)
"""What an absence can be settled as: the payroll kind only, never a reason."""


MOST_A_DAY = 8 * 60
"""Minutes of a regular working day at most (working time act 872/2019, section 5)."""


class AttendanceState(StrEnum):
    """marked → approved by the manager (or opened again, by name) → locked by a pay run."""

    MARKED = "marked"
    APPROVED = "approved"
    LOCKED = "locked"


STATE_NAMES: dict[AttendanceState, str] = {
    AttendanceState.MARKED: N_("Marked"),
    AttendanceState.APPROVED: N_("Approved"),
    AttendanceState.LOCKED: N_("In a pay run"),
}
NEXT: dict[AttendanceState, frozenset[AttendanceState]] = {
    AttendanceState.MARKED: frozenset({AttendanceState.APPROVED}),
    AttendanceState.APPROVED: frozenset({AttendanceState.LOCKED, AttendanceState.MARKED}),
    AttendanceState.LOCKED: frozenset(),
}


def check_step(state: AttendanceState, to: AttendanceState) -> None:
    """Raises RuleBroken when a marked day cannot go from one state to the other."""
    if to not in NEXT[state]:
        raise RuleBroken(N_("These hours are %(state)s already."), state=state.value)


def paid_minutes_of(mark: Mark, planned: int, worked: int | None = None) -> int:
    """The paid minutes of a day: what was worked, or all that was planned.

    An unpaid or unsettled absence pays nothing yet; a paid one pays the planned minutes, one on
    half pay half of them (Employment Contracts Act 2:11: sick pay under a month). Raises
    RuleBroken for more than was planned (working time act 872/2019: the agreed hours are paid).
    """
    if mark in {Mark.UNPAID_ABSENCE, Mark.UNSETTLED_ABSENCE}:
        return 0
    if mark is Mark.HALF_PAID_ABSENCE:
        return round_half_up(planned, 2)
    if mark is Mark.PAID_ABSENCE or worked is None:
        return planned
    if not 0 < worked <= planned:
        raise RuleBroken(
            N_("The hours of a day present are above 0 and at most what was planned."),
            field="worked",
        )
    return worked


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A working day as marking finds it; `state` is None while nothing is marked."""

    on: date
    is_cancelled: bool
    state: AttendanceState | None
    left_on: date | None = None


def check_marking(day: MarkedDay, today: date) -> None:
    """A day is marked once it has come, while it is not cancelled and not approved yet.

    Raises RuleBroken.
    """
    if day.is_cancelled:
        raise RuleBroken(N_("This day is cancelled: nobody works on it."))
    if day.on > today:
        raise RuleBroken(N_("This day has not come yet."))
    if day.left_on is not None and day.on > day.left_on:
        raise RuleBroken(N_("This person had left the group by then."))
    if day.state is AttendanceState.APPROVED:
        raise RuleBroken(N_("These hours are approved: ask the manager."))
    if day.state is AttendanceState.LOCKED:
        raise RuleBroken(N_("These hours are in a pay run and cannot change."))


def check_settlement(mark: Mark, to: Mark) -> None:
    """Only an absence is settled, and only as paid or unpaid. Raises RuleBroken."""
    if mark is Mark.PRESENT:
        raise RuleBroken(N_("This person was present: there is no absence to settle."))
    if to not in SETTLED:
        raise RuleBroken(
            N_("Choose whether the absence is paid, half paid or unpaid."), field="mark"
        )


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One person's working day of a week that somebody approves; no mark means not marked yet."""

    on: date
    mark: Mark | None


def check_week(days: Iterable[PersonDay], today: date) -> None:
    """A week is approved when it is over, everyone is marked and every absence is settled.

    Raises RuleBroken with how many person-days stand in the way.
    """
    rows = list(days)
    if not rows:
        raise RuleBroken(N_("There is nothing to approve in this week."))
    if any(row.on > today for row in rows):
        raise RuleBroken(N_("The week has days that have not come yet."))
    missing = sum(row.mark is None for row in rows)
    if missing:
        raise RuleBroken(
            N_("Not marked yet: %(count)d person-days. Mark them first."), count=missing
        )
    unsettled = sum(row.mark is Mark.UNSETTLED_ABSENCE for row in rows)
    if unsettled:
        raise RuleBroken(
            N_("Absences to be settled: %(count)d. Say first whether they are paid."),
            count=unsettled,
        )


def check_extra(mark: Mark, state: AttendanceState, planned: int, extra: int) -> None:
    """Extra hours belong to a day that somebody was present, and stay within a working day.

    Over eight hours a day begins overtime (working time act 872/2019), which pay here does not
    know. Raises RuleBroken.
    """
    if mark is not Mark.PRESENT:
        raise RuleBroken(N_("Extra hours belong to a day that the person was present."))
    if state is AttendanceState.LOCKED:
        raise RuleBroken(N_("These hours are in a pay run and cannot change."))
    if extra < 0:
        raise RuleBroken(N_("Hours are not below zero."), field="extra")
    if planned + extra > MOST_A_DAY:
        raise RuleBroken(
            N_("Over 8 hours a day is overtime, which pay here does not know."), field="extra"
        )
