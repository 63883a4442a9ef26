"""Short messages in two browsers at once, and without a script."""

import pytest
from playwright.sync_api import expect

from jobsearch.conversations.service import write_message
from tests.windows import LAPTOP, PHONE, too_wide, violations

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(300)]


@pytest.fixture
def talk(world) -> str:
    return f"/conversations/{world.a.enrolment_ids['pia']}"


def _say(page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send").click()


def test_two_people_write_to_each_other_and_see_it_without_reloading(world, window, talk):
    pia, stig = window(world.pia, PHONE), window(world.stig, LAPTOP)
    pia.open("/today")
    pia.page.get_by_role("link", name="Messages").click()
    stig.open("/conversations")
    stig.page.get_by_role("link", name="Pia Pihlaja").click()
    _say(pia.page, "Can we move Thursday?")
    seen = stig.page.get_by_text("Can we move Thursday?")
    seen.wait_for(timeout=20000)  # by the poll
    stig.page.get_by_label("Your message").fill("Yes, ")  # what is being typed stays
    _say(stig.page, "Yes, Friday at ten.")
    pia.page.get_by_text("Yes, Friday at ten.").wait_for(timeout=20000)
    expect(pia.page.get_by_role("log").get_by_role("listitem")).to_have_count(2)
    for one in (pia, stig):
        assert not too_wide(one.page)
        assert violations(one.page) == []


def test_what_is_being_typed_stays_when_a_message_comes(world, window, talk, as_):
    stig = window(world.stig, LAPTOP)
    stig.open(talk)
    stig.page.get_by_label("Your message").fill("Half a sent")
    with as_(world.pia):
        write_message(world.pia.actor, world.a.enrolment_ids["pia"], "In between")
    stig.page.get_by_text("In between").wait_for(timeout=20000)
    assert stig.page.get_by_label("Your message").input_value() == "Half a sent"


def test_opening_the_page_reads_it_by_itself(world, window, talk, as_):
    with as_(world.pia):
        write_message(world.pia.actor, world.a.enrolment_ids["pia"], "News")
    stig = window(world.stig, LAPTOP)
    stig.open("/today")
    assert stig.page.locator(".nav .badge").inner_text().startswith("1")
    stig.open(talk)
    stig.page.get_by_role("button", name="Mark as read").wait_for(state="detached")
    stig.open("/today")
    expect(stig.page.locator(".nav .badge")).to_have_count(0)


def test_without_a_script_it_works_by_its_buttons(world, window, talk, as_):
    with as_(world.stig):
        write_message(world.stig.actor, world.a.enrolment_ids["pia"], "How are you?")
    pia = window(world.pia, PHONE, script=False)
    pia.open("/conversations")
    pia.page.get_by_role("button", name="Mark as read").click()
    expect(pia.page.get_by_role("button", name="Mark as read")).to_have_count(0)
    _say(pia.page, "Fine.\nThanks!")
    expect(pia.page.get_by_text("Thanks!")).to_be_visible()
    pia.page.get_by_role("button", name="Take back").click()
    expect(pia.page.get_by_text("This message was taken back.")).to_be_visible()
    expect(pia.page.get_by_text("Thanks!")).to_have_count(0)
