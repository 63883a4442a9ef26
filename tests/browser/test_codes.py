"""Signing in by code, by link and by the organisation's own sign-in, in a browser."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import expect

from jobsearch.accounts.models import Account
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from tests.identity import connect, running_provider
from tests.windows import LAPTOP, PHONE, too_wide, violations


@pytest.fixture(autouse=True)
def pia_has_a_phone(world, context):
    with unit_of_work(whole_installation("test")):
        db.session.get(Account, world.pia.account_id).phone = "+358400000201"


def _newest() -> str:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(Message).order_by(Message.created_at.desc()).first().body


def _code() -> str:
    return re.search(r"\b\d{6}\b", _newest())[0]


def _link() -> str:
    return re.search(r"http://localhost(/sign-in/link/\S+)", _newest())[1]


def _ask(window, address: str, size=PHONE, **options):
    page = window(None, size, **options).open("/sign-in")
    page.locator("#address").fill(address)
    page.locator("main form button").first.click()
    page.wait_for_url("**/sign-in/code**")
    return page


def test_a_participant_comes_in_by_her_phone(window, world) -> None:
    page = _ask(window, "040 000 0201")
    assert violations(page) == []
    assert not too_wide(page)
    assert page.locator("#code").get_attribute("autocomplete") == "one-time-code"
    page.locator("#code").fill(_code())
    page.locator("main form button").first.click()
    page.wait_for_url("**/today")
    expect(page.locator("h1")).to_have_count(1)


def test_by_the_link_of_her_mail_on_the_same_device_a_button_is_enough(window, world) -> None:
    page = _ask(window, "pia@example.org")
    page.goto(page.url.split("/sign-in")[0] + _link())
    assert violations(page) == []
    expect(page.locator("#code")).to_have_count(0)
    page.locator("main form button").first.click()
    page.wait_for_url("**/today")


def test_on_another_device_the_code_of_the_message_is_typed(window, world) -> None:
    asking = _ask(window, "pia@example.org", LAPTOP)
    other = window(None, PHONE).open(_link())
    assert violations(other) == []
    assert not too_wide(other)
    other.locator("#code").fill(_code())
    other.locator("main form button").first.click()
    other.wait_for_url("**/today")
    asking.locator("#code").fill(_code())
    asking.locator("main form button").first.click()
    asking.wait_for_load_state()
    expect(asking.locator(".errors")).to_be_visible()


def test_without_script_the_link_works_as_well(window, world) -> None:
    page = _ask(window, "pia@example.org", script=False)
    page.goto(page.url.split("/sign-in")[0] + _link())
    page.locator("main form button").first.click()
    page.wait_for_url("**/today")


def test_a_municipal_coach_comes_in_by_the_code_to_her_address(window, world) -> None:
    page = _ask(window, "mia@example.org", LAPTOP)
    page.locator("#code").fill(_code())
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert "/sign-in" not in page.url
    expect(page.locator("h1")).to_have_count(1)


@pytest.fixture
def here(app, address, clock):
    """The application says its real address, and lives in the time of the provider."""
    config = app.config["JOBSEARCH"]
    app.config["JOBSEARCH"] = replace(config, base_url=address)
    clock.move_to(datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC))
    yield address
    app.config["JOBSEARCH"] = config


@pytest.fixture(scope="session")
def issuer():
    with running_provider() as started:
        yield started


@pytest.mark.parametrize("script", [True, False])
def test_a_coach_comes_in_by_her_work_account(window, world, here, issuer, script) -> None:
    connect(world.a.organisation_id, issuer)
    page = window(None, LAPTOP, script=script).open("/sign-in/staff")
    page.get_by_role("link", name=re.compile("organisaatio|organisation", re.IGNORECASE)).click()
    page.locator("#email").fill("stig@example.org")
    page.locator("main form button").first.click()
    page.locator("main form button").first.click()
    page.wait_for_url(f"{issuer}/interaction/**")
    page.locator("#login").fill("stig")
    page.locator("input[name=mfa]").check()
    page.locator("button").click()
    page.wait_for_url(f"{here}/**")
    if not script:
        assert page.url.startswith(f"{here}/sign-in/organisation/back")
        page.locator("main form button").first.click()
    page.wait_for_url("**/today")
    expect(page.locator("h1")).to_have_count(1)
