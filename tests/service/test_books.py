"""A run in the books: its journal balances, its sums agree, and a difference stops reporting."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.rules import Edition
from jobsearch.payroll.exports.bank.service import keep_payer_account, make_bank_file
from jobsearch.payroll.exports.books import queries, service
from jobsearch.payroll.exports.books.exports import items_csv, journal_csv
from jobsearch.payroll.exports.books.rules import (
    USUAL_ACCOUNTS,
    BookedLine,
    Post,
    make_journal,
)
from jobsearch.payroll.exports.register.service import make_wage_reports
from jobsearch.payroll.pay.lines import ITEMS, Item
from jobsearch.payroll.pay.models import PayLineRow, Payslip
from tests.service.test_incomes_register import run_id

__all__ = ["run_id"]


@given(st.lists(st.tuples(st.sampled_from(Item), st.integers(0, 500_000))))
def test_a_journal_always_balances(parts: list[tuple[Item, int]]) -> None:
    lines = [BookedLine(item, ITEMS[item].kind, Money(cents)) for item, cents in parts]
    journal = make_journal(lines)
    assert Money.total(one.debit for one in journal) == Money.total(one.credit for one in journal)
    assert len({one.post for one in journal}) == len(journal)
    assert set(USUAL_ACCOUNTS) == set(Post)


@pytest.mark.usefixtures("context")
class TestRun:
    """With a run of Pia's wages that is approved."""

    def agrees(self, world, as_, run_id: str) -> dict[str, bool | None]:
        with as_(world.paula):
            shown = queries.show_run_in_books(run_id)
            return {
                one.words: None if one.other is None else not one.differs
                for one in shown.comparisons
            }

    def test_all_sums_agree_and_files_join_when_they_are_made(self, world, as_, run_id) -> None:
        found = self.agrees(world, as_, run_id)
        assert list(found.values()) == [True] * 5 + [None, None]
        with as_(world.paula):
            keep_payer_account(world.paula.actor, "FI2112345600000785", "", "", Edition.V09, 0)
            make_bank_file(world.paula.actor, run_id)
            make_wage_reports(world.paula.actor, run_id)
        assert list(self.agrees(world, as_, run_id).values()) == [True] * 7

    def test_a_difference_of_a_cent_stops_reporting_and_is_named(self, world, as_, run_id) -> None:
        with as_(world.paula):
            line = db.session.query(PayLineRow).filter_by(item=Item.WAGE).one()
            line.amount += Money(1)
        with as_(world.paula), pytest.raises(RuleBroken, match="The sums differ"):
            make_wage_reports(world.paula.actor, run_id)
        assert False in self.agrees(world, as_, run_id).values()

    def test_a_changed_payslip_shows_beside_the_files_that_left(self, world, as_, run_id) -> None:
        with as_(world.paula):
            keep_payer_account(world.paula.actor, "FI2112345600000785", "", "", Edition.V09, 0)
            make_bank_file(world.paula.actor, run_id)
            make_wage_reports(world.paula.actor, run_id)
        with as_(world.paula):
            slip = db.session.query(Payslip).one()
            for name in ("gross", "net", "to_account", "employer_total"):
                setattr(slip, name, getattr(slip, name) + Money(100))
        found = self.agrees(world, as_, run_id)
        assert [words for words, good in found.items() if good is False] == [
            "Gross pay of the payslips, and their lines",
            "To the accounts by the payslips, and by the journal",
            "Cost to the employer by the payslips, and by the journal",
            "To the accounts and the distraint by the payslips, and by the bank’s file",
            "Gross pay and reimbursements, and what the Incomes Register is told",
        ]

    def test_the_journal_is_a_file_that_balances_on_the_employers_accounts(
        self, app, world, as_, run_id
    ) -> None:
        with as_(world.paula):
            service.keep_accounts(world.paula.actor, {Post.WAGES: "5123"})
        with as_(world.paula), app.test_request_context():
            content = journal_csv(queries.show_run_in_books(run_id))
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        euros = [list(row.values())[3:5] for row in rows]
        debit = sum(Money.of(left.replace(",", ".")).cents for left, _right in euros)
        credit = sum(Money.of(right.replace(",", ".")).cents for _left, right in euros)
        assert debit == credit == 74521
        assert list(rows[0].values())[1] == "5123"

    def test_items_for_other_systems_hold_hours_and_no_codes(self, app, world, as_, run_id) -> None:
        with as_(world.paula), app.test_request_context():
            content = items_csv(run_id).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content), delimiter=";"))
        assert [row[5] for row in rows[1:]] == ["201", "234", "402", "413", "414", "353"]
        assert rows[1][7:] == ["48,00", "11,50", "552,00"]
        assert rows[3][9] == "-120,34"
        assert "131052" not in content
        assert "FI2" not in content

    def test_an_account_without_a_number_is_refused_on_its_field(self, world, as_) -> None:
        with as_(world.paula), pytest.raises(RuleBroken) as refused:
            service.keep_accounts(world.paula.actor, {Post.BANK: ""})
        assert refused.value.field == "bank"

    def test_another_provider_has_its_own_accounts(self, world, as_) -> None:
        with as_(world.paula):
            service.keep_accounts(world.paula.actor, {Post.WAGES: "5123"})
        with as_(world.sam):
            assert queries.list_accounts()[Post.WAGES] == USUAL_ACCOUNTS[Post.WAGES]
