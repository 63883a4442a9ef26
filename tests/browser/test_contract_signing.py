"""From selected to ready through a browser: manager on a laptop, job seeker on a phone, clerk."""

import re

import pytest
from playwright.sync_api import Page, expect

from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.accounts.rules import Way
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import digest
from jobsearch.notices.models import Message
from tests.hired import Hired, helmi, offered, selected
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations
from tests.world import Member

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(300)]
PATIENCE = 15000
SECRET = "secret-of-helmi"


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5000)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _sound(page: Page) -> None:
    """The page has no fault that axe finds and does not scroll sideways."""
    assert violations(page) == []
    assert not too_wide(page)


def _her_window(person_id: str) -> Member:
    with unit_of_work(whole_installation("test")):
        member = db.session.query(Membership).filter_by(person_id=person_id).one()
        db.session.get_one(Account, member.account_id).language = "en"
        db.session.add(
            SignIn(
                secret_digest=digest(SECRET),
                membership_id=member.id,
                device="Phone",
                way=Way.CODE,
                started_at=now(),
                last_seen_at=now(),
                proven_at=now(),
            )
        )
        db.session.flush()
        return Member(helmi(Hired(person_id, "", "")), "helmi", SECRET)


def _code_in_the_outbox() -> str:
    with unit_of_work(whole_installation("test"), read_only=True):
        sent = db.session.query(Message).filter_by(kind="accounts.proof_code").all()
        found = re.search(r"\b\d{6}\b", sent[-1].body)
    assert found
    return found[0]


def _manager_prepares_and_signs(page: Page) -> None:
    page.get_by_role("link", name="Make the contract").click()
    _sound(page)
    page.get_by_text("Group 9", exact=False).click()
    _press(page, "Make the draft")
    expect(page.get_by_role("heading", name="Contract of Helmi Saarinen")).to_be_visible()
    page.get_by_role("link", name="Change the terms").click()
    _sound(page)
    page.get_by_role("textbox", name="Place of work").fill("Valtakatu 1, Pori")
    _press(page, "Save")
    _sound(page)
    _press(page, "Offer the contract")
    expect(page.get_by_text("Waits for both signatures").first).to_be_visible()
    _sound(page)
    _press(page, "Sign for the employer")
    expect(page.get_by_text("You have signed for the employer.")).to_be_visible()


def _she_signs_on_her_phone(page: Page) -> None:
    expect(page.get_by_text("Valtakatu 1, Pori. ", exact=False)).to_be_visible()
    _sound(page)
    _press(page, "Send me the code")
    expect(page.get_by_role("heading", name="Sign with the code")).to_be_visible()
    _sound(page)
    page.get_by_role("textbox", name="Code").fill("000000")
    _press(page, "Sign the contract")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(_code_in_the_outbox())
    _press(page, "Sign the contract")
    expect(page.get_by_text("You have signed your contract.")).to_be_visible()
    expect(page.get_by_text("Signed by both. Work begins", exact=False)).to_be_visible()
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("link", name="Signing record").click()
    assert waiting.value.suggested_filename.endswith(".pdf")


def _clerk_completes_the_checklist(page: Page) -> None:
    page.get_by_role("link", name="Group 9").click()
    _sound(page)
    page.get_by_role("link", name="Helmi Saarinen").first.click()
    _sound(page)
    page.get_by_role("link", name="Details for pay").click()
    _sound(page)
    page.get_by_role("textbox", name="Bank account").fill("FI21 1234 5600 0007 85")
    _press(page, "Save the account")
    page.get_by_role("textbox", name="Basic percentage").fill("12,5")
    page.get_by_role("textbox", name="Additional percentage").fill("34")
    page.get_by_role("textbox", name="Valid from").fill("1.1.2026")
    _press(page, "Save the tax card")
    expect(page.get_by_text("The tax card is saved.")).to_be_visible()
    page.get_by_role("link", name="Helmi Saarinen").click()
    expect(page.get_by_text("Ready for the first day")).to_be_visible()


def test_a_selected_candidate_is_ready_for_her_first_day(window, world, as_):
    with as_(world.aino):
        hired = selected(world)
    _manager_prepares_and_signs(window(world.aino, LAPTOP).open("/hiring"))
    phone = window(_her_window(hired.person_id), PHONE)
    _she_signs_on_her_phone(phone.open("/my-contract"))
    _clerk_completes_the_checklist(window(world.paula, LAPTOP).open("/hiring"))
    page = phone.open("/today")
    expect(page.get_by_role("heading", name="Starts on Monday", exact=False)).to_be_visible()
    expect(page.get_by_text("Nothing is left for you to do.", exact=False)).to_be_visible()
    _sound(page)


def test_without_script_and_on_the_smallest_screen_she_signs_too(window, world, as_):
    with as_(world.aino):
        hired = selected(world)
        contract_id = offered(world, hired).id
    page = window(_her_window(hired.person_id), SMALL, script=False).open("/my-contract")
    _press(page, "Send me the code")
    page.get_by_role("textbox", name="Code").fill(_code_in_the_outbox())
    _press(page, "Sign the contract")
    expect(page.get_by_text("You have signed. It waits for the employer.")).to_be_visible()
    assert contract_id in page.url


def test_on_her_phone_she_changes_the_account_for_her_wages(window, world, as_):
    page = window(world.pia, PHONE).open("/my-details")
    _sound(page)
    page.get_by_role("textbox", name="Bank account").fill("FI21 1234 5600 0007 85")
    _press(page, "Continue")
    expect(page.get_by_role("heading", name="Confirm the account")).to_be_visible()
    _sound(page)
    page.get_by_role("textbox", name="Code").fill(_code_in_the_outbox())
    _press(page, "Confirm")
    expect(page.get_by_text("Your wages go to this account from now on.")).to_be_visible()


def test_the_coach_notes_work_found_before_the_start(window, world, as_):
    with as_(world.aino):
        enrolment_id = offered(world, selected(world)).enrolment_id
    page = window(world.stig, PHONE).open(f"/hiring/people/{enrolment_id}")
    _sound(page)
    page.get_by_role("link", name="Found work before the start").click()
    _sound(page)
    page.get_by_role("textbox", name="Begins").fill("1.12.2026")
    _press(page, "Note it and free the seat")
    expect(page.get_by_text("the seat is free", exact=False)).to_be_visible()
    expect(page.get_by_text("Helmi Saarinen")).to_have_count(0)
