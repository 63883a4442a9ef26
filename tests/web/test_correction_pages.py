"""Pages of corrections: the clerk asks, the manager approves, the participant reads."""

import pytest

from jobsearch.payroll.pay.corrections.queries import list_corrections_of
from jobsearch.payroll.pay.queries import get_run, list_payslips
from tests.corrected import correct, pay

GIVEN = {"reason": "Two hours were left out", "pays_on": "18.12.2026"}


@pytest.fixture
def slip_id(app, world, as_) -> str:
    """Pia's wages of 48 hours, paid."""
    with app.app_context():
        return pay(world, as_)


def said(response) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")


def test_a_payslip_is_corrected_from_its_page_until_the_person_reads_it(
    app, world, as_, sign_in, slip_id
) -> None:
    paula, aino, pia = (sign_in(who) for who in (world.paula, world.aino, world.pia))
    assert f"/payslips/{slip_id}/correct" in said(paula.get(f"/payslips/{slip_id}"))
    assert "It must be corrected" not in said(paula.get(f"/payslips/{slip_id}/correct"))
    made = paula.send(f"/payslips/{slip_id}/correct", minutes="50", **GIVEN)
    assert made.status_code == 303
    run_id = made.location.rsplit("/", 1)[1]
    assert GIVEN["reason"] in said(paula.get(made.location))
    for who, deed in ((paula, "compute"), (paula, "review"), (aino, "approve"), (paula, "paid")):
        with app.app_context(), as_(world.aino):
            version = get_run(run_id).version
        assert who.send(f"{made.location}/{deed}", version=str(version)).status_code == 303
    with app.app_context(), as_(world.aino):
        (new,) = list_payslips(run_id)
    page = said(pia.get(f"/my-pay/{new.id}"))
    for shown in (GIVEN["reason"], "552.00", "575.00", "23.00", "18.01"):
        assert shown in page
    before = said(pia.get(f"/my-pay/{slip_id}"))
    assert "This payslip was corrected" in before
    assert f"/my-pay/{new.id}" in before


def test_what_was_paid_too_much_is_marked_as_returned(app, world, as_, sign_in, slip_id) -> None:
    with app.app_context():
        new = correct(world, as_, slip_id, minutes=45 * 60)
        with as_(world.paula):
            (asked,) = list_corrections_of(slip_id)
    paula, pia = sign_in(world.paula), sign_in(world.pia)
    assert "You were paid" in said(pia.get(f"/my-pay/{new.id}"))
    assert "27.01 € was paid too much" in said(paula.get(f"/payslips/{new.id}")) or (
        "€27.01 was paid too much" in said(paula.get(f"/payslips/{new.id}"))
    )
    assert paula.send(f"/corrections/{asked.correction_id}/settled").status_code == 303
    assert "has been returned" in said(paula.get(f"/payslips/{new.id}"))
    assert paula.send(f"/corrections/{asked.correction_id}/settled").status_code == 422


def test_a_wrong_correction_is_said_on_its_field_and_keeps_what_was_written(
    world, sign_in, slip_id
) -> None:
    paula = sign_in(world.paula)
    for changed, sentence in (
        ({"reason": ""}, "Say why the pay is corrected."),
        ({"reason": "She was sick"}, "Leave out what tells of health: sick."),
        ({"pays_on": "3.12.2026"}, "on the day of the payment that it corrects, or later"),
        ({"pays_on": "19.12.2026"}, "Banks are closed"),
        ({"minutes": "-1"}, ""),
    ):
        refused = paula.send(f"/payslips/{slip_id}/correct", **{"minutes": "50"} | GIVEN | changed)
        assert refused.status_code == 422, changed
        assert sentence in said(refused)


def test_a_correction_is_withdrawn_until_it_is_approved(app, world, as_, sign_in, slip_id) -> None:
    paula = sign_in(world.paula)
    paula.send(f"/payslips/{slip_id}/correct", minutes="50", **GIVEN)
    with app.app_context(), as_(world.paula):
        (asked,) = list_corrections_of(slip_id)
    assert "a correction is on its way" in said(paula.get(f"/payslips/{slip_id}/correct"))
    assert paula.send(f"/corrections/{asked.correction_id}/withdraw").status_code == 303
    with app.app_context(), as_(world.paula):
        assert list_corrections_of(slip_id) == []


def test_only_the_clerk_corrects(world, sign_in, slip_id) -> None:
    for who, status in ((world.aino, 403), (world.stig, 403), (world.pia, 403)):
        assert sign_in(who).get(f"/payslips/{slip_id}/correct").status_code == status
