"""Signing in, in a browser."""

import re

from playwright.sync_api import expect

from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.queries import list_demo_messages
from tests.windows import PHONE, SMALL, too_wide, violations


def test_a_participant_signs_in_on_a_phone(window, world, context):
    one = window(None, PHONE)
    page = one.open("/")
    assert violations(page) == []
    page.get_by_role("textbox").fill("pia@example.org")
    page.locator("main form button").click()
    page.wait_for_url("**/sign-in/code**")
    assert violations(page) == []
    with unit_of_work(whole_installation("test"), read_only=True):
        code = re.search(r"\d{6}", list_demo_messages()[0].body)[0]
    page.locator("#code").fill(code)
    page.locator("main form button").click()
    page.wait_for_url("**/today")
    expect(page.locator("h1")).to_have_count(1)


def test_a_mistake_is_said_first_and_the_address_is_kept(window, world):
    page = window(None, SMALL).open("/sign-in")
    page.get_by_role("textbox").fill("pia at example")
    page.locator("main form button").click()
    assert page.title().split(" ")[0].endswith(":")
    assert page.get_by_role("textbox").input_value() == "pia at example"
    assert violations(page) == []
    assert not too_wide(page)
