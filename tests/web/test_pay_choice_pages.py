"""Pages of distraint, days of payment, locked copies, tax cards, closed years and "worth it"."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.payroll.pay.distraint.queries import list_distraints
from jobsearch.payroll.pay.models import Payslip
from jobsearch.payroll.pay.pages import load_run_page
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from jobsearch.people.models import Person
from tests.contracted import contract_of_pia
from tests.paid import PAYS_ON, prepare

BAN = {
    "amount": "80,00",
    "authority": "Ulosottolaitos",
    "account": "FI21 1234 5600 0007 85",
    "reference": "12 32",
    "version": "0",
}
CARD = {
    "base": "12,5",
    "additional": "40",
    "ceiling": "",
    "valid_from": "1.12.2026",
    "kind": "wage",
}


def said(response) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")


@pytest.fixture
def run_id(app, world, as_) -> str:
    """A computed run that pays Pia."""
    with app.app_context():
        with as_(world.aino):
            prepare(world.a, "pia")
            who = select(Person).where(Person.id == world.pia.person_id)
            db.session.scalars(who).one().email = "pia@example.org"
        with as_(world.paula):
            run = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, world.a.cohort_ids[0])
            return compute_pay_run(run.id, run.version).id


def approve(app, world, as_, run_id: str) -> str:
    """Review and approve it; the key of Pia's payslip."""
    with app.app_context():
        with as_(world.paula):
            review_pay_run(run_id, get_run(run_id).version, world.paula.actor)
        with as_(world.aino):
            approve_pay_run(run_id, get_run(run_id).version, world.aino.actor)
            return db.session.scalars(select(Payslip.id)).one()


def contract(app, world, as_, run_id: str) -> str:
    with app.app_context(), as_(world.paula):
        return list_distraints(run_id).lines[0].employment_id


def test_distraint_is_the_clerks_and_the_persons_and_a_sum_to_the_manager(
    app, world, as_, sign_in, run_id
) -> None:
    paula, aino, pia = sign_in(world.paula), sign_in(world.aino), sign_in(world.pia)
    address = f"/pay-runs/{run_id}/distraint/{contract(app, world, as_, run_id)}"
    assert paula.send(address, **BAN).status_code == 303
    assert "80.00" in said(paula.get(f"/pay-runs/{run_id}/distraint"))
    assert aino.get(f"/pay-runs/{run_id}/distraint").status_code == 403
    slip_id = approve(app, world, as_, run_id)
    told = "Paid on for you to the enforcement authority"
    assert told in said(paula.get(f"/payslips/{slip_id}"))
    assert told in said(pia.get(f"/my-pay/{slip_id}"))
    assert told not in said(aino.get(f"/payslips/{slip_id}"))
    assert "80.00" in said(aino.get(f"/pay-runs/{run_id}"))
    assert aino.get(f"/payslips/{slip_id}/pdf").status_code == 404
    assert paula.get(f"/payslips/{slip_id}/pdf").status_code == 200
    assert pia.get(f"/my-pay/{slip_id}/pdf").status_code == 200
    page = said(aino.get(f"/pay-runs/{run_id}/bank-file"))
    assert "Ulosottolaitos" not in page
    assert "Distraint, in all" in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("amount", "", "Enter how much is taken."),
        ("amount", "-5", "The distraint is above 0 €."),
        ("authority", "", "Name who is paid"),
        ("account", "FI21 1234 5600 0007 86", "Check the account"),
        ("reference", "1233", "Check the reference"),
        ("reference", "", "reference"),
    ],
)
def test_a_wrong_distraint_is_said_on_its_field(
    app, world, as_, sign_in, run_id, field: str, typed: str, sentence: str
) -> None:
    paula = sign_in(world.paula)
    address = f"/pay-runs/{run_id}/distraint/{contract(app, world, as_, run_id)}"
    refused = paula.send(address, **BAN | {field: typed})
    assert refused.status_code == 422
    assert sentence in said(refused)


def test_another_day_is_chosen_and_hours_stand_side_by_side(
    app, world, as_, sign_in, run_id
) -> None:
    paula, aino = sign_in(world.paula), sign_in(world.aino)
    group = f"/pay-runs/groups/{world.a.cohort_ids[0]}/days"
    page = said(paula.get(group))
    assert "Pay in one calendar month?" in page
    assert "Half month" in page
    assert f"pays_on={PAYS_ON.isoformat()}" in page
    begun = said(paula.get(f"/pay-runs/new?cohort_id={world.a.cohort_ids[0]}&pays_on=2026-12-04"))
    assert "4.12.2026" in begun
    address = f"/pay-runs/{run_id}/days"
    with app.app_context(), as_(world.paula):
        version = get_run(run_id).version
    holiday = paula.send(address, version=str(version), pays_on="25.12.2026")
    assert holiday.status_code == 422
    assert "Banks are closed on" in said(holiday)
    day = PAYS_ON + timedelta(days=3)
    assert paula.send(address, version=str(version), pays_on=day.isoformat()).status_code == 303
    assert "Who chose the day" in said(aino.get(address))
    assert aino.send(address, version="1", pays_on="8.12.2026").status_code == 403
    shown = said(aino.get(f"/pay-runs/{run_id}"))
    assert "Planned, marked and paid hours by person" in shown


def test_extra_hours_are_paid_only_when_the_manager_approves_them(
    app, world, as_, sign_in, run_id
) -> None:
    aino, stig = sign_in(world.aino), sign_in(world.stig)
    day_id = world.a.day_ids[world.a.cohort_ids[0]][5]
    address = f"/hours/{world.a.enrolment_ids['pia']}/days/{day_id}/extra"
    assert stig.get(address).status_code == 403
    assert "Hours are not below zero." in said(aino.send(address, extra="-1"))
    assert "Over 8 hours a day" in said(aino.send(address, extra="6"))
    assert aino.send(address, extra="1,5").status_code == 303
    with app.app_context(), as_(world.paula):
        (line,) = load_run_page(run_id).hours
        assert (line.hours.extra_minutes, line.hours.paid_minutes) == (90, 2970)
        compute_pay_run(run_id, get_run(run_id).version)
        assert db.session.scalars(select(Payslip.paid_minutes)).one() == 2970
    assert aino.send(address, extra="0").status_code == 303
    with app.app_context(), as_(world.paula):
        assert load_run_page(run_id).hours[0].hours.paid_minutes == 2880


def test_a_copy_is_asked_for_with_a_password(app, world, as_, sign_in, run_id) -> None:
    slip_id = approve(app, world, as_, run_id)
    pia = sign_in(world.pia)
    address = f"/my-pay/{slip_id}/copy"
    weak = pia.send(address, password="short", again="short")
    assert weak.status_code == 422
    assert "at least 10 characters" in said(weak)
    assert 'value="short"' not in said(weak)
    words = {"password": "sininen kuusi", "again": "sininen kuusi"}
    assert pia.send(address, **words).status_code == 303
    assert "p…@example.org" in said(pia.get(address))
    assert sign_in(world.otto).get(address).status_code == 404


def test_the_clerk_lists_enters_and_puts_right_tax_cards(app, world, as_, sign_in, run_id) -> None:
    paula = sign_in(world.paula)
    address = f"/people/{world.pia.person_id}/tax-cards"
    page = said(paula.get(address))
    assert "In force" in page
    assert paula.send(address, **CARD).status_code == 303
    over = paula.send(address, **CARD | {"base": "100,5", "valid_from": "2.12.2026"})
    assert over.status_code == 422
    assert "No tax card has more than 100 percent" in said(over)
    benefit = paula.send(address, **CARD | {"kind": "benefit", "valid_from": "3.12.2026"})
    assert "cannot be used for wages" in said(benefit)
    link = said(paula.get(address)).split(f'href="{address}/')[1].split('"')[0]
    edit = f"{address}/{link}"
    assert "12,5" in said(paula.get(edit))
    assert paula.send(edit, **CARD | {"base": "15"}).status_code == 303
    assert "Rows that were put right" in said(paula.get(address))
    assert paula.get(edit).status_code == 404
    assert sign_in(world.aino).get(address).status_code == 403
    nobody = said(paula.get(f"/people/{world.otto.person_id}/tax-cards"))
    assert "No tax card is in force: 60" in nobody


def test_a_year_is_not_closed_before_it_is_over(app, world, as_, sign_in, run_id) -> None:
    paula = sign_in(world.paula)
    assert "is not over yet" in said(paula.get("/employer-figures/2026/close"))
    refused = paula.send("/employer-figures/2026/close", version="1")
    assert refused.status_code == 422
    assert "not reported yet: 1" in said(refused)
    assert paula.get("/employer-figures/2019/close").status_code == 404


def test_my_pay_says_what_each_month_brought_as_an_estimate(
    app, world, as_, sign_in, run_id
) -> None:
    approve(app, world, as_, run_id)
    page = said(sign_in(world.pia).get("/my-pay"))
    assert "Months of payment" in page
    assert "Counts as half a month" in page
    assert "300.84" in page
    assert "Sources:" in page


def test_before_signing_it_is_said_whether_it_is_worth_it(app, world, as_, sign_in, run_id) -> None:
    with app.app_context(), as_(world.paula):
        contract_id = contract_of_pia(world, date(2026, 11, 16), date(2026, 12, 3)).id
    pia = sign_in(world.pia)
    assert f"/my-contract/{contract_id}/worth" in said(pia.get("/my-contract"))
    page = said(pia.get(f"/my-contract/{contract_id}/worth"))
    assert "432.07" in page
    assert "300.84" in page
    assert "half a month of employment" in page
    assert sign_in(world.otto).get(f"/my-contract/{contract_id}/worth").status_code == 404


def test_a_code_with_a_wrong_check_character_or_of_a_child_is_refused(
    app, world, as_, sign_in, run_id
) -> None:
    paula = sign_in(world.paula)
    address = f"/hiring/people/{world.a.enrolment_ids['pia']}/details/identity-code"
    wrong = paula.send(address, identity_code="131052-308U")
    assert "last character of the identity code" in said(wrong)
    child = paula.send(address, identity_code="010115A901C")
    assert child.status_code == 422
    assert "under 15 years old" in said(child)
