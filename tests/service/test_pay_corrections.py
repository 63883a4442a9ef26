"""Corrections of pay on a real database: taken back and said anew, frozen, and never paid twice."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.payroll.contracts.service import record_tax_card
from jobsearch.payroll.exports.bank.queries import list_due
from jobsearch.payroll.exports.books.queries import compare_run, show_run_in_books
from jobsearch.payroll.exports.books.rules import Post
from jobsearch.payroll.pay.corrections.models import PayCorrection
from jobsearch.payroll.pay.corrections.queries import list_corrections_of
from jobsearch.payroll.pay.corrections.rules import RightFigures
from jobsearch.payroll.pay.corrections.service import (
    correct_payslip,
    settle_correction,
    withdraw_correction,
)
from jobsearch.payroll.pay.exceptions import Concern, from_json
from jobsearch.payroll.pay.lines import Item, LineKind
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.queries import earlier_payments, get_payslip, get_run, list_payslips
from jobsearch.payroll.pay.rules import RunKind, RunState
from jobsearch.payroll.pay.service import approve_pay_run, compute_pay_run, review_pay_run
from tests.corrected import LATER, REASON, ask, compute, correct, pay, pay_run
from tests.paid import CARD, PAYS_ON

pytestmark = pytest.mark.usefixtures("context")
HOURS = 60


@pytest.fixture
def slip_id(world, as_) -> str:
    """Pia's wages of 48 hours, paid."""
    return pay(world, as_)


def concerns(world, as_, run_id: str) -> list[Concern]:
    with as_(world.paula):
        return [from_json(kept).concern for kept in get_run(run_id).exceptions]


def shape(slip: Payslip) -> tuple[object, ...]:
    figures = (slip.gross, slip.tax, slip.pension, slip.unemployment, slip.net, slip.to_account)
    return (*figures, [(line.item, line.amount, line.explanation) for line in slip.lines])


def test_what_is_due_more_is_paid_on_its_own_day_with_its_own_tax(world, as_, slip_id) -> None:
    slip = correct(world, as_, slip_id, minutes=50 * HOURS)
    lines = [(line.item, line.amount.plain(), line.reverses_id) for line in slip.lines][:4]
    assert lines == [
        (Item.WAGE, "-552.00", slip_id),
        (Item.HOLIDAY_COMPENSATION, "-49.68", slip_id),
        (Item.WAGE, "575.00", None),
        (Item.HOLIDAY_COMPENSATION, "51.75", None),
    ]
    assert (slip.gross, slip.tax) == (Money.of("25.07"), Money.of("5.01"))
    assert (slip.pension, slip.unemployment) == (Money.of("1.83"), Money.of("0.22"))
    assert (slip.to_account, slip.counts_on) == (Money.of("18.01"), LATER)
    assert slip.paid_minutes == 2 * HOURS


def test_what_was_paid_too_much_says_the_payment_anew_by_its_own_day(world, as_, slip_id) -> None:
    slip = correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        first = get_payslip(slip_id)
    for name, right in {
        "gross": "564.08",
        "tax": "112.82",
        "pension": "41.18",
        "unemployment": "5.02",
        "net": "405.06",
        "reimbursements": "20.00",
        "pension_base": "564.08",
    }.items():
        assert getattr(first, name) + getattr(slip, name) == Money.of(right), name
    assert slip.to_account == Money.of("-27.01")
    assert (slip.restates_id, slip.counts_on, slip.pays_on) == (slip_id, PAYS_ON, LATER)
    assert all(line.amount < Money.zero() for line in slip.lines if line.reverses_id)
    assert not [line for line in slip.lines if line.kind is LineKind.REIMBURSEMENT]


def test_a_wrong_tax_card_is_put_right_and_paid_back(world, as_, slip_id) -> None:
    with as_(world.aino):
        card = TaxCardTerms(
            TaxCardKind.WAGE, Rate.of("10"), Rate.of("42"), CARD.ceiling, date(2026, 12, 1)
        )
        record_tax_card(world.pia.person_id, card, date(2026, 12, 7))
    slip = correct(world, as_, slip_id)
    assert (slip.gross, slip.tax) == (Money.zero(), Money.of("-60.17"))
    assert slip.to_account == Money.of("60.17")
    assert {line.item for line in slip.lines} == {Item.TAX}


def test_a_paid_payslip_stays_as_it_is(world, as_, slip_id) -> None:
    with as_(world.paula):
        before = shape(get_payslip(slip_id))
        file_id = get_payslip(slip_id).file_id
    correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        there = get_payslip(slip_id)
        assert (shape(there), there.file_id) == (before, file_id)
        (corrected,) = list_corrections_of(slip_id)
        assert (corrected.reason, corrected.is_frozen) == (REASON, True)


@pytest.mark.parametrize("action", [compute_pay_run, review_pay_run, approve_pay_run])
def test_a_paid_run_refuses_every_step_that_could_change_it(world, as_, slip_id, action) -> None:
    with as_(world.aino):
        run = get_run(get_payslip(slip_id).pay_run_id)
        more = () if action is compute_pay_run else (world.aino.actor,)
        with pytest.raises(RuleBroken):
            action(run.id, run.version, *more)


def test_only_what_is_approved_is_corrected(world, as_, slip_id) -> None:
    run_id = ask(world, as_, slip_id, minutes=50 * HOURS)
    compute(world, as_, run_id)
    with as_(world.paula):
        (draft,) = list_payslips(run_id)
    with pytest.raises(RuleBroken, match="not approved yet"):
        ask(world, as_, draft.id, minutes=51 * HOURS)


def test_of_two_corrections_of_one_pay_at_once_the_second_is_refused(world, as_, slip_id) -> None:
    run_id = ask(world, as_, slip_id, minutes=50 * HOURS)
    with pytest.raises(RuleBroken, match="Finish that one first"):
        ask(world, as_, slip_id, minutes=51 * HOURS)
    with as_(world.paula):
        there = db.session.scalars(select(PayCorrection)).one()
        assert there.pay_run_id == run_id
        values = {
            name: getattr(there, name)
            for name in (
                "organisation_id", "root_id", "payslip_id", "pay_run_id", "number", "reason",
                "asked_by_id", "asked_at",
            )
        }  # fmt: skip
        db.session.add(PayCorrection(**values))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_a_correction_can_be_corrected(world, as_, slip_id) -> None:
    more = correct(world, as_, slip_id, minutes=50 * HOURS)
    less = correct(world, as_, more.id, date(2026, 12, 21), minutes=49 * HOURS)
    assert (less.corrects_id, less.correction_no, less.restates_id) == (slip_id, 2, more.id)
    with as_(world.paula):
        slips = [get_payslip(key) for key in (slip_id, more.id, less.id)]
        assert Money.total(slip.gross for slip in slips) == Money.of("614.22")  # 49 h and 9 %
        assert sum(slip.paid_minutes for slip in slips) == 49 * HOURS
        assert less.counts_on == LATER


def test_what_is_more_than_the_last_payment_brought_is_said(world, as_, slip_id) -> None:
    more = correct(world, as_, slip_id, minutes=50 * HOURS)
    run_id = ask(world, as_, more.id, date(2026, 12, 21), minutes=40 * HOURS)
    compute(world, as_, run_id)
    assert Concern.CORRECTION_LEFT in concerns(world, as_, run_id)
    with as_(world.paula):
        (slip,) = list_payslips(run_id)
        assert slip.gross == -more.gross
    taken = pay_run(world, as_, run_id)
    rest = correct(world, as_, slip_id, date(2026, 12, 22), minutes=40 * HOURS)
    assert (taken.restates_id, rest.restates_id) == (more.id, slip_id)
    with as_(world.paula):
        slips = [get_payslip(key) for key in (slip_id, more.id, taken.id, rest.id)]
        assert Money.total(one.gross for one in slips) == Money.of("501.40")  # 40 h and 9 %


def test_a_rise_and_a_fall_at_once_stop_the_run(world, as_, slip_id) -> None:
    run_id = ask(world, as_, slip_id, minutes=50 * HOURS, allowance=Money.zero())
    compute(world, as_, run_id)
    assert concerns(world, as_, run_id) == [Concern.CORRECTION_MIXED]
    with as_(world.paula), pytest.raises(RuleBroken, match="Settle what stops"):
        review_pay_run(run_id, get_run(run_id).version, world.paula.actor)


def test_nothing_to_correct_stops_the_run_and_can_be_withdrawn(world, as_, slip_id) -> None:
    run_id = ask(world, as_, slip_id)
    compute(world, as_, run_id)
    assert concerns(world, as_, run_id) == [Concern.CORRECTION_EMPTY]
    with as_(world.paula):
        (asked,) = list_corrections_of(slip_id)
        withdraw_correction(asked.correction_id)
        assert (list_corrections_of(slip_id), get_run(run_id).exceptions) == ([], [])


def test_an_approved_correction_is_not_withdrawn(world, as_, slip_id) -> None:
    correct(world, as_, slip_id, minutes=50 * HOURS)
    with as_(world.paula):
        (asked,) = list_corrections_of(slip_id)
        with pytest.raises(RuleBroken, match="Correct it by a new one"):
            withdraw_correction(asked.correction_id)


def test_a_correction_needs_a_reason_without_health_and_a_later_day(world, as_, slip_id) -> None:
    for reason, match in (("", "Say why"), ("Pia oli sairaana", "health"), ("x" * 201, "at most")):
        with as_(world.paula), pytest.raises(RuleBroken, match=match):
            correct_payslip(world.paula.actor, slip_id, LATER, reason, RightFigures())
    with pytest.raises(RuleBroken, match="or later"):
        ask(world, as_, slip_id, date(2026, 12, 3))
    with pytest.raises(RuleBroken, match="not below zero"):
        ask(world, as_, slip_id, minutes=-1)
    with as_(world.sam), pytest.raises(NotVisible):
        correct_payslip(world.sam.actor, slip_id, LATER, REASON, RightFigures())


def test_the_maker_of_a_correction_does_not_approve_it(world, as_, slip_id) -> None:
    run_id = ask(world, as_, slip_id, minutes=50 * HOURS)
    compute(world, as_, run_id)
    with as_(world.paula):
        run = get_run(run_id)
        run = review_pay_run(run.id, run.version, world.paula.actor)
        with pytest.raises(RuleBroken, match="Another person"):
            approve_pay_run(run.id, run.version, world.paula.actor)


def test_an_approval_sees_what_was_added_to_the_run(world, as_, slip_id) -> None:
    run_id = ask(world, as_, slip_id, minutes=50 * HOURS)
    compute(world, as_, run_id)
    with as_(world.paula):
        run = get_run(run_id)
        seen = review_pay_run(run.id, run.version, world.paula.actor).version
        (asked,) = list_corrections_of(slip_id)
        withdraw_correction(asked.correction_id)
        assert get_run(run_id).state is RunState.COMPUTED
    with as_(world.aino), pytest.raises(Conflict):
        approve_pay_run(run_id, seen, world.aino.actor)


def test_the_bank_pays_only_what_is_due_and_the_books_say_what_is_owed(world, as_, slip_id) -> None:
    less = correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        assert list_due(less.pay_run_id) == []
        shown = show_run_in_books(less.pay_run_id)
        assert shown.agrees
        posts = {line.post: (line.debit.plain(), line.credit.plain()) for line in shown.journal}
        assert posts[Post.OWED] == ("27.01", "0.00")
        assert posts[Post.WAGES] == ("0.00", "34.50")
        assert posts[Post.TAX_DEBT][0] == "8.24"  # tax 7.52 and health 0.72
        assert Post.BANK not in posts
        assert not any(one.differs for one in compare_run(less.pay_run_id))


def test_what_was_paid_too_much_is_marked_as_returned_once(world, as_, slip_id) -> None:
    correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        (asked,) = list_corrections_of(slip_id)
        assert asked.is_owed
        settle_correction(world.paula.actor, asked.correction_id)
        assert not list_corrections_of(slip_id)[0].is_owed
        with pytest.raises(RuleBroken, match="Nothing is owed"):
            settle_correction(world.paula.actor, asked.correction_id)


def test_corrections_count_where_later_pay_looks(world, as_, slip_id) -> None:
    less = correct(world, as_, slip_id, minutes=45 * HOURS)
    with as_(world.paula):
        paid = earlier_payments({world.pia.person_id}, date(2026, 12, 21), "another")
        found = paid[world.pia.person_id]
        assert Money.total(one.gross for one in found) == Money.of("564.08")
        assert {one.pays_on for one in found} == {PAYS_ON}
        assert less.pays_on == LATER


def test_a_run_of_wages_does_not_pay_corrected_days_again(world, as_, slip_id) -> None:
    correct(world, as_, slip_id, minutes=50 * HOURS)
    with as_(world.paula):
        kinds = db.session.scalars(select(PayRun.kind).order_by(PayRun.kind)).all()
        assert sorted(kinds) == [RunKind.CORRECTION, RunKind.WAGES]
