"""Pages of the bank's file: the clerk makes it once and downloads it, the manager looks on."""

import pytest

from jobsearch.payroll.exports.bank.queries import list_due
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from tests.paid import PAYS_ON, prepare

ACCOUNT = {"account": "FI21 1234 5600 0007 85", "edition": "pain.001.001.09"}


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
        return run.id


def approve(app, world, as_, run_id: str) -> None:
    with app.app_context(), as_(world.aino):
        approve_pay_run(run_id, get_run(run_id).version, world.aino.actor)


def test_the_clerk_enters_the_account_makes_the_file_and_downloads_it(
    app, world, as_, sign_in, run_id
) -> None:
    paula, aino = sign_in(world.paula), sign_in(world.aino)
    address = f"/pay-runs/{run_id}/bank-file"
    assert "made of a pay run that is approved" in said(paula.get(address))
    assert paula.get(f"{address}.xml").status_code == 404
    approve(app, world, as_, run_id)
    assert address in said(paula.get(f"/pay-runs/{run_id}"))
    assert "Enter first which account" in said(paula.get(address))
    refused = paula.send(address)
    assert refused.status_code == 422
    assert "Enter first which account the employer pays from." in said(refused)
    assert paula.send("/employer-account", **ACCOUNT).status_code == 303
    assert paula.send(address).status_code == 303
    page = said(aino.get(address))
    assert "1 payments, €452.07 in all" in page or "1 payments, 452.07 € in all" in page
    assert "Download the file" not in page
    file = paula.get(f"{address}.xml")
    assert file.mimetype == "application/xml"
    assert "attachment" in file.headers["Content-Disposition"]
    assert b'<InstdAmt Ccy="EUR">452.07</InstdAmt>' in file.data
    assert aino.get(f"{address}.xml").status_code == 403


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("account", "", "Enter the account that pays."),
        ("account", "FI21 1234 5600 0007 86", "account"),
        ("bic", "NOT A BIC", "A BIC has 8 or 11 letters and digits"),
        ("customer_id", "x" * 36, "At most 35 characters."),
    ],
)
def test_an_account_that_cannot_be_is_refused_on_its_field(
    world, sign_in, field, typed, sentence
) -> None:
    response = sign_in(world.paula).send("/employer-account", **(ACCOUNT | {field: typed}))
    assert response.status_code == 422
    assert sentence in said(response)


def test_only_the_clerk_sees_and_changes_the_employers_account(world, sign_in) -> None:
    for who in (world.aino, world.stig, world.pia):
        assert sign_in(who).get("/employer-account").status_code == 403
        assert sign_in(who).send("/employer-account", **ACCOUNT).status_code == 403


def test_the_page_shows_accounts_masked(app, world, as_, sign_in, run_id) -> None:
    approve(app, world, as_, run_id)
    page = said(sign_in(world.aino).get(f"/pay-runs/{run_id}/bank-file"))
    assert "FI** **** " in page
    with app.app_context(), as_(world.aino):
        account = list_due(run_id)[0].account
    assert account is not None
    assert account not in page.replace(" ", "")
