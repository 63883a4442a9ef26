"""Pages of the Incomes Register: settings, a file of wages, its answer, and the month's report."""

import io
import re
from datetime import date, timedelta

import pytest

from jobsearch.payroll.exports.register.overview import list_duties
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from tests.paid import PAYS_ON, prepare
from tests.service.test_incomes_register import answered

SETTINGS = {
    "contact": "Paula Palkka",
    "phone": "040 123 4567",
    "email": "paula@example.org",
    "pension_provider": "54",
    "pension_policy": "54-1234567a",
    "profession": "41100",
}


def said(response) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")


@pytest.fixture
def run_id(app, world, as_) -> str:
    with app.app_context():
        with as_(world.aino):
            prepare(world.a, "pia")
        with as_(world.paula):
            run = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, world.a.cohort_ids[0])
            compute_pay_run(run.id, run.version)
            review_pay_run(run.id, run.version, world.paula.actor)
        with as_(world.aino):
            approve_pay_run(run.id, get_run(run.id).version, world.aino.actor)
        return run.id


def test_a_clerk_reports_wages_and_reads_the_answer(world, sign_in, run_id) -> None:
    paula = sign_in(world.paula)
    page = said(paula.get("/incomes-register"))
    assert "Enter first how the employer reports" in page
    assert "report by Wed 9 December" in page or "9 December" in page or "9.12.2026" in page
    refused = paula.send(f"/incomes-register/runs/{run_id}")
    assert refused.status_code == 422
    assert paula.send("/incomes-register/settings", **SETTINGS).status_code == 303
    assert 'value="54-1234567A"' in said(paula.get("/incomes-register/settings"))
    made = paula.send(f"/incomes-register/runs/{run_id}")
    assert made.status_code == 303
    page = said(paula.get(made.location))
    assert "Pia Pihlaja" in page
    assert "Test" in page
    file = paula.get(f"{made.location}.xml")
    assert file.mimetype == "application/xml"
    assert "attachment" in file.headers["Content-Disposition"]
    assert b"<TransactionCode>201</TransactionCode>" in file.data
    assert paula.send(f"{made.location}/delivered", version="1").status_code == 303
    key = made.location.rsplit("/", 1)[1]
    (told,) = re.findall(r"<ReportId>(\w+)</ReportId>", file.get_data(as_text=True))
    wrong = paula.send(f"{made.location}/answer", file=(io.BytesIO(b"<a/>"), "a.xml"))
    assert wrong.status_code == 422
    assert "This is not an answer of the Incomes Register." in said(wrong)
    right = paula.send(
        f"{made.location}/answer", file=(io.BytesIO(answered(key, [told])), "answer.xml")
    )
    assert right.status_code == 303
    assert "Accepted by the register" in said(paula.get(made.location))
    assert "No wages wait for a report" in said(paula.get("/incomes-register"))


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("contact", "", "Enter the contact person."),
        ("phone", "12", "phone"),
        ("pension_provider", "540", "a number from 1 to 99"),
        ("pension_policy", "54/1", "The number looks like this: 54-1234567A."),
        ("profession", "clerk", "The code has one to five digits"),
    ],
)
def test_settings_that_cannot_be_are_refused_on_their_field(
    world, sign_in, field, typed, sentence
) -> None:
    response = sign_in(world.paula).send(
        "/incomes-register/settings", **(SETTINGS | {field: typed})
    )
    assert response.status_code == 422
    assert sentence in said(response)


def test_the_manager_reads_and_changes_nothing(world, sign_in, run_id) -> None:
    aino = sign_in(world.aino)
    page = said(aino.get("/incomes-register"))
    assert "Make the file" not in page
    assert aino.send(f"/incomes-register/runs/{run_id}").status_code == 403
    assert aino.get("/incomes-register/settings").status_code == 403
    assert sign_in(world.stig).get("/incomes-register").status_code == 403


def test_a_month_that_cannot_be_is_no_page_and_one_that_goes_on_is_refused(world, sign_in) -> None:
    paula = sign_in(world.paula)
    paula.send("/incomes-register/settings", **SETTINGS)
    assert paula.send("/incomes-register/months/2026/13").status_code == 404
    refused = paula.send("/incomes-register/months/2026/11")
    assert refused.status_code == 422
    assert "The month is not over yet." in said(refused)
    assert paula.send("/incomes-register/months/2026/10").status_code == 303


def test_the_clerks_day_says_what_is_to_be_reported_and_by_when(
    app, world, as_, sign_in, run_id, clock
) -> None:
    day = said(sign_in(world.paula).get("/today"))
    assert "Wages paid on" in day
    assert ">Late<" not in day
    clock.shift(timedelta(days=40))
    with app.app_context(), as_(world.paula):
        duties = list_duties()
    # the wages of 4 December by the 9th, and December's own report by 5 January
    assert [one.due_on for one in duties] == [date(2026, 12, 9), date(2027, 1, 5)]
