"""The main job through a browser, as five people: group, morning, action, pay, analysis."""

import io
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.paid import prepare
from tests.windows import LAPTOP, PHONE

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(300)]
SOON = 3000 + 5000  # three seconds, and what a busy machine adds
PATIENCE = 15000
WRITTEN = {
    "situation": "Seeks warehouse work near home.",
    "strengths": "Kestrel-strengths: learns a new system in a day.",
    "needed": "Kestrel-needed: a bus pass.",
    "proposals": "Kestrel-proposals: renew the forklift card.",
}


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5000)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _saved(page: Page, name: str) -> bytes:
    """The file behind a link."""
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("link", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def _words(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


# --- the group --------------------------------------------------------------------------------


def test_a_manager_sees_twelve_days_and_48_hours_before_she_makes_a_group(window, world):
    page = window(world.aino, LAPTOP).open("/cohorts/new")
    page.get_by_label("First day").fill("7.12.2026")
    _press(page, "Show the days")
    expect(page.locator("article.dayc:not(.off)")).to_have_count(12)
    expect(page.locator(".stat").first).to_contain_text("48.0 / 48 h")
    expect(page.locator("main")).to_contain_text("is free. Its work is done on a later day.")
    page.get_by_label("Name").fill("Group 9")
    page.get_by_label("Coach").select_option(label="Stig Strand")
    page.get_by_label("Town").fill("Rauma")
    _press(page, "Make the group")
    expect(page.locator("h1")).to_have_text("Timetable, Group 9")
    expect(page.locator("article.dayc:not(.off)")).to_have_count(12)
    expect(page.locator(".stat").first).to_contain_text("Adds up")
    page.goto(page.url.removesuffix("/timetable"))
    expect(page.locator("main")).to_contain_text("Stig Strand")


# --- the morning and the action ---------------------------------------------------------------


def _begin_morning(page: Page) -> None:
    """As far as Pia's turn, marked present."""
    _press(page, "Begin the meeting")
    expect(page.locator("[aria-current=step]")).to_contain_text("Attendance")
    page.get_by_role("button", name="Pia, mark present").click()
    expect(page.locator("thead")).to_contain_text("1 of 1 present")
    page.get_by_role("button", name=re.compile("Pia.*give the turn")).click()
    expect(page.locator("tr.turn")).to_contain_text("Pia")


def test_a_coach_runs_the_morning_and_sees_what_is_logged_on_a_phone(window, world):
    board = window(world.stig, LAPTOP).open("/board")
    board.get_by_role("link", name="Group 7").first.click()
    _begin_morning(board)
    for goal in ("1", "2"):
        board.get_by_role("button", name="More: Employer contacts").click()
        expect(board.locator("#d-employer_contact")).to_have_text(goal)
    total = board.locator("tfoot tr").first
    expect(total).to_contain_text("0 / 2")

    phone = window(world.pia, PHONE).open("/today")
    log = phone.get_by_role("button", name="I contacted an employer")
    expect(log).to_contain_text("0 / 2")
    log.click()  # one tap, where three are allowed
    expect(phone.locator("#said")).to_contain_text("Logged: you contacted an employer.")
    expect(total).to_contain_text("1 / 2", timeout=SOON)

    phone.get_by_role("button", name="Undo").click()
    expect(phone.locator("#said")).to_contain_text("Taken back. It counts no more.")
    expect(log).to_contain_text("0 / 2")
    expect(total).to_contain_text("0 / 2", timeout=SOON)


# --- the pay ----------------------------------------------------------------------------------


def _make_run(page: Page) -> None:
    """Made, computed and reviewed."""
    page.get_by_label("Group").select_option(index=0)
    page.get_by_label("Day of payment").fill("4.12.2026")
    _press(page, "Make the pay run")
    _press(page, "Compute")
    expect(page.locator("main")).to_contain_text("The pay run is computed.")
    _press(page, "Mark as reviewed")
    expect(page.locator("main")).to_contain_text("Another person approves it.")


def test_a_clerk_makes_a_pay_run_and_a_manager_approves_it(window, world, as_):
    with as_(world.paula):
        prepare(world.a, "pia")
    clerk = window(world.paula, LAPTOP).open("/pay-runs/new")
    _make_run(clerk)
    closed = clerk.get_by_role("button", name="Approve the pay run")
    expect(closed).to_have_attribute("aria-disabled", "true")
    expect(clerk.locator("#why-not-approve")).to_contain_text("Another person")
    figures = clerk.locator("tbody tr")
    gross, paid = (figures.locator("td").nth(at).inner_text() for at in (4, 8))

    manager = window(world.aino, LAPTOP).page
    manager.goto(clerk.url)
    manager.get_by_role("link", name="Approve the pay run").click()
    _press(manager, "Approve and issue the payslips")
    expect(manager.locator("main")).to_contain_text("approved and frozen")

    slip = window(world.pia, PHONE).open("/my-pay")
    slip.get_by_role("link", name="Paid 4 December 2026").click()
    expect(slip.locator("h1")).to_contain_text(paid)
    text = _words(_saved(slip, "Download the payslip (PDF)"))
    assert "Pia Pihlaja" in text
    for figure in (gross, paid):
        assert figure.replace(".", ",") in text  # the paper speaks Pia's language, Finnish


# --- the analysis -----------------------------------------------------------------------------


def _write(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Begin.*Pia Pihlaja")).click()
    for key, text in WRITTEN.items():
        page.locator(f"[name=text_{key}]").fill(text)
    page.get_by_role("button", name=re.compile("^Save: ")).last.click()
    expect(page.locator("main")).to_contain_text("Saved.")


def _refused(page: Page) -> str:
    """What a coach is told who sends without permission: beside the button, and when she tries."""
    button = page.get_by_role("button", name="Send", exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#nosend")).to_contain_text("when Pia gives permission")
    token = page.locator("[name=csrf_token]").first.input_value()
    answer = page.request.post(
        f"{page.url.split('#')[0]}/send", form={"csrf_token": token, "_once": "a" * 20}
    )
    assert answer.status == 422
    return answer.text()


def _read_and_agree(page: Page) -> bytes:
    """She leaves one section out, looks at the very paper, and agrees; returns that paper."""
    expect(page.locator("main")).to_contain_text(WRITTEN["needed"])
    page.get_by_role("button", name=re.compile("Leave it out.*What is needed next")).click()
    expect(page.locator("#needed")).to_contain_text("Left out")
    page.get_by_role("link", name="Look at the paper and decide").click()
    expect(page.locator("main")).to_contain_text(WRITTEN["strengths"])
    expect(page.locator("main")).not_to_contain_text(WRITTEN["needed"])
    address = page.get_by_role("link", name="Look at the PDF").get_attribute("href") or ""
    paper = page.request.get(urljoin(page.url, address)).body()
    _press(page, "I give my permission")
    expect(page.locator("main")).to_contain_text("You gave your permission.")
    return paper


def test_an_analysis_reaches_the_municipal_coach_with_consent_and_only_so(window, world):
    coach = window(world.stig, LAPTOP).open("/analyses")
    _write(coach)
    assert "has not given permission to send it" in _refused(coach)
    inbox = window(world.mia, LAPTOP).open("/inbox")
    expect(inbox.locator("main")).to_contain_text("Nothing is open to you now")
    _press(coach, "Show it to Pia")
    expect(coach.locator("main")).to_contain_text("Waits for Pia")

    seen = _read_and_agree(window(world.pia, PHONE).open("/my-analysis"))

    inbox.reload()
    inbox.get_by_role("link", name="Pia Pihlaja").click()
    got = _saved(inbox, "Save the PDF")
    assert got == seen
    text = _words(got)
    for key in ("situation", "strengths", "proposals"):
        assert WRITTEN[key] in text
    assert "Kestrel-needed" not in text
    coach.reload()
    expect(coach.get_by_role("complementary")).to_contain_text("Mia Mäki saved the PDF")
