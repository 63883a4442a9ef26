"""Days of payment: what each means for the employment condition, and who chose which."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Money
from jobsearch.payroll.pay.closing.service import close_year
from jobsearch.payroll.pay.dates.queries import (
    compare_days_of_group,
    compare_days_of_run,
    list_choices,
)
from jobsearch.payroll.pay.dates.service import choose_pay_date
from jobsearch.payroll.pay.pages import load_run_page
from jobsearch.payroll.pay.queries import get_run, list_payslips
from jobsearch.payroll.pay.rules import MonthCounts, RunKind, RunState
from jobsearch.payroll.pay.service import compute_pay_run, make_pay_run
from jobsearch.rates.models import EmployerSetting
from jobsearch.rates.yearly.service import check_year_open
from tests.paid import PAYS_ON, prepare
from tests.world import Member, World

pytestmark = pytest.mark.usefixtures("context")
As = Callable[[Member], object]
NEXT_WEEK = date(2026, 12, 11)


@pytest.fixture
def ready(world: World, as_: As) -> World:
    """Pia can be paid."""
    with as_(world.aino):
        prepare(world.a, "pia")
    return world


def made(world: World) -> str:
    cohort_id = world.a.cohort_ids[0]
    return make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, cohort_id).id


def test_before_the_run_each_day_says_how_the_month_counts(ready: World, as_: As) -> None:
    with as_(ready.paula):
        _cohort, shown = compare_days_of_group(ready.a.cohort_ids[0])
    (pia,) = shown.people
    assert pia.wages == Money.of("552.00")
    assert {month.counts for month in pia.months if month} == {MonthCounts.HALF}
    assert shown.days[0].on == date(2026, 12, 4)


def test_split_over_two_months_nothing_counts(ready: World, as_: As) -> None:
    with as_(ready.paula):
        _cohort, shown = compare_days_of_group(ready.a.cohort_ids[0])
    (pia,) = shown.people
    assert [day.month for day in shown.split_days] == [11, 12]
    split = [month for month in pia.split if month]
    assert {month.counts for month in split} == {MonthCounts.NOT}
    assert Money.total(month.paid for month in split) == Money.of("552.00")


def test_open_days_are_counted_as_planned_when_looking_ahead(ready: World, as_: As) -> None:
    with as_(ready.paula):
        own = select(Attendance).where(Attendance.person_id == ready.pia.person_id)
        day = db.session.scalars(own.order_by(Attendance.id)).first()
        assert day is not None
        db.session.delete(day)
        db.session.flush()
        run_id = made(ready)
        _run, shown = compare_days_of_run(run_id)
        assert shown.people[0].wages == Money.of("552.00")
        (line,) = load_run_page(run_id).hours
        assert line.hours.unsettled_days == 1
        assert line.hours.paid_minutes + line.hours.open_minutes == line.hours.planned_minutes


def test_half_pay_stands_beside_paid_and_unpaid(ready: World, as_: As) -> None:
    with as_(ready.paula):
        own = select(Attendance).where(Attendance.person_id == ready.pia.person_id)
        day = db.session.scalars(own.order_by(Attendance.id)).first()
        assert day is not None
        day.mark, day.state = Mark.HALF_PAID_ABSENCE, AttendanceState.APPROVED
        day.paid_minutes = day.planned_minutes // 2
        db.session.flush()
        (line,) = load_run_page(made(ready)).hours
        hours = line.hours
        assert hours.away_half_minutes == day.planned_minutes
        assert hours.paid_minutes == hours.marked_minutes + day.planned_minutes // 2


def test_another_day_is_kept_with_who_and_the_run_is_computed_again(ready: World, as_: As) -> None:
    with as_(ready.paula):
        run_id = made(ready)
        run = compute_pay_run(run_id, get_run(run_id).version)
        run = choose_pay_date(ready.paula.actor, run_id, NEXT_WEEK, run.version)
        assert (run.pays_on, run.state) == (NEXT_WEEK, RunState.COMPUTED)
        (slip,) = list_payslips(run_id)
        assert slip.pays_on == NEXT_WEEK
        (choice,) = list_choices(run_id)
        assert (choice.instead_of, choice.chosen_by.name) == (PAYS_ON, ready.paula.actor.name)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 12, 6), "Banks are closed"),
        (date(2026, 12, 25), "Banks are closed"),
        (date(2026, 10, 1), "before the period begins"),
        (PAYS_ON, "this day already"),
    ],
)
def test_impossible_days_are_refused_each_in_its_own_words(
    ready: World, as_: As, day: date, sentence: str
) -> None:
    with as_(ready.paula):
        run = get_run(made(ready))
        with pytest.raises(RuleBroken, match=sentence) as refused:
            choose_pay_date(ready.paula.actor, run.id, day, run.version)
        assert refused.value.field == "pays_on"


def test_who_saw_an_older_run_does_not_move_it(ready: World, as_: As) -> None:
    with as_(ready.paula):
        run = get_run(made(ready))
        with pytest.raises(Conflict):
            choose_pay_date(ready.paula.actor, run.id, NEXT_WEEK, run.version + 1)


def test_a_bonus_has_its_day_from_what_it_pays(ready: World, as_: As) -> None:
    with as_(ready.paula):
        cohort_id = ready.a.cohort_ids[0]
        run = make_pay_run(ready.paula.actor, RunKind.BONUS, PAYS_ON, cohort_id)
        with pytest.raises(NotVisible):
            compare_days_of_run(run.id)
        with pytest.raises(NotVisible):
            choose_pay_date(ready.paula.actor, run.id, NEXT_WEEK, run.version)


def test_another_provider_finds_no_days(ready: World, as_: As) -> None:
    with as_(ready.paula):
        run_id = made(ready)
    with as_(ready.sam), pytest.raises(NotVisible):
        compare_days_of_run(run_id)


def test_a_closed_year_takes_no_run_and_is_closed_only_when_over(ready: World, as_: As) -> None:
    with as_(ready.paula):
        setting = db.session.scalars(select(EmployerSetting)).one()
        with pytest.raises(RuleBroken, match="not over yet"):
            close_year(ready.paula.actor, 2026, setting.version)
        setting.year = 2025
        db.session.flush()
        close_year(ready.paula.actor, 2025, setting.version)
        with pytest.raises(RuleBroken, match="is closed"):
            check_year_open(ready.a.organisation_id, date(2025, 12, 19))
        with pytest.raises(RuleBroken, match="is closed"):
            make_pay_run(
                ready.paula.actor, RunKind.WAGES, date(2025, 12, 19), ready.a.cohort_ids[0]
            )


def test_a_year_with_an_unreported_run_stays_open(ready: World, as_: As) -> None:
    with as_(ready.paula):
        made(ready)
        setting = db.session.scalars(select(EmployerSetting)).one()
        with pytest.raises(RuleBroken, match="not reported yet: "):
            close_year(ready.paula.actor, 2026, setting.version)
