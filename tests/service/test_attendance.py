"""Marking, settling and approving hours."""

from datetime import date

import pytest
import sqlalchemy as sa

from jobsearch.attendance import queries, service
from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.audit.models import AuditEntry
from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.cohorts.service import cancel_day
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken

pytestmark = pytest.mark.usefixtures("context")


def _today(world):
    return world.a.day_ids[world.a.cohort_ids[0]][5]


def _mark(world, as_, mark=Mark.PRESENT, worked=None, day=None):
    with as_(world.stig):
        row = service.mark(
            world.stig.actor, world.a.enrolment_ids["pia"], day or _today(world), mark, worked
        )
        return row.mark, row.paid_minutes, row.planned_minutes


def test_present_pays_what_was_planned_and_late_pays_what_was_worked(world, as_) -> None:
    assert _mark(world, as_) == (Mark.PRESENT, 270, 270)
    assert _mark(world, as_, worked=200) == (Mark.PRESENT, 200, 270)
    assert _mark(world, as_, Mark.UNSETTLED_ABSENCE) == (Mark.UNSETTLED_ABSENCE, 0, 270)


def test_marking_twice_is_one_row(world, as_) -> None:
    _mark(world, as_)
    _mark(world, as_)
    with as_(world.stig):
        statement = sa.select(sa.func.count()).where(Attendance.cohort_day_id == _today(world))
        assert db.session.scalar(statement) == 1


def test_paid_minutes_are_summed_and_nothing_marked_is_not_zero(world, as_) -> None:
    pia, otto = world.a.enrolment_ids["pia"], world.a.enrolment_ids["otto"]
    with as_(world.stig):
        assert queries.paid_minutes([pia, otto]) == {pia: 990, otto: 990}
        assert queries.paid_minutes([pia], date(2026, 11, 17), date(2026, 11, 19)) == {pia: 540}
        assert queries.paid_minutes([pia], date(2026, 11, 25)) == {}
        assert queries.paid_minutes([]) == {}


def test_unmarking_leaves_an_exception_and_not_zero_hours(world, as_) -> None:
    _mark(world, as_)
    pia = world.a.enrolment_ids["pia"]
    with as_(world.stig):
        service.unmark(world.stig.actor, pia, _today(world))
        service.unmark(world.stig.actor, pia, _today(world))
    with as_(world.stig):
        line = queries.get_hours(pia).line
        assert [day.position for day in line.missing] == [6]
        assert (line.planned, line.marked, line.paid) == (1260, 990, 990)


def test_a_day_to_come_and_a_day_of_another_group_are_not_marked(world, as_) -> None:
    days = world.a.day_ids
    with pytest.raises(RuleBroken):
        _mark(world, as_, day=days[world.a.cohort_ids[0]][6])
    with pytest.raises(NotVisible):
        _mark(world, as_, day=days[world.a.cohort_ids[1]][5])


def test_nobody_marks_for_another_provider(world, as_) -> None:
    with as_(world.sam), pytest.raises(NotVisible):
        service.mark(world.sam.actor, world.a.enrolment_ids["pia"], _today(world), Mark.PRESENT)


def test_the_first_day_present_starts_the_person_and_an_absence_does_not(world, as_) -> None:
    pia = world.a.enrolment_ids["pia"]
    with as_(world.stig):
        db.session.get(Enrolment, pia).state = EnrolmentState.PLACED
    _mark(world, as_, Mark.UNSETTLED_ABSENCE)
    with as_(world.stig):
        assert db.session.get(Enrolment, pia).state is EnrolmentState.PLACED
    _mark(world, as_)
    with as_(world.stig):
        assert db.session.get(Enrolment, pia).state is EnrolmentState.STARTED


def test_every_mark_moves_the_board(world, as_) -> None:
    statement = sa.select(Cohort.board_version).where(Cohort.id == world.a.cohort_ids[0])
    with as_(world.stig):
        before = db.session.scalar(statement)
    _mark(world, as_)
    with as_(world.stig):
        assert db.session.scalar(statement) == before + 1


def test_an_absence_is_settled_as_paid_or_unpaid_and_no_reason_is_kept(world, as_) -> None:
    pia, day = world.a.enrolment_ids["pia"], _today(world)
    with as_(world.stig), pytest.raises(RuleBroken):
        service.settle_absence(world.stig.actor, pia, day, Mark.PAID_ABSENCE)
    _mark(world, as_, Mark.UNSETTLED_ABSENCE)
    with as_(world.stig):
        row = service.settle_absence(world.stig.actor, pia, day, Mark.PAID_ABSENCE)
        assert (row.mark, row.paid_minutes) == (Mark.PAID_ABSENCE, 270)
    assert not any("reason" in column.name for column in sa.inspect(Attendance).columns)


def _approve(world, as_, week=1):
    with as_(world.aino):
        return service.approve_week(world.aino.actor, world.a.cohort_ids[0], week)


def test_a_week_that_is_over_and_marked_is_approved_once(world, as_) -> None:
    assert _approve(world, as_) == 4
    assert _approve(world, as_) == 0
    first = world.a.day_ids[world.a.cohort_ids[0]][0]
    with pytest.raises(RuleBroken, match="approved"):
        _mark(world, as_, Mark.UNPAID_ABSENCE, day=first)
    with as_(world.stig), pytest.raises(RuleBroken):
        service.unmark(world.stig.actor, world.a.enrolment_ids["pia"], first)


def test_a_week_that_is_not_over_or_not_settled_is_not_approved(world, as_) -> None:
    with pytest.raises(RuleBroken, match="not come"):
        _approve(world, as_, 2)
    first = world.a.day_ids[world.a.cohort_ids[0]][0]
    _mark(world, as_, Mark.UNSETTLED_ABSENCE, day=first)
    with pytest.raises(RuleBroken, match="settled"):
        _approve(world, as_)
    with pytest.raises(RuleBroken, match="nothing"):
        _approve(world, as_, 9)


def test_approved_hours_are_locked_by_the_pay_run_and_others_are_not(world, as_) -> None:
    pia = world.a.enrolment_ids["pia"]
    _approve(world, as_)
    with as_(world.paula):
        assert service.lock_hours(world.paula.actor, [pia], "the-run") == 4
        assert service.lock_hours(world.paula.actor, [pia], "the-run") == 0
    with as_(world.paula):
        states = [day.state for day in queries.get_hours(pia).line.days[:5]]
        assert states == [AttendanceState.LOCKED] * 4 + [AttendanceState.MARKED]
        noted = db.session.scalars(
            sa.select(AuditEntry).where(AuditEntry.row_id == "the-run").order_by(AuditEntry.id)
        ).all()
    assert [entry.plain["rows"] for entry in noted] == [4, 0]
    assert {entry.account_id for entry in noted} == {world.paula.account_id}


def test_a_cancelled_day_pays_nothing_and_is_no_exception(world, as_, clock) -> None:
    day, pia = world.a.day_ids[world.a.cohort_ids[0]][6], world.a.enrolment_ids["pia"]
    with as_(world.aino):
        cancel_day(day)
    with as_(world.stig):
        line = queries.get_hours(pia).line
        assert day not in [one.day_id for one in line.days]
    clock.move_to("2026-11-25T10:00:00+02:00")
    with pytest.raises(RuleBroken):
        _mark(world, as_, day=day)


def test_who_left_has_no_days_afterwards(world, as_) -> None:
    pia = world.a.enrolment_ids["pia"]
    with as_(world.aino):
        db.session.get(Enrolment, pia).left_on = date(2026, 11, 19)
    with as_(world.stig):
        assert [day.position for day in queries.get_hours(pia).line.days] == [1, 2, 3, 4]


def test_a_day_that_was_marked_before_it_was_cancelled_pays_nothing(world, as_, clock) -> None:
    clock.move_to("2026-11-24T08:30:00+02:00")  # half an hour before it begins
    pia = world.a.enrolment_ids["pia"]
    _mark(world, as_)
    with as_(world.aino):
        cancel_day(_today(world))
    with as_(world.paula):
        assert queries.paid_minutes([pia]) == {pia: 990}
