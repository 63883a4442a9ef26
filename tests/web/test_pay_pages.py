"""Pages of pay: the clerk makes, the manager approves, the participant reads, others do not."""

from collections.abc import Callable

import pytest
from flask import Flask

from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.queries import get_run, list_payslips
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import compute_pay_run, make_pay_run, review_pay_run
from jobsearch.rates.service import load_shipped_rates
from tests.paid import PAYS_ON, prepare
from tests.papers import words
from tests.world import Member, World

SignIn = Callable[[Member | None], object]


@pytest.fixture
def ready(app: Flask, world: World, as_: Callable[[Member], object]) -> World:
    with app.app_context(), as_(world.aino):
        prepare(world.a, "pia")
    return world


@pytest.fixture
def run_id(app: Flask, ready: World, as_: Callable[[Member], object]) -> str:
    """A run that Paula has made, computed and reviewed."""
    actor = ready.paula.actor
    with app.app_context(), as_(ready.paula):
        run = make_pay_run(actor, RunKind.WAGES, PAYS_ON, ready.a.cohort_ids[0])
        compute_pay_run(run.id, run.version)
        review_pay_run(run.id, run.version, actor)
        return run.id


def look(app: Flask, as_: Callable[[Member], object], who: Member, run_id: str) -> PayRun:
    with app.app_context(), as_(who):
        return get_run(run_id)


def slip_of(app: Flask, as_: Callable[[Member], object], who: Member, run_id: str) -> str:
    with app.app_context(), as_(who):
        return list_payslips(run_id)[0].id


def said(response: object) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")  # type: ignore[attr-defined]


def test_clerk_and_manager_pay_a_group_and_the_participant_reads_it(
    app: Flask, ready: World, sign_in: SignIn, as_: Callable[[Member], object]
) -> None:
    paula, aino, pia = sign_in(ready.paula), sign_in(ready.aino), sign_in(ready.pia)
    assert "Group 7" in said(paula.get("/pay-runs/new"))
    made = paula.send(
        "/pay-runs/new", cohort_id=ready.a.cohort_ids[0], kind="wages", pays_on="4.12.2026"
    )
    assert made.status_code == 303
    address = made.location
    run_id = address.rsplit("/", 1)[1]
    for who, deed in ((paula, "compute"), (paula, "review"), (aino, "approve"), (paula, "paid")):
        page = said(who.get(address))
        assert f"{address}/{deed}" in page
        version = look(app, as_, ready.aino, run_id).version
        done = who.send(f"{address}/{deed}", version=str(version))
        assert (done.status_code, done.location) == (303, address)
    assert "452.07" in said(paula.get(address))
    assert "€452.07" in said(pia.get("/my-pay")) or "452.07 €" in said(pia.get("/my-pay"))
    slip_id = slip_of(app, as_, ready.aino, run_id)
    page = said(pia.get(f"/my-pay/{slip_id}"))
    assert "48 h of work, 11.50 € an hour." in page
    assert "20 % of 601.68 €, below the tax card&#39;s yearly ceiling of 20 000.00 €." in page
    document = pia.get(f"/my-pay/{slip_id}/pdf")
    assert document.mimetype == "application/pdf"
    assert document.data.startswith(b"%PDF")
    assert "attachment" in document.headers["Content-Disposition"]


def test_the_paper_speaks_her_language_whoever_approves_it(
    app: Flask, run_id: str, ready: World, sign_in: SignIn, as_: Callable[[Member], object]
) -> None:
    version = look(app, as_, ready.aino, run_id).version
    sign_in(ready.aino).send(f"/pay-runs/{run_id}/approve", version=str(version))
    slip_id = slip_of(app, as_, ready.aino, run_id)
    paper = words(sign_in(ready.pia).get(f"/my-pay/{slip_id}/pdf").data)
    assert "Palkkalaskelma" in paper and "Bruttopalkka" in paper
    assert "Payslip" not in paper and "Gross pay" not in paper


def test_the_maker_has_no_button_to_approve_and_no_right(
    run_id: str, ready: World, sign_in: SignIn
) -> None:
    paula = sign_in(ready.paula)
    page = said(paula.get(f"/pay-runs/{run_id}"))
    assert "/approve" not in page and "Another person" in page
    assert paula.send(f"/pay-runs/{run_id}/approve", version="1").status_code == 403


def test_a_form_of_an_older_version_reads_409(run_id: str, ready: World, sign_in: SignIn) -> None:
    assert sign_in(ready.aino).send(f"/pay-runs/{run_id}/approve", version="1").status_code == 409


def test_a_refused_step_says_why_on_the_same_page(
    app: Flask, run_id: str, ready: World, sign_in: SignIn, as_: Callable[[Member], object]
) -> None:
    version = look(app, as_, ready.aino, run_id).version
    refused = sign_in(ready.paula).send(f"/pay-runs/{run_id}/paid", version=str(version))
    assert refused.status_code == 422
    assert "Only an approved pay run can be marked as paid." in said(refused)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"pays_on": "24.12.2026"}, "Banks are closed"),
        ({"pays_on": ""}, "Enter the day of payment."),
        ({"pays_on": "4.12.2026", "cohort_id": "aaaaaaaaaaaaaaaaaaaa"}, "Not a valid choice"),
        (
            {"pays_on": "4.12.2026", "period_first": "3.12.2026", "period_last": "1.12.2026"},
            "The period ends before it begins.",
        ),
    ],
)
def test_a_bad_form_of_a_run_says_what_is_wrong(
    ready: World, sign_in: SignIn, values: dict[str, str], message: str
) -> None:
    form = {"cohort_id": ready.a.cohort_ids[0], "kind": "wages"} | values
    refused = sign_in(ready.paula).send("/pay-runs/new", **form)
    assert refused.status_code == 422
    assert message in said(refused)


def test_a_double_click_makes_one_run(ready: World, sign_in: SignIn) -> None:
    form = {"cohort_id": ready.a.cohort_ids[0], "kind": "wages", "pays_on": "4.12.2026"}
    paula = sign_in(ready.paula)
    first = paula.send("/pay-runs/new", **form, _once="k" * 20)
    second = paula.send("/pay-runs/new", **form, _once="k" * 20)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location


def test_a_day_without_rates_shows_which_ones_are_missing(
    app: Flask, ready: World, sign_in: SignIn, as_: Callable[[Member], object]
) -> None:
    with app.app_context(), as_(ready.paula):
        run = make_pay_run(
            ready.paula.actor,
            RunKind.WAGES,
            PAYS_ON.replace(year=2027, day=3),
            ready.a.cohort_ids[0],
        )
        address = f"/pay-runs/{run.id}"
    paula = sign_in(ready.paula)
    page = said(paula.get(address))
    assert "The employer&#39;s own percentages for 2027 are missing." in page
    assert f"{address}/compute" not in page
    refused = paula.send(f"{address}/compute", version="1")
    assert refused.status_code == 422
    assert "percentages for 2027 are missing" in said(refused)


@pytest.mark.parametrize("who", ["stig", "mia", "olga"])
def test_pay_is_closed_to_other_roles(run_id: str, ready: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(ready, who))
    for address in ("/pay-runs", "/pay-runs/new", f"/pay-runs/{run_id}", "/my-pay"):
        assert client.get(address).status_code == 403


def test_another_provider_finds_nothing(
    app: Flask, run_id: str, ready: World, sign_in: SignIn, as_: Callable[[Member], object]
) -> None:
    slip_id = slip_of(app, as_, ready.aino, run_id)
    sam = sign_in(ready.sam)
    assert said(sam.get("/pay-runs")).count(run_id) == 0
    for address in (f"/pay-runs/{run_id}", f"/payslips/{slip_id}", f"/payslips/{slip_id}/pdf"):
        assert sam.get(address).status_code == 404
    assert sam.send(f"/pay-runs/{run_id}/approve", version="3").status_code == 404


def test_a_payslip_is_not_shown_to_her_before_it_is_issued_nor_to_another(
    app: Flask, run_id: str, ready: World, sign_in: SignIn, as_: Callable[[Member], object]
) -> None:
    slip_id = slip_of(app, as_, ready.aino, run_id)
    for who in (ready.pia, ready.otto):
        assert sign_in(who).get(f"/my-pay/{slip_id}").status_code == 404
        assert sign_in(who).get(f"/my-pay/{slip_id}/pdf").status_code == 404
    assert "No payslips yet" in said(sign_in(ready.pia).get("/my-pay"))


def test_staff_read_a_payslip_with_its_calculation(
    app: Flask, run_id: str, ready: World, sign_in: SignIn, as_: Callable[[Member], object]
) -> None:
    slip_id = slip_of(app, as_, ready.aino, run_id)
    page = said(sign_in(ready.aino).get(f"/payslips/{slip_id}"))
    assert "24.85 % of 601.68 € in all, less the 43.92 € taken from the employee." in page
    assert "FI** **** **** **07 85" in page and "2112345" not in page


def test_signed_out_goes_to_sign_in(run_id: str, sign_in: SignIn) -> None:
    answer = sign_in(None).get(f"/pay-runs/{run_id}")
    assert answer.status_code == 303 and "/sign-in" in answer.location


def test_the_page_of_rates_shows_gaps_as_gaps(
    app: Flask, world: World, sign_in: SignIn, as_: Callable[[Member], object]
) -> None:
    assert "No rates yet" in said(sign_in(world.paula).get("/rates"))
    with app.app_context(), as_(world.aino):
        load_shipped_rates()
    page = said(sign_in(world.aino).get("/rates"))
    assert "7.15 %" in page and "71.72 €" in page
    assert "Not known" in page and "Seen on an official page" in page
    assert sign_in(world.stig).get("/rates").status_code == 403


@pytest.mark.parametrize("address", ["/pay-runs", "/rates"])
def test_lists_take_few_queries(
    run_id: str, ready: World, sign_in: SignIn, statements: list[str], address: str
) -> None:
    client = sign_in(ready.paula)
    statements.clear()
    client.get(address)
    asked = [text for text in statements if text.startswith(("SELECT", "WITH"))]
    assert len(asked) <= 4, "\n".join(asked)


def test_the_page_of_a_run_takes_few_queries(
    run_id: str, ready: World, sign_in: SignIn, statements: list[str]
) -> None:
    client = sign_in(ready.paula)
    statements.clear()
    client.get(f"/pay-runs/{run_id}")
    asked = [text for text in statements if text.startswith(("SELECT", "WITH"))]
    assert len(asked) <= 12, "\n".join(asked)
