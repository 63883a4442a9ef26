"""What a coach's and a manager's day shows: today's groups, all groups by phase, and alerts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal, or_, select, true

from jobsearch.accounts.models import Account
from jobsearch.analyses.models import Analysis
from jobsearch.analyses.rules import AnalysisState
from jobsearch.attendance.models import Attendance, AttendanceState
from jobsearch.cohorts.models import Cohort, CohortDay, CohortState, Enrolment, EnrolmentState
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.periods import minute_of, week_of
from jobsearch.desk.staff.alerts.queries import (
    LOOK_BACK,
    list_waiting,
)
from jobsearch.desk.staff.missing.rules import Missing, missing_of, present_of
from jobsearch.desk.staff.programme.queries import Piece, appointments, days_of
from jobsearch.desk.staff.programme.rules import (
    TodaysProgramme,
    by_time,
    entries_of,
    next_day_of,
)
from jobsearch.desk.staff.rules import (
    OF_OWN_WORK,
    Alert,
    Concern,
    GroupFigures,
    GroupPhase,
    alerts_of_group,
    in_order,
    phase_of,
)
from jobsearch.desk.staff.words.queries import list_known
from jobsearch.desk.staff.words.rules import LooseDay, Reason, Word, count_people, who_needs_a_word
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.rules import WORK
from jobsearch.programmes.models import Programme
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity

CARDS = 12
ALERTS = MISSING = 12
WORDS, MOST_WORDS = 12, 300
_FOLLOWED = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group with the ribbon of its days; `place` is the number of the latest that has come."""

    figures: GroupFigures
    ribbon: Sequence[Piece]
    place: int


@dataclass(frozen=True, slots=True)
class StaffDay:
    """Everything on the day page of a coach or a manager; lists are cut, their counts are not."""

    today: date
    programme: TodaysProgramme
    words: Sequence[Word]
    word_count: int
    missing: Sequence[Missing]
    missing_count: int
    unfinished: Sequence[Alert]
    alerts: Sequence[Alert]
    alert_count: int
    phases: dict[GroupPhase, Sequence[GroupCard]]
    counts: dict[GroupPhase, int]


def staff_day(actor: Actor, *, everyone: bool = False) -> StaffDay:
    """The day of a coach (her own groups, and those without a coach) or of a manager (all); six
    statements. `everyone`: whoever needs a word, not the first ones alone.
    """
    at = local(now(), actor.zone)
    today, minute = at.date(), minute_of(at)
    groups = _own_groups(actor)
    figures = _list_groups(today, groups, is_manager=actor.role is Role.MANAGER)
    by_phase = _by_phase(figures, today)
    on_the_way = (GroupPhase.RUNNING, GroupPhase.RECRUITING)
    days = days_of({one.id: one for phase in on_the_way for one in by_phase[phase]}, today)
    people, loose = list_known(actor, today, groups, today - LOOK_BACK)
    dates = appointments(actor, today)
    words = who_needs_a_word(people, today)
    missing = missing_of(people, loose, dates.unwritten, days.blocks, today, minute)
    alerts = _alerts(list_waiting(actor), figures, today)
    waiting = [alert for alert in alerts if alert.concern not in OF_OWN_WORK]
    entries = entries_of(days.blocks, present_of(people, today), minute)
    entries += [*([dates.talks] if dates.talks else []), *dates.sessions]
    return StaffDay(
        today=today,
        programme=TodaysProgramme(by_time(entries), next_day_of(days.days, today)),
        words=words[: MOST_WORDS if everyone else WORDS],
        word_count=len(words),
        missing=missing[:MISSING],
        missing_count=len(missing),
        unfinished=[alert for alert in alerts if alert.concern in OF_OWN_WORK][:ALERTS],
        alerts=waiting[:ALERTS],
        alert_count=len(waiting),
        phases={
            phase: [_card(group, days.ribbons.get(group.id, [])) for group in found[:CARDS]]
            for phase, found in by_phase.items()
        },
        counts={phase: len(found) for phase, found in by_phase.items()},
    )


def _by_phase(groups: Sequence[GroupFigures], today: date) -> dict[GroupPhase, list[GroupFigures]]:
    found: dict[GroupPhase, list[GroupFigures]] = {phase: [] for phase in GroupPhase}
    for group in groups:
        if (phase := phase_of(group, today)) is not None:
            found[phase].append(group)
    return found


@dataclass(frozen=True, slots=True)
class Overview:
    """What the actor should see to, how many people there are for each reason to have a word, and
    the groups that she sees.
    """

    alerts: Sequence[Alert]
    people: Counter[Reason]
    groups: Sequence[GroupFigures]


def look_over(actor: Actor) -> Overview:
    """What the day page would say, for who does not open it; four statements."""
    day, groups = local(now(), actor.zone).date(), _own_groups(actor)
    figures = _list_groups(day, groups, is_manager=actor.role is Role.MANAGER)
    people, loose = list_known(actor, day, groups, day - LOOK_BACK)
    found = [*(_loose_alert(one) for one in loose), *list_waiting(actor)]
    return Overview(_alerts(found, figures, day), count_people(people, day), figures)


def _loose_alert(one: LooseDay) -> Alert:
    day = one.day
    concern = Concern.HOURS_MISSING if day.mark is None else Concern.ABSENCE_UNSETTLED
    return Alert(concern, one.group, one.name, day.on, 0, day.minutes, one.enrolment_id, day.id)


def _own_groups(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.MANAGER:
        return true()
    return or_(Cohort.coach_id == actor.account_id, Cohort.coach_id.is_(None))


def _alerts(found: Sequence[Alert], groups: Iterable[GroupFigures], today: date) -> list[Alert]:
    return in_order([*found, *(one for group in groups for one in alerts_of_group(group, today))])


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
