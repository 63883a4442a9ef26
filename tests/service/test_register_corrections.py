"""What the Incomes Register is told of corrected pay: replaced, cancelled, and told anew."""

from datetime import date

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.payroll.exports.books.queries import compare_run
from jobsearch.payroll.exports.register import queries, service
from jobsearch.payroll.exports.register.overview import load_overview
from jobsearch.payroll.exports.register.rules import DeliveryKind, DeliveryState
from jobsearch.payroll.exports.register.waiting import list_runs_to_report, list_to_replace
from jobsearch.payroll.pay.queries import get_payslip, get_run
from jobsearch.payroll.pay.rules import RunState
from tests.corrected import LATER, correct, pay
from tests.paid import PAYS_ON
from tests.service.test_incomes_register import SENDER, answered, references, valid

pytestmark = pytest.mark.usefixtures("context")
HOURS = 60
MONTH = PAYS_ON.replace(day=1)


@pytest.fixture
def slip_id(world, as_) -> str:
    """Pia's wages, paid; the employer reports, and means it."""
    key = pay(world, as_)
    with as_(world.paula):
        service.keep_settings(world.paula.actor, SENDER, 0)
        service.turn_production(world.paula.actor, on=True)
    return key


def run_of(world, as_, payslip_id: str) -> str:
    with as_(world.paula):
        return get_payslip(payslip_id).pay_run_id


def tell(world, as_, run_id: str) -> str:
    with as_(world.paula):
        (delivery,) = service.make_wage_reports(world.paula.actor, run_id)
        return delivery.id


def accept(world, as_, delivery_id: str, *, refused: bool = False) -> None:
    with as_(world.paula):
        names = [one.reference for one in queries.get_delivery(delivery_id).reports]
        wrong = dict.fromkeys(names, "wrong") if refused else {}
        good = [] if refused else names
        service.take_answer(delivery_id, answered(delivery_id, good, wrong))


def told(world, as_, delivery_id: str) -> tuple[object, dict[str | None, str | None]]:
    with as_(world.paula):
        root = valid(queries.content_of(queries.get_delivery(delivery_id)), "WageReportsToIR")
    return root, {
        basic.findtext("TransactionCode"): basic.findtext("Amount")
        for basic in root.iter("TransactionBasic")
    }


def test_a_payment_said_anew_is_told_whole_again_under_its_reference(world, as_, slip_id) -> None:
    first = tell(world, as_, run_of(world, as_, slip_id))
    accept(world, as_, first)
    (reference,) = references(world, as_, first)
    less = correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        (outdated,) = list_to_replace()
        assert (outdated.payslip_id, outdated.is_accepted) == (slip_id, True)
    root, amounts = told(world, as_, tell(world, as_, less.pay_run_id))
    assert root.findtext(".//ActionCode") == "2"
    assert root.findtext(".//ReportId") == reference
    assert root.findtext(".//PaymentPeriod/PaymentDate") == PAYS_ON.isoformat()
    assert amounts == {
        "201": "517.50",
        "234": "46.58",
        "353": "20.00",
        "402": "112.82",
        "413": "41.18",
        "414": "5.02",
    }
    assert root.findtext(".//UnitWage/UnitAmount") == "45.00"


def test_what_is_paid_more_is_a_report_of_its_own(world, as_, slip_id) -> None:
    accept(world, as_, tell(world, as_, run_of(world, as_, slip_id)))
    more = correct(world, as_, slip_id, minutes=50 * HOURS)
    with as_(world.paula):
        assert list_to_replace() == []
    root, amounts = told(world, as_, tell(world, as_, more.pay_run_id))
    assert root.findtext(".//ActionCode") == "1"
    assert root.findtext(".//PaymentPeriod/PaymentDate") == LATER.isoformat()
    assert amounts == {
        "201": "23.00", "234": "2.07", "402": "5.01", "413": "1.83", "414": "0.22"
    }  # fmt: skip
    assert root.findtext(".//UnitWage/UnitAmount") == "2.00"


def test_a_run_is_reported_when_all_that_it_corrects_is_accepted(world, as_, slip_id) -> None:
    run_id = run_of(world, as_, slip_id)
    accept(world, as_, tell(world, as_, run_id))
    less = correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        assert [run.id for run in list_runs_to_report()] == [less.pay_run_id]
    replacement = tell(world, as_, less.pay_run_id)
    accept(world, as_, replacement)
    with as_(world.paula):
        assert get_run(less.pay_run_id).state is RunState.REPORTED
        assert (list_runs_to_report(), list_to_replace()) == ([], [])
        for key in (run_id, less.pay_run_id):
            assert not any(one.differs for one in compare_run(key))


def test_a_replacement_that_is_rejected_leaves_what_was_told(world, as_, slip_id) -> None:
    first = tell(world, as_, run_of(world, as_, slip_id))
    accept(world, as_, first)
    less = correct(world, as_, slip_id, minutes=45 * HOURS)
    accept(world, as_, tell(world, as_, less.pay_run_id), refused=True)
    with as_(world.paula):
        (there,) = queries.get_delivery(first).reports
        assert there.cancelled_at is None
        assert len(list_to_replace()) == 1
    again = tell(world, as_, less.pay_run_id)
    accept(world, as_, again)
    with as_(world.paula):
        assert queries.get_delivery(again).state is DeliveryState.ACCEPTED
        assert list_to_replace() == []


def test_what_the_register_has_not_answered_is_not_replaced_yet(world, as_, slip_id) -> None:
    tell(world, as_, run_of(world, as_, slip_id))
    less = correct(world, as_, slip_id, minutes=45 * HOURS)
    with pytest.raises(RuleBroken, match="Read first"):
        tell(world, as_, less.pay_run_id)


def test_a_payment_that_nobody_told_of_is_told_as_it_stands(world, as_, slip_id) -> None:
    less = correct(world, as_, slip_id, minutes=45 * HOURS)
    with pytest.raises(RuleBroken, match="already"):
        tell(world, as_, less.pay_run_id)
    first = tell(world, as_, run_of(world, as_, slip_id))
    root, amounts = told(world, as_, first)
    assert (root.findtext(".//ActionCode"), amounts["201"]) == ("1", "517.50")
    accept(world, as_, first)
    with as_(world.paula):
        assert get_run(less.pay_run_id).state is RunState.REPORTED


def test_a_months_contribution_that_changed_is_told_again(world, as_, slip_id, clock) -> None:
    clock.shift(60 * 24 * 3600)
    with as_(world.paula):
        first = service.make_summary(world.paula.actor, MONTH).id
        with pytest.raises(RuleBroken, match="nothing has changed"):
            service.make_summary(world.paula.actor, MONTH)
    correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        with pytest.raises(RuleBroken, match="Read first"):
            service.make_summary(world.paula.actor, MONTH)
        (month, _now) = load_overview(world.a.organisation_id).months
        assert month.health == Money.of("10.77")
    accept(world, as_, first)
    clock.shift(60)
    with as_(world.paula):
        again = service.make_summary(world.paula.actor, MONTH)
        root = valid(queries.content_of(again), "PayerSummaryReportsToIR")
        (month, _now) = load_overview(world.a.organisation_id).months
        assert month.delivery == again and queries.find_summary(MONTH) == again
    assert root.findtext(".//ActionCode") == "2"
    assert root.findtext(".//ReportId") == references(world, as_, first)[0]
    assert root.findtext(".//Amount") == "10.77"


def test_what_is_paid_on_two_days_of_a_month_is_one_base_of_its_contribution(
    world, as_, slip_id
) -> None:
    more = correct(world, as_, slip_id, minutes=50 * HOURS)
    with as_(world.paula):
        assert (more.counts_on, more.gross) == (LATER, Money.of("25.07"))
        (base,) = queries.health_bases(MONTH).values()
        assert base == Money.of("601.68") + more.gross


def test_a_separate_report_is_cancelled_and_made_anew(world, as_, slip_id, clock) -> None:
    clock.shift(60 * 24 * 3600)
    with as_(world.paula):
        first = service.make_summary(world.paula.actor, MONTH).id
    accept(world, as_, first)
    with as_(world.paula):
        cancelled = service.cancel_reports(world.paula.actor, first)
        assert cancelled.kind is DeliveryKind.CANCELLED_SUMMARY
        root = valid(queries.content_of(cancelled), "InvalidationsToIR")
        assert root.findtext(".//DeliveryDataType") == "106"
        assert root.findtext(".//ItemId") == queries.get_delivery(first).reports[0].reference
        key = cancelled.id
        service.take_answer(key, answered(key, [root.findtext(".//ItemId")]))
        again = service.make_summary(world.paula.actor, MONTH)
        assert b"<ActionCode>1<" in queries.content_of(again)


def test_day_of_the_report_of_a_replacement_is_that_of_the_correction(world, as_, slip_id) -> None:
    accept(world, as_, tell(world, as_, run_of(world, as_, slip_id)))
    less = correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        (delivery,) = service.make_wage_reports(world.paula.actor, less.pay_run_id)
        assert delivery.due_on == date(2026, 12, 23)
