"""Reports to the Incomes Register: valid by its schemas, told once, corrected by its answers."""

import os
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.exports.register import queries, service
from jobsearch.payroll.exports.register.rules import DeliveryState, Sender
from jobsearch.payroll.pay.queries import get_run, list_payslips
from jobsearch.payroll.pay.rules import RunKind, RunState
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
NAMED = os.environ.get("JOBSEARCH_REGISTER_SCHEMAS")  # .ci/run says where they are
SCHEMAS = Path(NAMED or Path(__file__).parents[3] / "shared" / "finland" / "incomes-register")
SENDER = Sender(
    "", "Paula Palkka", "+358401234567", "paula@example.org", 54, "54-0000000U", "41100"
)


@pytest.fixture
def run_id(world, as_) -> str:
    """A run of Pia's wages that Aino approved; the employer can report."""
    with as_(world.aino):
        prepare(world.a, "pia")
        db.session.get_one(Organisation, world.a.organisation_id).business_id = "1234567-1"
    with as_(world.paula):
        service.keep_settings(world.paula.actor, SENDER, 0)
        run = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, world.a.cohort_ids[0])
        run = compute_pay_run(run.id, run.version)
        run = review_pay_run(run.id, run.version, world.paula.actor)
    with as_(world.aino):
        run = get_run(run.id)
        approve_pay_run(run.id, run.version, world.aino.actor)
    return run.id


def report(world, as_, run_id: str) -> tuple[str, bytes]:
    with as_(world.paula):
        (delivery,) = service.make_wage_reports(world.paula.actor, run_id)
        return delivery.id, queries.content_of(delivery)


def valid(content: bytes, name: str) -> etree._Element:
    """Read the file by the register's schema, which stands beside the project."""
    if not SCHEMAS.exists() and NAMED is None:
        pytest.skip("the schemas of the Incomes Register are not here")
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / f"{name}.xsd")))
    root = etree.fromstring(content)
    schema.assertValid(root)
    return root


def answered(
    delivery: str, accepted: list[str] = (), refused: dict[str, str] | None = None
) -> bytes:
    good = "".join(
        f"<Item><ItemId>{key}</ItemId><IRItemId>{key.ljust(32, '0')}</IRItemId></Item>"
        for key in accepted
    )
    bad = "".join(
        f"<Item><ItemId>{key}</ItemId><ItemErrors><ErrorInfo><ErrorCode>1</ErrorCode>"
        f"<ErrorMessage>{why}</ErrorMessage></ErrorInfo></ItemErrors></Item>"
        for key, why in (refused or {}).items()
    )
    return (
        '<s:StatusResponseFromIR xmlns:s="http://www.tulorekisteri.fi/2017/1/StatusResponseFromIR">'
        f"<DeliveryData><DeliveryId>{delivery}</DeliveryId></DeliveryData>"
        f"<StatusResponse><ValidItems>{good}</ValidItems><InvalidItems>{bad}</InvalidItems>"
        "</StatusResponse></s:StatusResponseFromIR>"
    ).encode()


def references(world, as_, delivery_id: str) -> list[str]:
    with as_(world.paula):
        return [one.id for one in queries.get_delivery(delivery_id).reports]


def test_wages_are_told_by_income_type_as_the_payslip_has_them(world, as_, run_id) -> None:
    _key, content = report(world, as_, run_id)
    root = valid(content, "WageReportsToIR")
    told = {
        basic.findtext("TransactionCode"): basic.findtext("Amount")
        for basic in root.iter("TransactionBasic")
    }
    assert told == {
        "201": "552.00",
        "234": "49.68",
        "353": "20.00",
        "402": "120.34",
        "413": "43.92",
        "414": "5.35",
    }
    assert root.findtext(".//ProductionEnvironment") == "false"
    assert root.findtext(".//DeliveryDataOwner/Code") == "1234567-1"
    assert root.findtext(".//UnitWage/UnitAmount") == "48.00"
    assert root.findtext(".//UnitWage/UnitPrice") == "11.50"
    assert root.findtext(".//HoursPerWeek") == "16.00"
    assert root.findtext(".//PaymentPeriod/PaymentDate") == PAYS_ON.isoformat()


def test_a_payment_is_told_once(world, as_, run_id) -> None:
    report(world, as_, run_id)
    with pytest.raises(RuleBroken, match="already"):
        report(world, as_, run_id)


def test_the_months_contribution_is_due_on_the_months_total(world, as_, run_id, clock) -> None:
    with as_(world.paula), pytest.raises(RuleBroken, match="not over"):
        service.make_summary(world.paula.actor, PAYS_ON.replace(day=1))
    clock.shift(60 * 24 * 3600)
    with as_(world.paula):
        delivery = service.make_summary(world.paula.actor, PAYS_ON.replace(day=1))
        content = queries.content_of(delivery)
    root = valid(content, "PayerSummaryReportsToIR")
    assert root.findtext(".//SummaryTransactionCode") == "102"
    assert root.findtext(".//Amount") == "11.49"
    assert delivery.due_on == date(2027, 1, 5)


def test_a_month_without_wages_says_so(world, as_, run_id, clock) -> None:
    with as_(world.paula):
        delivery = service.make_summary(world.paula.actor, date(2026, 9, 1))
        root = valid(queries.content_of(delivery), "PayerSummaryReportsToIR")
    assert root.findtext(".//SummaryTransactionCode") == "101"
    assert root.find(".//Amount") is None


def test_what_the_register_rejects_waits_for_a_new_file(world, as_, run_id) -> None:
    key, _content = report(world, as_, run_id)
    (reference,) = references(world, as_, key)
    with as_(world.paula):
        row = service.take_answer(key, answered(key, refused={reference: "Unknown earner"}))
        assert row.state is DeliveryState.REJECTED
        assert row.reports[0].error == "1 Unknown earner"
    again, _content = report(world, as_, run_id)
    assert again != key


def test_a_cancellation_stands_when_the_register_accepts_it_and_not_before(
    world, as_, run_id
) -> None:
    key, _content = report(world, as_, run_id)
    told = references(world, as_, key)
    with as_(world.paula):
        service.take_answer(key, answered(key, told))
    with as_(world.paula):
        cancellation = service.cancel_reports(world.paula.actor, key)
        root = valid(queries.content_of(cancellation), "InvalidationsToIR")
        assert [one.text for one in root.iter("ItemId")] == told
    with pytest.raises(RuleBroken, match="already"):
        report(world, as_, run_id)
    with as_(world.paula):
        service.take_answer(cancellation.id, answered(cancellation.id, told))
    assert report(world, as_, run_id)[0] != key


def test_a_cancellation_that_is_rejected_leaves_what_was_told(world, as_, run_id) -> None:
    key, _content = report(world, as_, run_id)
    told = references(world, as_, key)
    with as_(world.paula):
        service.take_answer(key, answered(key, told))
        cancellation = service.cancel_reports(world.paula.actor, key).id
    with as_(world.paula):
        service.take_answer(cancellation, answered(cancellation, refused={told[0]: "No"}))
    with as_(world.paula):
        assert queries.get_delivery(key).reports[0].cancelled_by_id is None
        service.cancel_reports(world.paula.actor, key)


def test_production_is_turned_on_by_a_person_and_tests_are_told_again(world, as_, run_id) -> None:
    first, _content = report(world, as_, run_id)
    with as_(world.paula):
        service.turn_production(world.paula.actor, on=True)
    second, content = report(world, as_, run_id)
    assert second != first
    assert b"<ProductionEnvironment>true</ProductionEnvironment>" in content


@pytest.mark.parametrize("production", [True, False])
def test_a_paid_run_is_reported_when_the_register_has_accepted_all_of_it(
    world, as_, run_id, production
) -> None:
    with as_(world.paula):
        if production:
            service.turn_production(world.paula.actor, on=True)
        mark_paid(run_id, get_run(run_id).version)
    key, _content = report(world, as_, run_id)
    told = references(world, as_, key)
    with as_(world.paula):
        service.take_answer(key, answered(key, told))
    with as_(world.paula):
        state = get_run(run_id).state
    assert state is (RunState.REPORTED if production else RunState.PAID)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b"<StatusResponseFromIR/>",
    ],
)
def test_what_is_no_answer_is_refused_and_changes_nothing(world, as_, run_id, content) -> None:
    key, _content = report(world, as_, run_id)
    with as_(world.paula), pytest.raises(RuleBroken, match="not an answer"):
        service.take_answer(key, content)
    with as_(world.paula):
        assert queries.get_delivery(key).state is DeliveryState.MADE


def test_the_answer_to_another_file_is_refused(world, as_, run_id) -> None:
    key, _content = report(world, as_, run_id)
    with as_(world.paula), pytest.raises(RuleBroken, match="another file"):
        service.take_answer(key, answered("somebodyelses"))


def test_whose_identity_code_is_missing_is_named(world, as_, run_id) -> None:
    with as_(world.paula):
        db.session.get_one(Person, world.pia.person_id).identity_code = None
    with pytest.raises(RuleBroken) as refused:
        report(world, as_, run_id)
    assert refused.value.gaps["names"] == "Pia Pihlaja"


def test_without_settings_or_business_id_nothing_is_made(world, as_, run_id) -> None:
    with as_(world.aino):
        db.session.get_one(Organisation, world.a.organisation_id).business_id = None
    with pytest.raises(RuleBroken, match="business id"):
        report(world, as_, run_id)
    with as_(world.sam), pytest.raises(RuleBroken, match="Enter first how"):
        service.turn_production(world.sam.actor, on=True)


def test_who_saw_an_older_version_marks_nothing(world, as_, run_id) -> None:
    key, _content = report(world, as_, run_id)
    with as_(world.paula), pytest.raises(Conflict):
        service.mark_delivered(key, 9)
    with as_(world.paula):
        assert service.mark_delivered(key, 1).state is DeliveryState.DELIVERED


def test_another_provider_sees_and_reports_nothing(world, as_, run_id) -> None:
    key, _content = report(world, as_, run_id)
    with as_(world.sam):
        for deed in (
            lambda: queries.get_delivery(key),
            lambda: service.make_wage_reports(world.sam.actor, run_id),
            lambda: service.mark_delivered(key, 1),
        ):
            with pytest.raises(NotVisible):
                deed()
    with as_(world.paula):
        assert list_payslips(run_id)
