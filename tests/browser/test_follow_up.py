"""The follow-up on a phone: message, one tap, thank you; a coach's call; a job that is told."""

import re

import pytest
from playwright.sync_api import Page, expect

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from jobsearch.outcomes.following.jobs import send_questions
from jobsearch.outcomes.following.mail import WORK_ASKED
from tests.followed import end_group
from tests.windows import PHONE, SMALL, too_wide, violations

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(240)]


def _link() -> str:
    with unit_of_work(whole_installation("test"), read_only=True):
        found = [one for one in db.session.query(Message) if one.kind == WORK_ASKED.key]
        return re.search(r"http://[^/]+(/answer/\S+)", found[0].body)[1]


def _fits(page: Page, script: bool) -> None:
    assert not too_wide(page), page.url
    if script:
        assert violations(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_message_tap_thanks_call_and_a_job_that_is_told(window, world, script) -> None:
    end_group(world)
    send_questions()
    size = PHONE if script else SMALL
    page = window(None, size, script=script).open(_link())
    _fits(page, script)
    page.get_by_role("button", name="I am in work").click()
    expect(page.locator("h1")).to_have_text("Thank you!")
    _fits(page, script)
    page.get_by_label("A fixed-term job, part time").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Pass over").click()
    _fits(page, script)

    coach = window(world.stig, size, script=script).open("/outcomes/follow-up?state=answered")
    _fits(coach, script)
    coach.get_by_role("link", name="Pia Pihlaja").click()
    expect(coach.locator("main")).to_contain_text("by the link")
    _fits(coach, script)

    hers = window(world.pia, size, script=script).open("/my-outcomes")
    _fits(hers, script)
    hers.get_by_role("link", name="Tell of a job or studies").click()
    _fits(hers, script)
    hers.get_by_role("link", name="Gigs or freelance work").click()
    hers.get_by_label("First day").fill("20.11.2026")
    _fits(hers, script)
    hers.get_by_role("button", name="Tell my coach").click()
    expect(hers.locator("main")).to_contain_text("Your coach looks at it")
    _fits(hers, script)


def test_a_coach_logs_a_call_on_a_phone(window, world) -> None:
    end_group(world)
    page = window(world.stig, PHONE).open("/outcomes/follow-up")
    page.get_by_role("link", name="Pia Pihlaja").click()
    page.get_by_label("Not reached").check()
    page.get_by_role("button", name="Log the call").click()
    expect(page.locator(".flash").first).to_contain_text("The call was logged.")
    _fits(page, script=True)
