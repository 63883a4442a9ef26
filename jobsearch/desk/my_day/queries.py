"""What a participant's day shows: her cohort's days, her hours, her figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row

from jobsearch.attendance.models import Mark
from jobsearch.coaching.sparring.brief import OpenStep, agreed_of
from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now
from jobsearch.core.periods import minute_of, time_of
from jobsearch.desk.my_day.rules import (
    LONG_DAY_MINUTES,
    Block,
    ByTheClock,
    by_the_clock,
    greeting,
)
from jobsearch.desk.my_day.statements import AGREED_AND_AHEAD, MY_DAYS, MY_DAYS_AND_BLOCKS
from jobsearch.feedback.pulses.queries import ask_of
from jobsearch.feedback.pulses.rules import Ask
from jobsearch.standup.words.rules import Plan
from jobsearch.tracker.leads.ahead import FollowUp, follow_up_of, span_of
from jobsearch.tracker.queries import Logged, find_logged, my_figures
from jobsearch.tracker.rules import ACTIVITIES, NO_FIGURES, Activity, Figures


@dataclass(frozen=True, slots=True)
class MyDayLine:
    """One of the twelve days: when, how long, what is marked, and how the ribbon draws it."""

    id: str
    position: int
    week: int
    on: date
    starts_minute: int
    minutes: int
    is_cancelled: bool
    mark: Mark | None
    paid_minutes: int | None
    state: str
    long: bool
    new_week: bool

    @property
    def starts(self) -> time:
        """The time of day at which it begins."""
        return time_of(self.starts_minute)

    @property
    def counted(self) -> int:
        """Minutes of the day as they are marked; planned ones while nobody has marked them."""
        return self.minutes if self.paid_minutes is None else self.paid_minutes


@dataclass(frozen=True, slots=True)
class MyCohort:
    """A participant's cohort with its days as she sees them."""

    enrolment_id: str
    cohort_id: str
    name: str
    given_name: str
    meeting_url: str | None
    meeting_phone: str | None
    first: date
    last: date
    days: Sequence[MyDayLine]

    @property
    def minutes_in_all(self) -> int:
        """The hours of the contract, in minutes."""
        return sum(day.minutes for day in self.days)


@dataclass(frozen=True, slots=True)
class MyDay:
    """Everything on a participant's day page."""

    today: date
    greeting: str
    cohort: MyCohort
    day: MyDayLine | None
    next_day: MyDayLine | None
    place: int
    clock: ByTheClock | None
    figures: Figures
    chart: Sequence[int | None]
    goals: Sequence[int | None]
    totals: dict[Activity, int]
    before_start: int
    logged: Logged | None
    steps: Sequence[OpenStep]
    talk_at: datetime | None
    plan: Plan | None
    has_debrief: bool
    pulse: Ask | None
    has_seat: bool
    follow_up: FollowUp | None

    @property
    def is_waiting(self) -> bool:
        """Whether the group has not begun: her contract may be signed, her first day is ahead."""
        return self.today < self.cohort.first

    @property
    def days_to_start(self) -> int:
        """Days until the first one."""
        return (self.cohort.first - self.today).days

    @property
    def minutes_done(self) -> int:
        """Minutes of the days behind."""
        return sum(day.counted for day in self.cohort.days if day.on < self.today)

    @property
    def minutes_left(self) -> int:
        """Minutes of today and the days ahead."""
        return sum(day.minutes for day in self.cohort.days if day.on >= self.today)


def find_my_cohort(person_id: str, today: date) -> MyCohort | None:
    """The cohort a person is in: the first one that has not ended, rather one with a seat than one
    that she has left, else her last. One statement."""
    return _cohort_of(MY_DAYS.rows(person_id=person_id), today)


def _cohort_of(rows: Sequence[Any], today: date) -> MyCohort | None:
    if not rows:
        return None
    going_on = [row for row in rows if row.ends_on >= today]
    seated = [row for row in going_on if row.left_on is None]
    chosen = next(iter(seated or going_on), rows[-1])
    own = list(
        {row.day_id: row for row in rows if row.enrolment_id == chosen.enrolment_id}.values()
    )
    return MyCohort(
        enrolment_id=chosen.enrolment_id,
        cohort_id=chosen.cohort_id,
        name=chosen.name,
        given_name=chosen.given_name,
        meeting_url=chosen.meeting_url,
        meeting_phone=chosen.meeting_phone,
        first=chosen.starts_on,
        last=chosen.ends_on,
        days=[
            _line(row, today, own[at - 1].week if at else row.week) for at, row in enumerate(own)
        ],
    )


def _line(row: Row[*tuple[Any, ...]], today: date, week_before: int) -> MyDayLine:
    away = row.mark is not None and row.mark is not Mark.PRESENT
    state = "today" if row.on == today else "ahead" if row.on > today or away else "done"
    return MyDayLine(
        id=row.day_id,
        position=row.position,
        week=row.week,
        on=row.on,
        starts_minute=row.starts_minute,
        minutes=0 if row.is_cancelled else row.minutes,
        is_cancelled=row.is_cancelled,
        mark=row.mark,
        paid_minutes=row.paid_minutes,
        state="ahead" if row.is_cancelled else state,
        long=row.minutes >= LONG_DAY_MINUTES,
        new_week=row.week != week_before,
    )


def my_day(actor: Actor, logged_id: str | None = None) -> MyDay | None:
    """A participant's day at this instant; None when she is in no cohort. Three or four statements.

    `logged_id` is the action that she has just logged.
    """
    person_id = actor.person_id
    assert person_id is not None
    instant = now()
    at = local(instant, actor.zone)
    today = at.date()
    rows = MY_DAYS_AND_BLOCKS.rows(person_id=person_id, today=today)
    cohort = _cohort_of(rows, today)
    if cohort is None:
        return None
    working = [day for day in cohort.days if not day.is_cancelled]
    day = next((day for day in working if day.on == today), None)
    by_day = my_figures(cohort.enrolment_id)
    minute = minute_of(at)
    own = [row for row in rows if row.enrolment_id == cohort.enrolment_id]
    return MyDay(
        today=today,
        greeting=greeting(at.hour),
        cohort=cohort,
        day=day,
        next_day=next((day for day in working if day.on > today), None),
        place=sum(day.on <= today for day in working),
        clock=_clock(own, day, minute),
        figures=by_day.get(today, NO_FIGURES),
        chart=[_done(by_day, day, today) for day in working],
        goals=[by_day.get(day.on, NO_FIGURES).goal_in_all or None for day in working],
        totals=_totals(by_day),
        before_start=sum(day.done_in_all for on, day in by_day.items() if on < cohort.first),
        logged=find_logged(person_id, logged_id) if logged_id else None,
        plan=_plan(own),
        has_debrief=any(row.debrief_id for row in own),
        pulse=ask_of(own, today, minute),
        has_seat=own[0].left_on is None,
        **_to_see_to(person_id, cohort.enrolment_id, today, instant),
    )


def _to_see_to(person_id: str, enrolment_id: str, today: date, instant: datetime) -> dict[str, Any]:
    """What was agreed with the coach, the next talk, and what there is to follow up."""
    asked = {"enrolment_id": enrolment_id, "today": today, **span_of(instant)}
    rows = AGREED_AND_AHEAD.rows(**asked)
    steps, talk_at = agreed_of(rows)
    follow_up = follow_up_of(person_id, today, instant) if rows[0].has_follow_up else None
    return {"steps": steps, "talk_at": talk_at, "follow_up": follow_up}


def _plan(rows: Sequence[Any]) -> Plan | None:
    found = (Plan(row.employer, row.way, row.at_minute) for row in rows if row.way is not None)
    return next(found, None)


def _done(by_day: dict[date, Figures], day: MyDayLine, today: date) -> int | None:
    return by_day.get(day.on, NO_FIGURES).done_in_all if day.on <= today else None


def _totals(by_day: dict[date, Figures]) -> dict[Activity, int]:
    return {
        activity: sum(figures.done.get(activity, 0) for figures in by_day.values())
        for activity in ACTIVITIES
    }


def _clock(rows: Sequence[Any], day: MyDayLine | None, minute: int) -> ByTheClock | None:
    if day is None:
        return None
    blocks = [
        Block(row.kind, row.block_starts, row.block_minutes, row.text)
        for row in rows
        if row.day_id == day.id and row.kind is not None
    ]
    return by_the_clock(blocks, day.starts_minute, day.minutes, minute)
