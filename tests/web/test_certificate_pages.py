"""Pages of certificates: one click for staff and for the person herself, and who may not."""

from datetime import timedelta

import pytest

from jobsearch.payroll.certificates.queries import list_open_requests, show_person
from tests.certified import employment_of, end_yesterday
from tests.web.test_register_pages import run_id, said
from tests.world import TODAY

__all__ = ["run_id"]


@pytest.fixture
def employment_id(app, world, as_, run_id) -> str:
    with app.app_context(), as_(world.paula):
        return employment_of(world, "pia").id


def test_a_clerk_issues_in_one_click_from_the_persons_page(world, sign_in, employment_id) -> None:
    paula = sign_in(world.paula)
    address = f"/people/{world.pia.person_id}/certificates"
    assert address in said(paula.get(f"/people/{world.pia.person_id}"))
    for sheet in ("employment", "pay", "holiday", "days"):
        answer = paula.send(f"/employments/{employment_id}/certificates/{sheet}")
        assert answer.status_code == 303
        assert answer.headers["Location"].endswith(address)
    page = said(paula.get(address))
    assert page.count("(PDF)") == 4
    link = page.split('href="/certificates/')[1].split('"')[0]
    pdf = paula.get(f"/certificates/{link}")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF")


def test_a_job_seeker_has_them_from_her_phone(world, sign_in, employment_id) -> None:
    pia = sign_in(world.pia)
    assert "/my-pay/certificates" in said(pia.get("/my-pay"))
    answer = pia.send(f"/my-pay/certificates/{employment_id}/days", first="23.11.2026")
    assert answer.status_code == 303
    page = said(pia.get("/my-pay/certificates"))
    assert page.count("(PDF)") == 1
    key = page.split("/my-pay/certificates/")[-1]
    assert key
    refused = pia.send(f"/my-pay/certificates/{employment_id}/days", last="1.1.2020")
    assert refused.status_code == 422
    assert "There is no day of this employment" in said(refused)
    assert pia.send(f"/my-pay/certificates/{employment_id}/assessed").status_code == 422
    assert pia.send(f"/my-pay/certificates/{employment_id}/other").status_code == 404


def test_what_she_asks_for_the_manager_answers(app, world, as_, sign_in, employment_id) -> None:
    pia, aino, paula = sign_in(world.pia), sign_in(world.aino), sign_in(world.paula)
    ask = f"/my-pay/certificates/{employment_id}/ask"
    early = pia.send(ask, extent="both")
    assert early.status_code == 422
    assert "when the employment has ended" in said(early)
    with app.app_context(), as_(world.aino):
        end_yesterday(world, "pia")
    assert "Choose what is asked for" in said(pia.send(ask))
    assert pia.send(ask, extent="assessment").status_code == 303
    with app.app_context(), as_(world.aino):
        (request,) = list_open_requests()
        address = f"/certificate-requests/{request.id}"
    assert "Pia Pihlaja" in said(aino.get("/certificate-requests"))
    assert paula.get(address).status_code == 403
    page = said(aino.get(address))
    assert "Why the employment ended" not in page
    half = aino.send(address, skill="Careful", conduct="")
    assert half.status_code == 422
    assert "Careful" in said(half)
    assert aino.send(address, skill="Careful", conduct="Friendly").status_code == 303
    assert aino.get(address).status_code == 404
    assert "as asked for" in said(pia.get("/my-pay/certificates"))


def test_staff_note_a_wish_and_the_person_takes_it_back(
    app, world, as_, sign_in, employment_id
) -> None:
    with app.app_context(), as_(world.aino):
        end_yesterday(world, "pia")
    paula, pia = sign_in(world.paula), sign_in(world.pia)
    address = f"/employments/{employment_id}/certificate-requests"
    later = (TODAY + timedelta(days=3)).strftime("%d.%m.%Y")
    assert paula.send(address, extent="reason", asked_on=later).status_code == 422
    assert paula.send(address, extent="reason", asked_on="23.11.2026").status_code == 303
    with app.app_context(), as_(world.aino):
        (request,) = list_open_requests()
        request_id = request.id
    assert pia.send(f"/my-pay/certificate-requests/{request_id}/take-back").status_code == 303
    with app.app_context(), as_(world.aino):
        assert show_person(world.pia.person_id).jobs[0].request is None


def test_a_coach_sees_no_certificates_and_otto_none_of_hers(world, sign_in, employment_id) -> None:
    stig, otto = sign_in(world.stig), sign_in(world.otto)
    assert stig.get(f"/people/{world.pia.person_id}/certificates").status_code == 403
    assert "certificates" not in said(stig.get(f"/people/{world.pia.person_id}"))
    assert otto.send(f"/my-pay/certificates/{employment_id}/days").status_code == 404
    assert otto.send(f"/my-pay/certificates/{employment_id}/ask").status_code == 404
