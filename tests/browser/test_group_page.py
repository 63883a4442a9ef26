"""The page of a group on a phone, with and without JavaScript: ask, help, share, follow, choose."""

import re

import pytest
from playwright.sync_api import Page, expect

from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action
from tests.circled import join
from tests.windows import PHONE, SMALL, too_wide, violations

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(180)]
GROUP = "/job-search/group"


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=15000)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def maija(world):
    return join(world, "Maija")


def _fits(page: Page) -> None:
    assert not too_wide(page), page.url


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).first.click()


@pytest.mark.parametrize(("script", "size"), [(True, PHONE), (False, SMALL)])
def test_two_of_a_group_help_each_other_on_their_phones(
    window, world, as_, maija, script, size
) -> None:
    with as_(maija):
        log_action(maija.actor, Activity.EMPLOYER_CONTACT, employer_name="Meriteräs")
    pia = window(world.pia, size, script=script).open(GROUP)
    expect(pia.locator("main")).to_contain_text("Meriteräs")
    _fits(pia)
    pia.get_by_text("I need help", exact=True).click()
    pia.get_by_label("What do you need help with?").fill("How do I begin a call?")
    _press(pia, "Ask for help")
    expect(pia.locator("main")).to_contain_text("Your group and your coach see it now.")
    pia.get_by_text("I heard that somebody is hiring").click()
    pia.get_by_label("Which company is hiring?").fill("Rannikon Leipomo")
    _press(pia, "Share the tip")
    expect(pia.locator("main")).to_contain_text("The group sees your tip now.")
    _fits(pia)

    other = window(maija, size, script=script).open(GROUP)
    expect(other.locator("main")).to_contain_text("How do I begin a call?")
    _press(other, "I can help.*Pia")
    _press(other, "I take this.*Rannikon")
    expect(other.locator("main")).to_contain_text("The tip is yours.")
    _press(other, "Say thank you.*Rannikon")
    expect(other.locator("main")).to_contain_text("You said thank you")
    other.get_by_text("Say a kind word").click()
    other.get_by_role("radio", name="Pia").check()
    other.get_by_role("radio", name="Well done!").check()
    _press(other, "Say it")
    expect(other.locator("main")).to_contain_text("Only who it is for reads it.")
    _fits(other)

    pia.reload()
    for words in ("Maija helps.", "Maija thanks you!", "Well done!"):
        expect(pia.locator("main")).to_contain_text(words)
    _press(pia, "I need help no more")
    expect(pia.locator("main")).to_contain_text("Nobody has asked for help now.")


@pytest.mark.parametrize("script", [True, False])
def test_a_choice_is_previewed_made_and_undone(window, world, maija, script) -> None:
    page = window(world.pia, PHONE, script=script).open(GROUP)
    page.get_by_role("link", name="How the others see me").click()
    expect(page.locator("main")).to_contain_text("Pia Pihlaja shared this.")
    _fits(page)
    page.get_by_role("radio", name="Only as part of the group's totals").check()
    _press(page, "Save")
    expect(page.locator("main")).to_contain_text("The others see it now.")
    other = window(maija, PHONE, script=script).open(GROUP)
    expect(other.locator("tbody th")).to_have_count(1)
    _press(page, "Undo")
    other.reload()
    expect(other.locator("tbody th")).to_have_count(2)


def test_the_pages_hold_for_everybody(window, world, maija) -> None:
    for member, path in (
        (world.pia, GROUP),
        (world.pia, "/my-visibility"),
        (world.stig, f"/cohorts/{world.a.cohort_ids[0]}/helping"),
    ):
        for scheme in ("light", "dark"):
            page = window(member, PHONE, scheme=scheme).open(path)
            assert violations(page) == []
            _fits(page)
