"""Pages of a run that another payroll system pays, of its codes, and of the month."""

import pytest

from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import PaidBy
from tests.service.test_handing_over import approved
from tests.web.test_register_pages import run_id as paid_here
from tests.web.test_register_pages import said

__all__ = ["paid_here"]


@pytest.fixture
def run_id(app, world, as_) -> str:
    with app.app_context():
        return approved(world, as_, PaidBy.ELSEWHERE)


def test_a_clerk_hands_a_run_over_once_and_takes_the_file(app, world, as_, sign_in, run_id) -> None:
    paula = sign_in(world.paula)
    address = f"/pay-runs/{run_id}/hand-over"
    run_page = said(paula.get(f"/pay-runs/{run_id}"))
    assert address in run_page
    assert "bank-file" not in run_page
    page = said(paula.get(address))
    assert "Columns of the plain file" in page
    with app.app_context(), as_(world.paula):
        version = str(get_run(run_id).version)
    refused = paula.send(address, version=version, system="procountor")
    assert refused.status_code == 422
    assert "knows the hourly wage" in said(refused)
    assert paula.send("/pay-codes", wage="20 01").status_code == 422
    assert paula.send("/pay-codes", wage="2001").status_code == 303
    assert paula.send(address, version=version, system="procountor").status_code == 303
    assert "Check sum (SHA-256)" in said(paula.get(address))
    file = paula.get(f"{address}/file")
    assert file.mimetype == "text/csv"
    assert b"E;150591-902A;2001;;48,00;11,50" in file.data
    assert "Handed over" in said(paula.get(f"/pay-runs/{run_id}"))
    assert paula.send(address, version=version, system="plain").status_code in {409, 422}


def test_a_manager_reads_and_does_not_hand_over_and_a_coach_does_neither(
    world, sign_in, run_id
) -> None:
    aino, stig = sign_in(world.aino), sign_in(world.stig)
    address = f"/pay-runs/{run_id}/hand-over"
    assert "Make the file" not in said(aino.get(address))
    assert aino.send(address, version="1", system="plain").status_code == 403
    assert stig.get(address).status_code == 403
    assert aino.get(f"{address}/file").status_code == 403
    assert sign_in(world.paula).get(f"{address}/file").status_code == 404


def test_who_pays_is_asked_and_stays_as_it_was_last(world, sign_in, run_id) -> None:
    page = said(sign_in(world.paula).get("/pay-runs/new"))
    chosen = page.split('value="elsewhere"')[0].rsplit("<input", 1)[1]
    after = page.split('value="elsewhere"')[1].split(">")[0]
    assert "checked" in chosen + after


def test_the_month_shows_what_is_paid_elsewhere_apart(world, sign_in, run_id) -> None:
    page = said(sign_in(world.paula).get("/pay-months/2026-12"))
    assert "Paid by another payroll system" in page
    assert "No pay in this month" in page


def test_the_month_compares_every_sum_with_its_rows_to_click(world, sign_in, paid_here) -> None:
    paula = sign_in(world.paula)
    page = said(paula.get("/pay-months/2026-12"))
    assert "All sums of the month agree to the cent." in page
    assert f"/pay-runs/{paid_here}/books" in page
    assert "11.49 €" in page
    assert "/pay-months/2026-11" in page
    assert "/pay-months/2026-12" in said(paula.get(f"/pay-runs/{paid_here}/books"))
    for wrong in ("2026-13", "1999-12", "2026-1"):
        assert paula.get(f"/pay-months/{wrong}").status_code == 404
    assert sign_in(world.stig).get("/pay-months/2026-12").status_code == 403
