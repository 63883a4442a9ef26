"""Documents on a phone: bring a file, say how far it is, comment; also without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.documented import a_pdf, a_picture
from tests.windows import PHONE, SMALL, too_wide, violations


def _named(deed: str, more: str) -> re.Pattern[str]:
    """A button's words, and those for the ear behind them."""
    return re.compile(rf"^{deed}\s*: {more}$")


pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(180)]


@pytest.mark.parametrize("script", [True, False])
def test_a_file_a_state_and_a_comment_on_a_phone(window, world, script) -> None:
    page = window(world.pia, PHONE, script=script).open("/my-documents")
    cv = page.locator("section[aria-labelledby='d-cv']")
    cv.get_by_role("button", name=_named("Draft", "CV")).click()
    expect(cv.locator("header .chip")).to_have_text("Draft")
    cv.get_by_role("link", name=_named("File and comments", "CV")).click()
    page.set_input_files("#file", {"name": "cv.html", "mimeType": "text/html", "buffer": b"<p>"})
    page.get_by_role("button", name="Save the file").click()
    expect(page.locator("#file-error")).to_contain_text("not a PDF, DOCX")
    photo = {"name": "IMG 1.PNG", "mimeType": "image/png", "buffer": a_picture()}
    page.set_input_files("#file", photo)
    page.get_by_role("button", name="Save the file").click()
    expect(page.locator("section[aria-labelledby='versions']")).to_contain_text("IMG 1.png")
    page.locator("#body").fill("Is this enough?")
    page.get_by_role("button", name="Save the comment").click()
    expect(page.locator("section[aria-labelledby='comments']")).to_contain_text("Is this enough?")
    assert not too_wide(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name=_named("Download", "Version 1")).click()
    assert saved.value.suggested_filename == "IMG 1.png"
    assert saved.value.path().read_bytes() == a_picture()


def test_what_is_taken_away_is_asked_about_first(window, world) -> None:
    page = window(world.pia, PHONE).open("/my-documents")
    page.get_by_role("button", name=_named("File and comments", "Profile")).click()
    page.set_input_files(
        "#file", {"name": "p.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
    )
    page.get_by_role("button", name="Save the file").click()
    page.get_by_role("link", name="Take away").click()
    page.get_by_role("dialog").get_by_role("button", name="Take away").click()
    expect(page.locator("main")).to_contain_text("The file is erased")
    expect(page.get_by_role("link", name=_named("Download", "Version 1"))).to_have_count(0)


def test_the_coach_answers_and_both_texts_of_a_strategy_are_seen(window, world) -> None:
    hers = window(world.pia, SMALL).open("/my-strategy")
    coachs = window(world.stig).open(f"/people/{world.pia.person_id}/strategy")
    hers.locator("#goal").fill("A job in a bakery")
    hers.get_by_role("button", name="Save the strategy").click()
    expect(hers.locator("main")).to_contain_text("Last written")
    coachs.locator("#goal").fill("A job by Christmas")
    coachs.get_by_role("button", name="Save the strategy").click()
    expect(coachs.locator(".errors")).to_contain_text("Somebody else has written here meanwhile")
    expect(coachs.locator("main")).to_contain_text("A job in a bakery")
    expect(coachs.locator("#goal")).to_have_value("A job by Christmas")
    assert violations(coachs) == []
    coachs.get_by_role("button", name="Save the strategy").click()
    expect(coachs.locator(".flash")).to_contain_text("Saved.")
    hers.reload()
    expect(hers.locator("#goal")).to_have_value("A job by Christmas")
    assert not too_wide(hers)


def test_everything_is_taken_home_in_one_file(window, world) -> None:
    page = window(world.pia, SMALL, script=False).open("/my-everything")
    assert not too_wide(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download the file").click()
    assert saved.value.suggested_filename == "my-job-search-2026-11-24.zip"
    assert saved.value.path().read_bytes().startswith(b"PK")
