"""Reminders of the Incomes Register: near and late, each once, to clerks alone."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core.db import db
from jobsearch.notices.models import Message
from jobsearch.payroll.exports.register import service
from jobsearch.payroll.exports.register.jobs import remind_of_reports
from jobsearch.payroll.exports.register.rules import (
    Nearness,
    Sender,
    nearness,
    summary_due_on,
    wages_due_on,
)
from tests.corrected import pay
from tests.service.test_incomes_register import SENDER

pytestmark = pytest.mark.usefixtures("context")
KIND = "payroll.reports_due"


def messages(world, as_) -> list[Message]:
    with as_(world.paula):
        rows = db.session.scalars(select(Message).where(Message.kind == KIND))
        return sorted(rows, key=lambda row: row.created_at)


def move_to(clock, day: date) -> None:
    clock.move_to(datetime.combine(day, time(6), UTC))


@pytest.mark.parametrize(
    ("paid", "due"),
    [
        (date(2026, 12, 4), date(2026, 12, 9)),
        (date(2026, 11, 24), date(2026, 11, 30)),  # the fifth day is a Sunday
        (date(2026, 12, 1), date(2026, 12, 7)),  # Sunday and Independence Day
        (date(2026, 12, 21), date(2026, 12, 28)),  # Boxing Day and a weekend
    ],
)
def test_a_payment_is_reported_by_the_fifth_day_or_the_next_business_day(paid, due) -> None:
    assert wages_due_on(paid, holidays_of(paid.year)) == due


def test_the_separate_report_is_due_on_the_fifth_of_the_next_month() -> None:
    assert summary_due_on(date(2026, 11, 1), {}) == date(2026, 12, 7)  # the fifth is a Saturday
    assert summary_due_on(date(2026, 12, 1), {}) == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("day", "how"), [(6, None), (7, Nearness.NEAR), (9, Nearness.NEAR), (10, Nearness.LATE)]
)
def test_a_day_is_near_from_two_days_before(day, how) -> None:
    assert nearness(date(2026, 12, 9), date(2026, 12, day), 2) is how


def test_clerks_are_reminded_once_when_it_is_near_and_once_when_it_is_late(
    world, as_, clock
) -> None:
    pay(world, as_)
    with as_(world.paula):
        service.keep_settings(world.paula.actor, SENDER, 0)
    move_to(clock, date(2026, 12, 6))
    remind_of_reports()
    assert messages(world, as_) == []
    move_to(clock, date(2026, 12, 7))
    remind_of_reports()
    remind_of_reports()
    near = messages(world, as_)
    assert {message.subject_id for message in near} == {world.paula.account_id}
    assert all("4.12.2026" in message.body for message in near)
    move_to(clock, date(2026, 12, 10))
    remind_of_reports()
    remind_of_reports()
    assert len(messages(world, as_)) == 2 * len(near)


def test_the_employer_says_how_many_days_before(world, as_, clock) -> None:
    pay(world, as_)
    with as_(world.paula):
        values = {name: getattr(SENDER, name) for name in Sender.__slots__}
        service.keep_settings(world.paula.actor, Sender(**values | {"remind_days": 5}), 0)
    move_to(clock, date(2026, 12, 4))
    remind_of_reports()
    assert {message.subject_id for message in messages(world, as_)} == {world.paula.account_id}


def test_nothing_is_said_when_everything_is_reported(world, as_, clock) -> None:
    move_to(clock, date(2026, 12, 10))
    remind_of_reports()
    assert messages(world, as_) == []
