"""What a coach's and a manager's day shows: today's groups, all groups by phase, and alerts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, literal, or_, select, true

from jobsearch.accounts.models import Account
from jobsearch.analyses.models import Analysis
from jobsearch.analyses.rules import AnalysisState
from jobsearch.attendance.models import Attendance, AttendanceState
from jobsearch.cohorts.models import (
    Cohort,
    CohortBlock,
    CohortDay,
    CohortState,
    Enrolment,
    EnrolmentState,
)
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.periods import time_of, week_of
from jobsearch.desk.my_day.rules import LONG_DAY_MINUTES
from jobsearch.desk.staff.alerts.queries import (
    list_hour_alerts,
    list_silent,
    list_waiting,
)
from jobsearch.desk.staff.rules import (
    Alert,
    Concern,
    GroupFigures,
    GroupPhase,
    alerts_of_group,
    in_order,
    phase_of,
)
from jobsearch.desk.unreached.queries import count_unreached
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.rules import WORK
from jobsearch.programmes.models import Programme
from jobsearch.programmes.rules import BlockKind
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity

CARDS = 12
ALERTS = 12
_FOLLOWED = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Piece:
    """One day of a group's ribbon."""

    state: str
    long: bool
    new_week: bool


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group with the ribbon of its days; `place` is the number of the latest that has come."""

    figures: GroupFigures
    ribbon: Sequence[Piece]
    place: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """One thing on today's programme."""

    cohort_id: str
    group: str
    coach: str | None
    kind: BlockKind
    at: time
    state: str


@dataclass(frozen=True, slots=True)
class StaffDay:
    """Everything on the day page of a coach or a manager."""

    today: date
    alerts: Sequence[Alert]
    alert_count: int
    meetings: Sequence[Meeting]
    phases: dict[GroupPhase, Sequence[GroupCard]]
    counts: dict[GroupPhase, int]

    def boards(self) -> list[tuple[str, str]]:
        """Today's groups, each once: (key, name)."""
        return list(dict.fromkeys((one.cohort_id, one.group) for one in self.meetings))


def staff_day(actor: Actor) -> StaffDay:
    """The day of a coach (her own groups, and those without a coach) or of a manager (all)."""
    at = local(now(), actor.zone)
    today = at.date()
    groups = _own_groups(actor)
    figures = _list_groups(today, groups, is_manager=actor.role is Role.MANAGER)
    alerts = _alerts(actor, today, groups, figures)
    by_phase: dict[GroupPhase, list[GroupFigures]] = {phase: [] for phase in GroupPhase}
    for group in figures:
        if (phase := phase_of(group, today)) is not None:
            by_phase[phase].append(group)
    running = {group.id: group for group in by_phase[GroupPhase.RUNNING][:CARDS]}
    ribbons, meetings = _days_of(running, today, at.hour * 60 + at.minute)
    return StaffDay(
        today=today,
        alerts=alerts[:ALERTS],
        alert_count=len(alerts),
        meetings=meetings,
        phases={
            phase: [_card(group, ribbons.get(group.id, [])) for group in found[:CARDS]]
            for phase, found in by_phase.items()
        },
        counts={phase: len(found) for phase, found in by_phase.items()},
    )


def look_over(actor: Actor) -> tuple[list[Alert], list[GroupFigures]]:
    """Everything that the actor should see to, and the groups that she sees."""
    day, groups = local(now(), actor.zone).date(), _own_groups(actor)
    figures = _list_groups(day, groups, is_manager=actor.role is Role.MANAGER)
    return _alerts(actor, day, groups, figures), figures


def _own_groups(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.MANAGER:
        return true()
    return or_(Cohort.coach_id == actor.account_id, Cohort.coach_id.is_(None))


def _alerts(
    actor: Actor, today: date, groups: ColumnElement[bool], figures: Sequence[GroupFigures]
) -> list[Alert]:
    found = [*list_hour_alerts(today, groups), *list_silent(today, groups)]
    found += list_waiting(actor.account_id if actor.role is Role.MANAGER else None)
    if unreached := count_unreached(actor):
        found.append(Alert(Concern.UNREACHED, count=unreached))
    for group in figures:
        found += alerts_of_group(group, today)
    return in_order(found)


def _card(group: GroupFigures, ribbon: Sequence[Piece]) -> GroupCard:
    return GroupCard(group, ribbon, sum(piece.state in ("done", "today") for piece in ribbon))


def _count(*conditions: ColumnElement[bool], of: Any, through: Any = None) -> ScalarSelect[int]:
    """How many rows of a table a cohort has, through its enrolments."""
    statement = select(func.count(func.distinct(of))).select_from(Enrolment)
    if through is not None:
        statement = statement.join(through, through.enrolment_id == Enrolment.id)
    return (
        statement.where(Enrolment.cohort_id == Cohort.id, *conditions)
        .correlate(Cohort)
        .scalar_subquery()
    )


def _list_groups(
    today: date, groups: ColumnElement[bool], *, is_manager: bool
) -> list[GroupFigures]:
    """Groups that are coming, at work or followed, with their counts; one statement."""
    here = Enrolment.state != EnrolmentState.WITHDREW
    monday = week_of(today).first
    statement: Select[*tuple[Any, ...]] = (
        select(
            Cohort.id,
            Cohort.name,
            Cohort.programme_id,
            Account.name,
            Cohort.starts_on,
            Cohort.ends_on,
            Cohort.seats,
            Programme.follow_up_months,
            _count(here, of=Enrolment.id),
            _count(here, FollowUp.asked_on > Cohort.ends_on, of=Enrolment.id, through=FollowUp),
            _count(here, Outcome.kind.in_(WORK), of=Enrolment.id, through=Outcome),
            _count(here, Analysis.state != AnalysisState.DRAFT, of=Enrolment.id, through=Analysis),
            _unapproved(monday) if is_manager else literal(0),
            _interviews(monday, today),
        )
        .join(Programme, Programme.id == Cohort.programme_id)
        .outerjoin(Account, Account.id == Cohort.coach_id)
        .where(groups, Cohort.state == CohortState.OPEN, Cohort.ends_on >= today - _FOLLOWED)
        .order_by(Cohort.ends_on, Cohort.name, Cohort.id)
    )
    return [GroupFigures(*row) for row in db.session.execute(statement)]


def _unapproved(before: date) -> ScalarSelect[int]:
    """Days of people that are marked and not approved, of the weeks behind."""
    return (
        select(func.count(Attendance.id))
        .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
        .where(
            CohortDay.cohort_id == Cohort.id,
            CohortDay.on < before,
            Attendance.state == AttendanceState.MARKED,
        )
        .correlate(Cohort)
        .scalar_subquery()
    )


def _interviews(first: date, last: date) -> ScalarSelect[int]:
    """Interviews that were logged from a day to a day."""
    return (
        select(func.coalesce(func.sum(Action.count), 0))
        .where(
            Action.cohort_id == Cohort.id,
            Action.activity == Activity.INTERVIEW,
            Action.undone_at.is_(None),
            Action.on.between(first, last),
        )
        .correlate(Cohort)
        .scalar_subquery()
    )


def _days_of(
    running: Mapping[str, GroupFigures], today: date, minute: int
) -> tuple[dict[str, list[Piece]], list[Meeting]]:
    """The ribbons of groups at work, and what is on today's programme by the clock."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            CohortDay.cohort_id,
            CohortDay.on,
            CohortDay.week,
            CohortDay.paid_minutes,
            CohortBlock.kind,
            CohortBlock.starts_minute,
            CohortBlock.minutes,
        )
        .outerjoin(
            CohortBlock, and_(CohortBlock.cohort_day_id == CohortDay.id, CohortDay.on == today)
        )
        .where(CohortDay.cohort_id.in_(list(running)), CohortDay.cancelled_at.is_(None))
        .order_by(CohortDay.cohort_id, CohortDay.on, CohortBlock.position)
    )
    ribbons: dict[str, list[Piece]] = {}
    meetings: list[Meeting] = []
    before: tuple[str, date, int] | None = None
    for key, on, week, length, kind, starts, minutes in db.session.execute(statement):
        if before is None or before[:2] != (key, on):
            new_week = before is not None and before[0] == key and before[2] != week
            piece = Piece(_day_state(on, today), length >= LONG_DAY_MINUTES, new_week)
            ribbons.setdefault(key, []).append(piece)
        before = (key, on, week)
        if kind is not None and kind is not BlockKind.COACHING:
            state = _state(minute, starts, minutes)
            group = running[key]
            meetings.append(Meeting(key, group.name, group.coach, kind, time_of(starts), state))
    return ribbons, sorted(meetings, key=lambda one: (one.at, one.group))


def _day_state(on: date, today: date) -> str:
    return "today" if on == today else "done" if on < today else "ahead"


def _state(minute: int, starts: int, length: int) -> str:
    if minute >= starts + length:
        return "done"
    return "now" if minute >= starts else ""
