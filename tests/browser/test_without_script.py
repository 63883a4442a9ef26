"""Without JavaScript, on the smallest screen: sign-in, logging and undo, consent."""

import re

import pytest
from playwright.sync_api import Page, expect

from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.queries import list_demo_messages
from tests.windows import SMALL, too_wide
from tests.written import CANARIES, begin, show

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(180)]


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=15000)
    yield
    expect.set_options(timeout=5000)


def _fits(page: Page) -> None:
    # the page itself runs no script; the question is asked by the driver of the browser
    assert not too_wide(page), page.url


def _code() -> str:
    with unit_of_work(whole_installation("test"), read_only=True):
        found = re.search(r"\d{6}", list_demo_messages()[0].body)
    assert found is not None
    return found[0]


def test_a_participant_signs_in_and_out(window, world):
    page = window(None, SMALL, script=False).open("/today")
    expect(page.locator("h1")).to_be_visible()
    _fits(page)
    page.get_by_role("textbox").fill("pia@example.org")
    page.locator("main form button").first.click()
    expect(page.locator("#code")).to_be_visible()
    _fits(page)
    page.locator("#code").fill(_code())
    page.locator("main form button").click()
    page.wait_for_url("**/today")
    page.locator("details.me summary").click()
    page.locator("details.me form[action$='/sign-out'] button").click()
    expect(page.get_by_role("textbox")).to_be_visible()


def test_a_participant_logs_each_activity_and_takes_one_back(window, world):
    page = window(world.pia, SMALL, script=False).open("/today")
    _fits(page)
    for deed, said in (
        ("I applied for an advertised job", "you applied for an advertised job"),
        ("I contacted an employer", "you contacted an employer"),
        ("I sent an open application", "you sent an open application"),
        ("I got an interview", "you got an interview"),
    ):
        page.get_by_role("button", name=deed).click()
        expect(page.locator("#said")).to_contain_text(said)
        expect(page.get_by_role("button", name=deed).locator(".fig")).to_have_text("1")
        _fits(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_contain_text("Taken back. It counts no more.")
    interview = page.get_by_role("button", name="I got an interview")
    expect(interview.locator(".fig")).to_have_text("0")
    page.goto(page.url.partition("?")[0].replace("/today", "/job-search"))
    _fits(page)
    expect(page.locator("main .list > li")).to_have_count(3)


def test_a_participant_says_yes_and_takes_it_back(window, world, as_):
    show(as_, world, begin(as_, world))
    page = window(world.pia, SMALL, script=False).open("/my-analysis")
    _fits(page)
    page.get_by_role("link", name="Look at the paper and decide").click()
    expect(page.locator("main")).to_contain_text(next(iter(CANARIES.values())))
    _fits(page)
    page.get_by_role("button", name="I give my permission").click()
    expect(page.locator("main")).to_contain_text("You gave your permission.")
    _fits(page)
    page.get_by_role("link", name="Take my permission back").click()
    page.get_by_role("button", name="Take my permission back").click()
    expect(page.locator("main")).to_contain_text("The analysis does not open any more.")
