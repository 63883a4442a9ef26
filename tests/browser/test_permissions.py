"""A permission from beginning to end: given on a phone, asked, written, read, taken back."""

import pytest
from playwright.sync_api import Page, expect

from jobsearch.consents.introductions.service import take_back_permission
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(240)]
TEXT = "Ten years in shops and stores. Learns fast. Wants to work with people."


def _fits(page: Page, script: bool) -> None:
    assert not too_wide(page), page.url
    if script:
        assert violations(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_permission_from_beginning_to_end(window, world, as_, script) -> None:
    with as_(world.pia):
        take_back_permission(world.pia.actor, world.consent_id)

    # the participant gives it on her phone
    pia = window(world.pia, PHONE if script else SMALL, script=script).open("/my-permissions")
    _fits(pia, script)
    pia.locator("section:has(#p-introduction)").get_by_role("link", name="Read more").click()
    _fits(pia, script)
    pia.get_by_role("link", name="1 month", exact=True).click()
    expect(pia.locator(".quote")).to_contain_text("24 December 2026")
    pia.get_by_role("button", name="I give my permission").click()
    expect(pia.locator("header:has(#p-introduction)")).to_contain_text("In force")
    _fits(pia, script)

    # her coach asks
    stig = window(world.stig, LAPTOP, script=script).open(f"/people/{world.pia.person_id}")
    expect(stig.locator("main")).to_contain_text("yes, until 24 December 2026")
    stig.locator("main").get_by_role("link", name="Introduction", exact=True).click()
    _fits(stig, script)
    stig.get_by_role("button", name="Ask for the introduction").click()
    expect(stig.locator("main")).to_contain_text("It has been asked for already.")

    # her municipal coach writes
    mia = window(world.mia, LAPTOP, script=script).open("/introduction-requests")
    _fits(mia, script)
    mia.locator("tr", has_text="Pia Pihlaja").get_by_role("link").click()
    mia.get_by_label("The introduction").fill(TEXT)
    _fits(mia, script)
    mia.get_by_role("button", name="Send the introduction").click()
    expect(mia.locator(".flash").first).to_contain_text("can read it now")

    # both read
    stig.reload()
    stig.locator("section:has(#asked)").get_by_role("link").click()
    expect(stig.locator("main")).to_contain_text(TEXT)
    _fits(stig, script)
    pia.reload()
    pia.get_by_role("link", name="Read the introduction").click()
    expect(pia.locator("main")).to_contain_text(TEXT)
    pia.get_by_label("My comment").fill("That is so.")
    _fits(pia, script)
    pia.get_by_role("button", name="Save my comment").click()
    stig.reload()
    expect(stig.locator("main")).to_contain_text("That is so.")

    # she takes it back, and it closes at the next look
    pia.get_by_role("link", name="My permissions").first.click()
    pia.get_by_role("link", name="Take it back").click()
    _fits(pia, script)
    pia.locator("dialog:visible, dialog:target").get_by_role("button", name="Take it back").click()
    expect(pia.locator(".flash").first).to_contain_text("It opens nothing any more.")
    stig.reload()
    expect(stig.locator("h1")).to_have_text("This permission has ended")
    _fits(stig, script)
    mia.reload()
    expect(mia.locator("h1")).to_have_text("This permission has ended")
    mia.goto(mia.url.partition("/introduction")[0] + "/introduction-requests")
    expect(mia.locator("main")).not_to_contain_text("Pia")
