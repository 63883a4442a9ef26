"""What another payroll system pays: no payslip, no bank file, no report, one file, made once."""

import csv
import io
import zipfile

import pytest
from lxml import etree
from sqlalchemy import select

from jobsearch.attendance.models import Attendance, AttendanceState
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.rules import Edition
from jobsearch.payroll.exports.bank.service import keep_payer_account, make_bank_file
from jobsearch.payroll.exports.others import queries, service
from jobsearch.payroll.exports.others.rules import HandedItem, HandedLine, System, check_exact
from jobsearch.payroll.exports.register.queries import health_bases
from jobsearch.payroll.exports.register.service import make_wage_reports
from jobsearch.payroll.pay.queries import get_run, list_own_payslips
from jobsearch.payroll.pay.rules import PaidBy, RunKind, RunState
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    mark_paid,
    review_pay_run,
)
from jobsearch.people.models import Person
from tests.paid import PAYS_ON, prepare

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def run_id(world, as_) -> str:
    """A run of Pia's wages that another system pays: made by Paula, approved by Aino."""
    return approved(world, as_)


def approved(world, as_, paid_by: PaidBy = PaidBy.ELSEWHERE) -> str:
    with as_(world.aino):
        prepare(world.a, "pia")
    cohort_id = world.a.cohort_ids[0]
    with as_(world.paula):
        run = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, cohort_id, paid_by=paid_by)
        compute_pay_run(run.id, run.version)
        review_pay_run(run.id, run.version, world.paula.actor)
    with as_(world.aino):
        approve_pay_run(run.id, get_run(run.id).version, world.aino.actor)
    return run.id


def handed(world, as_, run_id: str, system: System = System.PLAIN) -> bytes:
    with as_(world.paula):
        service.hand_over(world.paula.actor, run_id, get_run(run_id).version, system)
    with as_(world.paula):
        return queries.get_content(run_id)[1]


def keep_codes(world, as_, **codes: str) -> None:
    with as_(world.paula):
        wanted = {item: codes.get(item.value, "") for item in HandedItem}
        service.keep_codes(world.paula.actor, wanted)


def test_a_run_ends_at_handed_over_with_its_hours_locked_and_no_payslip(world, as_, run_id) -> None:
    with as_(world.paula):
        own = Attendance.person_id == world.pia.person_id
        states = set(db.session.scalars(select(Attendance.state).where(own)))
        assert states == {AttendanceState.LOCKED}
    handed(world, as_, run_id)
    with as_(world.paula):
        run = get_run(run_id)
        assert run.state is RunState.HANDED_OVER
        assert run.approved_by_id != run.made_by_id
    with as_(world.pia):
        assert list_own_payslips(world.pia.actor.person_id) == []


def test_it_is_neither_paid_nor_reported_from_here(world, as_, run_id) -> None:
    with as_(world.paula):
        keep_payer_account(world.paula.actor, "FI2112345600000785", "", "", Edition.V09, 0)
    for forbidden in (
        lambda: make_bank_file(world.paula.actor, run_id),
        lambda: make_wage_reports(world.paula.actor, run_id),
        lambda: mark_paid(run_id, get_run(run_id).version),
    ):
        with as_(world.paula), pytest.raises(RuleBroken, match="Another payroll system"):
            forbidden()
    with as_(world.paula):
        assert health_bases(PAYS_ON) == {}


@pytest.mark.parametrize("state", [RunState.PAID, RunState.REPORTED])
def test_the_database_too_refuses_to_pay_it_from_here(world, as_, run_id, state) -> None:
    with pytest.raises(Conflict, match="ck_pay_run_paid_from_here"), as_(world.paula):
        get_run(run_id).state = state
        db.session.flush()


def test_what_is_paid_from_here_is_not_handed_over(world, as_) -> None:
    run_id = approved(world, as_, PaidBy.HERE)
    with as_(world.pia):
        assert len(list_own_payslips(world.pia.actor.person_id)) == 1
    with pytest.raises(RuleBroken, match="paid from here"):
        handed(world, as_, run_id)


def test_it_is_handed_over_once_and_by_who_has_seen_it(world, as_, run_id) -> None:
    with as_(world.paula), pytest.raises(Conflict):
        service.hand_over(world.paula.actor, run_id, 1, System.PLAIN)
    first = handed(world, as_, run_id)
    with pytest.raises(RuleBroken, match="and once"):
        handed(world, as_, run_id)
    with as_(world.paula):
        assert queries.get_content(run_id)[1] == first
    with as_(world.sam), pytest.raises(NotVisible):
        queries.get_content(run_id)


def test_the_plain_file_has_hours_and_items_and_no_identity_code(app, world, as_, run_id) -> None:
    with app.test_request_context():
        content = handed(world, as_, run_id).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert [row[5] for row in rows[1:]] == ["201", "234", "353"]
    assert rows[1][7:] == ["48,00", "11,50", "552,00"]
    euros = [Money.of(row[9].replace(",", ".")) for row in rows[1:]]
    assert Money.total(euros) == Money.of("621.68")
    assert "150591" not in content


def test_the_file_for_procountor_has_rows_by_code_and_leaves_out_what_has_none(
    world, as_, run_id
) -> None:
    with pytest.raises(RuleBroken, match="knows the hourly wage"):
        handed(world, as_, run_id, System.PROCOUNTOR)
    keep_codes(world, as_, wage="2001", reimbursement="7100")
    rows = handed(world, as_, run_id, System.PROCOUNTOR).decode("ascii").splitlines()
    assert [row.split(";")[:6] for row in rows] == [
        ["E", "150591-902A", "2001", "", "48,00", "11,50"],
        ["E", "150591-902A", "7100", "", "1", "20,00"],
    ]
    assert {row.count(";") for row in rows} == {17}  # columns A to R


def test_the_file_for_netvisor_has_the_hours_of_each_person(world, as_, run_id) -> None:
    keep_codes(world, as_, wage="10")
    packed = zipfile.ZipFile(io.BytesIO(handed(world, as_, run_id, System.NETVISOR)))
    (name,) = packed.namelist()
    root = etree.fromstring(packed.read(name))
    one = root.find("payrollperiodcollector")
    assert one.findtext("date") == "2026-12-03"
    assert one.find("date").get("format") == "ansi"
    assert one.findtext("employeeidentifier") == "150591-902A"
    assert one.find("employeeidentifier").get("type") == "personalidentificationnumber"
    assert one.findtext("payrollratioline/amount") == "48,00"
    assert one.findtext("payrollratioline/payrollratio") == "10"


def test_whose_identity_code_is_missing_is_named(world, as_, run_id) -> None:
    keep_codes(world, as_, wage="10")
    with as_(world.paula):
        db.session.get_one(Person, world.pia.person_id).identity_code = None
    with pytest.raises(RuleBroken, match="identity code is missing"):
        handed(world, as_, run_id, System.NETVISOR)


def test_hours_that_make_other_cents_in_two_decimals_are_refused(world, as_, run_id) -> None:
    with as_(world.paula):
        (person,) = queries.list_handed(run_id)
    check_exact([person])
    # 100 minutes are 1.67 h, which at 11.50 makes 19.21 and not 19.17
    line = HandedLine(HandedItem.WAGE, "201", Money.of("19.17"), 100, Money.of("11.50"))
    with pytest.raises(RuleBroken, match="two decimals"):
        check_exact(
            [type(person)(*(("x", "Pia", None, person.period, PAYS_ON, [line], line.amount)))]
        )


def test_a_line_that_changed_after_approval_is_not_handed_over(world, as_, run_id) -> None:
    with pytest.raises(RuleBroken, match="approved sum"), as_(world.paula):
        run = get_run(run_id)
        (person,) = queries.list_handed(run_id)
        other = type(person)(
            *(getattr(person, name) for name in ("reference", "name", "identity_code")),
            *(person.period, person.pays_on, person.lines[:1], person.due),
        )
        service.check_whole([other])
        assert run.state is RunState.APPROVED
