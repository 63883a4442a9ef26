"""Distraint: entered by hand, taken after net pay, never more than it, and paid on by itself."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.queries import content_of, show_run_at_bank
from jobsearch.payroll.exports.bank.rules import Edition
from jobsearch.payroll.exports.bank.service import keep_payer_account, make_bank_file
from jobsearch.payroll.exports.books.queries import show_run_in_books
from jobsearch.payroll.exports.books.rules import Post
from jobsearch.payroll.pay.distraint.models import Distraint
from jobsearch.payroll.pay.distraint.queries import list_distraints
from jobsearch.payroll.pay.distraint.rules import DistraintTerms
from jobsearch.payroll.pay.distraint.service import enter_distraint, remove_distraint
from jobsearch.payroll.pay.exceptions import Concern, from_json
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.queries import get_run, list_payslips
from jobsearch.payroll.pay.rules import RunKind, RunState
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from tests.paid import PAYS_ON, prepare
from tests.world import Member, World

pytestmark = pytest.mark.usefixtures("context")
As = Callable[[Member], object]
TERMS = DistraintTerms(Money.of("80.00"), "Ulosottolaitos", "FI2112345600000785", "1232")


@pytest.fixture
def run_id(world: World, as_: As) -> str:
    """A computed run that pays Pia 432.07 net and 20.00 of reimbursement."""
    with as_(world.aino):
        prepare(world.a, "pia")
    with as_(world.paula):
        run = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, world.a.cohort_ids[0])
        return compute_pay_run(run.id, run.version).id


def contract_id(run_id: str) -> str:
    return list_distraints(run_id).lines[0].employment_id


def enter(world: World, run_id: str, terms: DistraintTerms = TERMS, version: int = 0) -> Distraint:
    return enter_distraint(world.paula.actor, run_id, contract_id(run_id), terms, version)


def test_it_is_taken_after_net_and_the_run_is_computed_again(
    world: World, as_: As, run_id: str
) -> None:
    with as_(world.paula):
        enter(world, run_id)
        (slip,) = list_payslips(run_id)
        assert (slip.net, slip.distraint) == (Money.of("432.07"), Money.of("80.00"))
        assert slip.to_account == Money.of("372.07")
        (line,) = (line for line in slip.lines if line.item is Item.DISTRAINT)
        assert line.code == ""
        assert "reference" not in line.gaps
        assert get_run(run_id).state is RunState.COMPUTED


def test_it_never_takes_more_than_net_and_the_clerk_is_told(
    world: World, as_: As, run_id: str
) -> None:
    with as_(world.paula):
        enter(world, run_id, replace(TERMS, amount=Money.of("1000.00")))
        (slip,) = list_payslips(run_id)
        assert (slip.distraint, slip.to_account) == (slip.net, Money.of("20.00"))
        concerns = [from_json(kept).concern for kept in get_run(run_id).exceptions]
        assert Concern.DISTRAINT_CUT in concerns


def test_the_database_refuses_a_distraint_above_net(world: World, as_: As, run_id: str) -> None:
    with as_(world.paula), pytest.raises(IntegrityError):
        enter(world, run_id)
        (slip,) = list_payslips(run_id)
        db.session.execute(
            text("UPDATE payslip SET distraint = net + 1, to_account = reimbursements - 1")
        )
        assert slip


def test_account_and_reference_are_unreadable_in_the_database(
    world: World, as_: As, run_id: str
) -> None:
    with as_(world.paula):
        enter(world, run_id)
        row = db.session.execute(text("SELECT account, reference, authority FROM distraint")).one()
        assert all(isinstance(value, bytes | memoryview) for value in row)
        assert all(b"FI21" not in bytes(value) for value in row)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": Money(0)}, "amount"),
        ({"amount": Money(-100)}, "amount"),
        ({"authority": " "}, "authority"),
        ({"account": ""}, "account"),
        ({"reference": "1233"}, "reference"),
        ({"reference": "RF00"}, "reference"),
    ],
)
def test_what_is_impossible_is_refused(
    world: World, as_: As, run_id: str, change: dict[str, object], field: str
) -> None:
    with as_(world.paula):
        with pytest.raises(RuleBroken) as refused:
            enter(world, run_id, replace(TERMS, **change))
        assert refused.value.field == field


def test_two_people_at_once_do_not_overwrite_each_other(world: World, as_: As, run_id: str) -> None:
    with as_(world.paula):
        first = enter(world, run_id)
        with pytest.raises(Conflict):
            enter(world, run_id)
        enter(world, run_id, replace(TERMS, amount=Money.of("10.00")), first.version)


def test_it_can_be_taken_away_until_the_run_is_approved(world: World, as_: As, run_id: str) -> None:
    with as_(world.paula):
        row = enter(world, run_id)
        remove_distraint(run_id, contract_id(run_id), row.version)
        (slip,) = list_payslips(run_id)
        assert slip.to_account == Money.of("452.07")
        assert db.session.scalars(select(Distraint)).all() == []


def test_another_provider_finds_nothing(world: World, as_: As, run_id: str) -> None:
    with as_(world.sam), pytest.raises(NotVisible):
        list_distraints(run_id)


def test_it_goes_in_the_banks_file_by_itself_and_the_books_agree(
    world: World, as_: As, run_id: str
) -> None:
    with as_(world.paula):
        enter(world, run_id)
        run = get_run(run_id)
        review_pay_run(run_id, run.version, world.paula.actor)
    with as_(world.aino):
        approve_pay_run(run_id, get_run(run_id).version, world.aino.actor)
    with as_(world.paula):
        with pytest.raises(RuleBroken, match="what is taken from the pay stays"):
            enter(world, run_id, version=1)
        keep_payer_account(world.paula.actor, "FI2112345600000785", "", "", Edition.V09, 0)
        file = make_bank_file(world.paula.actor, run_id)
        assert (file.payments, file.total) == (2, Money.of("452.07"))
        assert show_run_at_bank(run_id).total == file.total
        root = etree.parse(BytesIO(content_of(file))).getroot()
        blocks = root.findall(".//{*}PmtInf")
        marks = [block.findtext(".//{*}CtgyPurp/{*}Cd") for block in blocks]
        assert marks == ["SALA", None]
        assert blocks[1].findtext(".//{*}CdtrRefInf/{*}Ref") == "1232"
        assert blocks[1].findtext(".//{*}Cdtr/{*}Nm") == "Ulosottolaitos"
        assert len({block.findtext("{*}PmtInfId") for block in blocks}) == 2
        books = show_run_in_books(run_id)
        assert books.agrees
        debt = next(line for line in books.journal if line.post is Post.DISTRAINT_DEBT)
        assert debt.credit == Money.of("80.00")
