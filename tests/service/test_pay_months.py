"""A month of pay: its sums, its runs, its separate report, and what a difference stops."""

from datetime import date

import pytest

from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.rules import Edition
from jobsearch.payroll.exports.bank.service import keep_payer_account, make_bank_file
from jobsearch.payroll.exports.books.rules import Comparison
from jobsearch.payroll.exports.months.queries import check_month, show_month
from jobsearch.payroll.exports.months.rules import HealthOfMonth, check_health, together
from jobsearch.payroll.exports.register.service import make_summary, make_wage_reports
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.models import PayLineRow
from tests.service.test_incomes_register import run_id

__all__ = ["run_id"]

DECEMBER = date(2026, 12, 1)


def test_what_was_not_made_of_a_run_is_left_out_of_the_months_comparison() -> None:
    made = Comparison("bank", Money(100), Money(100))
    other = Comparison("bank", Money(50), None)
    assert together([[made], [other]]) == [Comparison("bank", Money(100), Money(100))]
    assert together([[other], [other]]) == [Comparison("bank", Money(100), None)]
    wrong = Comparison("bank", Money(50), Money(49))
    assert together([[made], [wrong]])[0].differs


@pytest.mark.parametrize(
    ("cents", "explained"), [(1000, True), (1002, True), (998, True), (1003, False)]
)
def test_rounding_explains_half_a_cent_a_payslip(cents: int, explained: bool) -> None:
    health = HealthOfMonth(Money(cents), Money(1000), 3, None)
    assert health.is_explained is explained
    if not explained:
        with pytest.raises(RuleBroken, match="more than rounding"):
            check_health(health)


@pytest.mark.usefixtures("context")
class TestMonth:
    """With a run of Pia's wages that is approved, paid on 4 December."""

    def test_every_sum_of_the_month_agrees_and_files_join(self, world, as_, run_id) -> None:
        with as_(world.paula):
            keep_payer_account(world.paula.actor, "FI2112345600000785", "", "", Edition.V09, 0)
            make_bank_file(world.paula.actor, run_id)
            make_wage_reports(world.paula.actor, run_id)
        with as_(world.paula):
            shown = show_month(date(2026, 12, 24))
            assert [one.run.id for one in shown.runs] == [run_id]
            assert [one.differs for one in shown.comparisons] == [False] * 7
            assert all(one.other is not None for one in shown.comparisons)
            assert shown.health.due == shown.health.by_people == Money.of("11.49")
            assert shown.health.told is None
            assert shown.agrees
            assert show_month(date(2026, 11, 1)).runs == []

    def test_the_separate_report_is_read_back_and_compared(self, world, as_, run_id, clock) -> None:
        with as_(world.paula):
            make_wage_reports(world.paula.actor, run_id)
        clock.move_to("2027-01-03T09:00:00+02:00")
        with as_(world.paula):
            make_summary(world.paula.actor, DECEMBER)
        with as_(world.paula):
            health = show_month(DECEMBER).health
            assert health.told == Money.of("11.49")
            assert not health.reported.differs

    def test_a_difference_is_named_and_stops_the_months_report(
        self, world, as_, run_id, clock
    ) -> None:
        with as_(world.paula):
            make_wage_reports(world.paula.actor, run_id)
            line = db.session.query(PayLineRow).filter_by(item=Item.WAGE).one()
            line.amount += Money(1)
        clock.move_to("2027-01-03T09:00:00+02:00")
        with as_(world.paula):
            assert not show_month(DECEMBER).agrees
            with pytest.raises(RuleBroken, match="The sums differ"):
                make_summary(world.paula.actor, DECEMBER)

    def test_a_contribution_that_rounding_does_not_explain_stops_it_too(
        self, world, as_, run_id
    ) -> None:
        with as_(world.paula):
            line = db.session.query(PayLineRow).filter_by(item=Item.HEALTH_EMPLOYER).one()
            line.base += Money.of("100")
        with as_(world.paula), pytest.raises(RuleBroken, match="more than rounding"):
            check_month(DECEMBER)

    def test_another_provider_sees_an_empty_month(self, world, as_, run_id) -> None:
        with as_(world.sam):
            assert show_month(DECEMBER).runs == []
