"""The bank's file of a run: valid by the ISO schema, of the right sum, made once."""

import hashlib
from importlib.resources import files
from io import BytesIO

import pytest
from lxml import etree

from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.payroll.exports.bank import queries, service
from jobsearch.payroll.exports.bank.rules import Edition
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from jobsearch.people.models import Person
from tests.paid import PAYS_ON, prepare

pytestmark = pytest.mark.usefixtures("context")
IBAN = "FI2112345600000785"


@pytest.fixture
def run_id(world, as_) -> str:
    """A run of Pia's wages that Paula reviewed and Aino approved."""
    with as_(world.aino):
        prepare(world.a, "pia")
    with as_(world.paula):
        run = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, world.a.cohort_ids[0])
        run = compute_pay_run(run.id, run.version)
        return review_pay_run(run.id, run.version, world.paula.actor).id


def approve(world, as_, run_id: str) -> None:
    with as_(world.aino):
        run = queries.get_run(run_id)
        approve_pay_run(run_id, run.version, world.aino.actor)


def keep_account(world, as_, edition=Edition.V09, bic="", customer="", version=0) -> None:
    with as_(world.paula):
        service.keep_payer_account(world.paula.actor, IBAN, bic, customer, edition, version)


def made(world, as_, run_id: str) -> tuple[bytes, str]:
    with as_(world.paula):
        file = service.make_bank_file(world.paula.actor, run_id)
        return queries.content_of(file), file.sha256


def find(content: bytes, path: str) -> list[str]:
    tree = etree.parse(BytesIO(content))
    space = {"p": etree.QName(tree.getroot()).namespace}
    steps = "/".join(f"p:{step}" for step in path.split("/"))
    return [found.text for found in tree.iterfind(f".//{steps}", space)]


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize(("bic", "customer"), [("", ""), ("NDEAFIHH", "12345678901")])
def test_the_file_is_valid_by_the_schema_of_its_edition(
    world, as_, run_id, edition, bic, customer
) -> None:
    approve(world, as_, run_id)
    keep_account(world, as_, edition, bic, customer)
    content, digest = made(world, as_, run_id)
    schema = files("sepaxml") / "schemas" / f"{edition.value}.xsd"
    etree.XMLSchema(etree.parse(str(schema))).assertValid(etree.parse(BytesIO(content)))
    assert digest == hashlib.sha256(content).hexdigest()


def test_it_pays_what_the_payslip_says_to_the_account_that_was_approved(world, as_, run_id) -> None:
    approve(world, as_, run_id)
    with as_(world.paula):
        approved = db.session.get_one(Person, world.pia.person_id).bank_account
    with as_(world.paula):
        db.session.get_one(Person, world.pia.person_id).bank_account = "FI1410093000123458"
    keep_account(world, as_)
    content, _digest = made(world, as_, run_id)
    assert find(content, "InstdAmt") == ["452.07"]
    assert find(content, "CtrlSum") == ["452.07", "452.07"]
    assert find(content, "CdtrAcct/Id/IBAN") == [approved]
    assert find(content, "DbtrAcct/Id/IBAN") == [IBAN]
    assert find(content, "CtgyPurp/Cd") == ["SALA"]
    assert find(content, "ReqdExctnDt/Dt") == [PAYS_ON.isoformat()]
    assert find(content, "Cdtr/Nm") == ["Pia Pihlaja"]
    assert b"PstlAdr" not in content


def test_made_again_it_is_the_same_file(world, as_, run_id, clock) -> None:
    approve(world, as_, run_id)
    keep_account(world, as_)
    first = made(world, as_, run_id)
    clock.shift(3600)
    assert made(world, as_, run_id) == first


def test_pay_that_nobody_approved_gets_no_file(world, as_, run_id) -> None:
    keep_account(world, as_)
    with pytest.raises(RuleBroken, match="approved"):
        made(world, as_, run_id)


def test_without_the_employers_account_there_is_no_file(world, as_, run_id) -> None:
    approve(world, as_, run_id)
    with pytest.raises(RuleBroken, match="which account the employer pays from"):
        made(world, as_, run_id)


def test_whose_account_is_missing_is_named_and_paid_when_it_is_known(world, as_, run_id) -> None:
    with as_(world.paula):
        person = db.session.get_one(Person, world.pia.person_id)
        known, person.bank_account = person.bank_account, None
    with as_(world.paula):
        run = queries.get_run(run_id)
        run = compute_pay_run(run_id, run.version)
        review_pay_run(run_id, run.version, world.paula.actor)
    approve(world, as_, run_id)
    keep_account(world, as_)
    with pytest.raises(RuleBroken) as refused:
        made(world, as_, run_id)
    assert refused.value.gaps["names"] == "Pia Pihlaja"
    with as_(world.paula):
        db.session.get_one(Person, world.pia.person_id).bank_account = known
    content, _digest = made(world, as_, run_id)
    assert find(content, "CdtrAcct/Id/IBAN") == [known]


def test_pay_with_another_account_than_was_computed_is_not_approved(world, as_, run_id) -> None:
    with as_(world.paula):
        # the same country and last four digits: the masked account looks the same
        person = db.session.get_one(Person, world.pia.person_id)
        person.bank_account = person.bank_account[:6] + "9" + person.bank_account[7:]
    with pytest.raises(RuleBroken, match="changed"):
        approve(world, as_, run_id)


def test_the_employers_account_is_changed_by_who_has_seen_it_and_kept_unreadable(
    world, as_
) -> None:
    keep_account(world, as_)
    with pytest.raises(Conflict):
        keep_account(world, as_, version=7)
    keep_account(world, as_, Edition.V03, version=1)
    with as_(world.paula):
        kept = db.session.connection().exec_driver_sql("SELECT account FROM payer_account")
        assert IBAN.encode() not in bytes(kept.scalar_one())


def test_another_provider_sees_no_file_and_makes_none(world, as_, run_id) -> None:
    approve(world, as_, run_id)
    keep_account(world, as_)
    made(world, as_, run_id)
    with as_(world.sam):
        assert queries.find_bank_file(run_id) is None
        with pytest.raises(NotVisible):
            service.make_bank_file(world.sam.actor, run_id)
