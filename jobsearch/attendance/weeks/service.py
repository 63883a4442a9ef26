"""Use cases of weeks: check in, tell in advance, say that a week is complete, open a locked one."""

from sqlalchemy import select

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.queries import find_attendance, list_person_days
from jobsearch.attendance.rules import AttendanceState, Mark, check_step
from jobsearch.attendance.service import mark
from jobsearch.attendance.weeks import queries
from jobsearch.attendance.weeks.models import AbsenceNotice, WeekUnlock, WeekWord
from jobsearch.attendance.weeks.rules import (
    DayToday,
    OwnDay,
    check_check_in,
    check_complete,
    check_notice,
    check_unlock,
)
from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.periods import minute_of
from jobsearch.core.text import mark as N_


def check_in(actor: Actor) -> Attendance:
    """The participant is here: her day of today is marked present with the time of her tap.

    A second tap changes nothing. Raises RuleBroken outside the day's time, on a day off, or when
    her coach has marked her away.
    """
    at = now()
    here = local(at, actor.zone)
    day = _today_of(actor)
    minute = minute_of(here)
    touch_board(day.cohort_id)  # her coach may be marking the same day
    row = find_attendance(day.enrolment_id, day.day_id)
    found = DayToday(day.starts_minute, day.ends_minute, row.mark if row else None)
    check_check_in(found, minute)
    if row is None:
        row = mark(actor, day.enrolment_id, day.day_id, Mark.PRESENT)
    if row.checked_in_at is None and row.state is AttendanceState.MARKED:
        row.checked_in_at = at
        db.session.flush()
    return row


def _today_of(actor: Actor) -> queries.OwnHours:
    today = local(now(), actor.zone).date()
    for day in queries.list_own_days(actor.person_id or ""):
        if day.on == today and not day.is_cancelled:
            return day
    raise RuleBroken(N_("You have no working day today."))


def tell_in_advance(actor: Actor, day_id: str, late_minutes: int | None) -> AbsenceNotice:
    """The participant tells that she is away on a day, or so many minutes late.

    A new word takes the place of an earlier one. No reason is asked. Raises RuleBroken for a day
    that is over, NotVisible for one that is not hers.
    """
    at = local(now(), actor.zone)
    found = [one for one in queries.list_own_days(actor.person_id or "") if one.day_id == day_id]
    if not found:
        raise NotVisible
    (day,) = found
    minute = minute_of(at)
    ended = day.on < at.date() or (day.on == at.date() and minute >= day.ends_minute)
    check_notice(day.is_cancelled, ended, late_minutes)
    touch_board(day.cohort_id)
    if day.notice_id:
        take_back(actor, day.notice_id)
    notice = AbsenceNotice(
        organisation_id=actor.organisation_id,
        enrolment_id=day.enrolment_id,
        cohort_day_id=day_id,
        person_id=actor.person_id or "",
        late_minutes=late_minutes,
        told_at=now(),
    )
    db.session.add(notice)
    db.session.flush()
    return notice


def take_back(actor: Actor, notice_id: str) -> None:
    """The participant comes after all. Raises NotVisible."""
    queries.get_notice(notice_id, actor.person_id or "").taken_back_at = now()
    db.session.flush()


def say_complete(actor: Actor, enrolment_id: str, week: int) -> None:
    """The participant says that the hours of her week are right; saying it twice changes nothing.

    Raises RuleBroken while a day of it is to come or not marked.
    """
    days = _own_week(actor, enrolment_id, week)
    today = local(now(), actor.zone).date()
    check_complete([OwnDay(day.on, day.mark, day.state) for day in days], today)
    if queries.find_word(enrolment_id, week) is None:
        word = WeekWord(
            organisation_id=actor.organisation_id,
            enrolment_id=enrolment_id,
            person_id=actor.person_id or "",
            week=week,
            said_at=now(),
        )
        db.session.add(word)
        db.session.flush()


def take_back_word(actor: Actor, enrolment_id: str, week: int) -> None:
    """The participant found something wrong after all, before the week was approved.

    Raises RuleBroken once it is approved.
    """
    days = _own_week(actor, enrolment_id, week)
    if any(day.state not in (None, AttendanceState.MARKED) for day in days):
        raise RuleBroken(N_("The week is approved. Tell your coach what is wrong."))
    word = queries.find_word(enrolment_id, week)
    if word is not None:
        db.session.delete(word)
        db.session.flush()


def _own_week(actor: Actor, enrolment_id: str, week: int) -> list[queries.OwnHours]:
    days = queries.list_own_days(actor.person_id or "", enrolment_id)
    if not days:
        raise NotVisible
    touch_board(days[0].cohort_id)
    return [day for day in days if day.week == week and not day.is_cancelled]


def unlock_week(actor: Actor, cohort_id: str, week: int, reason: str) -> None:
    """Open an approved week again, by name and with a reason; its people say anew what is right.

    Raises RuleBroken without a reason, when it is not approved, or when a pay run has its hours.
    """
    touch_board(cohort_id)
    rows = list_person_days(cohort_id, week)
    check_unlock([row.state for row in rows if row.state is not None], reason)
    approved = [row.attendance_id for row in rows if row.state is AttendanceState.APPROVED]
    statement = select(Attendance).where(Attendance.id.in_(approved)).order_by(Attendance.id)
    for attendance in db.session.scalars(statement):
        check_step(attendance.state, AttendanceState.MARKED)
        attendance.state = AttendanceState.MARKED
    words = select(WeekWord).where(
        WeekWord.week == week, WeekWord.enrolment_id.in_({row.enrolment_id for row in rows})
    )
    for word in db.session.scalars(words):
        db.session.delete(word)
    db.session.add(
        WeekUnlock(
            organisation_id=actor.organisation_id,
            cohort_id=cohort_id,
            week=week,
            unlocked_by_id=actor.account_id,
            unlocked_at=now(),
            reason=reason.strip(),
        )
    )
    db.session.flush()
