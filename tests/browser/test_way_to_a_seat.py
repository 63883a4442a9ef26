"""From an invitation to a seat in the browser: coach on a laptop, candidate on a phone."""

import re
from datetime import UTC, date, datetime, time

import pytest
from playwright.sync_api import Page, expect

from jobsearch.core.db import db
from jobsearch.links.service import issue_link
from jobsearch.programmes.models import Programme
from jobsearch.rates.service import load_shipped_rates
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.selection import service as selection
from jobsearch.recruitment.selection.offers import service as offers
from jobsearch.recruitment.selection.rules import Decision, Plan, Reason
from jobsearch.recruitment.sessions.letters import BOOKING_PURPOSE
from jobsearch.recruitment.sessions.rules import BookedBy
from jobsearch.recruitment.sessions.service import book
from tests.selecting import make_candidate, make_session
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations
from tests.world import TODAY, make_cohort

pytestmark = pytest.mark.usefixtures("context")


def _look(page: Page) -> None:
    """Whatever page this is, it is fit to be read by everyone and fits its screen."""
    assert violations(page) == []
    assert not too_wide(page)


def test_a_coach_plans_a_series_on_a_laptop(window, world) -> None:
    page = window(world.stig, LAPTOP).open("/info-sessions/new")
    _look(page)
    page.get_by_label("Day").fill("26.11.2026")
    page.get_by_label("Time").fill("9")
    page.get_by_label("How many").fill("3")
    page.get_by_role("button", name="Plan").click()
    expect(page.get_by_role("alert")).to_contain_text("Say where people come")
    assert page.get_by_label("How many").input_value() == "3"
    page.get_by_label("Address or room").fill("Library, room 2")
    page.get_by_role("button", name="Plan").click()
    expect(page.get_by_text("3 info sessions are planned.")).to_be_visible()
    _look(page)
    page.get_by_role("link", name=re.compile("26 November 2026")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("26 November 2026")
    _look(page)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["phone", "small phone"])
def test_a_candidate_reads_checks_books_moves_and_cancels(window, world, as_, size, script) -> None:
    with as_(world.stig):
        load_shipped_rates()
        make_session(world)
        make_session(world, on=date(2026, 12, 3), at=time(13))
        candidate = make_candidate(world, "Anna")
        secret = issue_link(BOOKING_PURPOSE, candidate.id, expires_at=None, language="en")
    page = window(None, size, script=script).open(f"/book/{secret}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Anna!")
    if script:
        _look(page)
    page.get_by_role("link", name="What it is, what it pays").click()
    page.wait_for_load_state()
    if page.locator("html").get_attribute("lang") != "en":
        page.get_by_role("link", name="In English").click()
    expect(page.get_by_text("This is an estimate, not a decision.")).to_be_visible()
    if script:
        _look(page)
    page.get_by_role("link", name="One-minute self-check").first.click()
    expect(page.get_by_role("button", name="See what it means")).to_be_visible()
    for group in page.get_by_role("group").all():
        group.get_by_role("radio").first.check()
    page.get_by_role("button", name="See what it means").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("something for you")
    if script:
        _look(page)
    page.goto(f"{page.url.split('/expectations')[0]}/book/{secret}")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your place in the info session")).to_be_visible()
    expect(page.get_by_text("Library, room 2").first).to_be_visible()
    if script:
        _look(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="Put it into your calendar").click()
        assert download.value.suggested_filename == "info.ics"
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Move my booking").click()
    expect(page.get_by_role("region", name="Your place")).to_contain_text("3 December 2026")
    page.get_by_role("button", name="Cancel my booking").click()
    expect(page.get_by_role("heading", name="When would you like to come?")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_coach_marks_everyone_in_one_pass_and_takes_it_back(
    window, world, as_, clock, size
) -> None:
    with as_(world.stig):
        session = make_session(world, on=TODAY, at=time(10, 20))
        for name in ("Anna", "Bea"):
            book(make_candidate(world, name).id, session.id, BookedBy.CANDIDATE)
        session_id = session.id
    clock.move_to(datetime(2026, 11, 24, 8, 10, tzinfo=UTC))
    page = window(world.stig, size).open(f"/info-sessions/{session_id}")
    page.get_by_role("link", name="Mark who came").click()
    _look(page)
    page.get_by_role("group", name="Anna Ahola").get_by_label("Came", exact=True).check()
    page.get_by_role("group", name="Bea Ahola").get_by_label("Did not come").check()
    page.get_by_role("button", name="Save the list").click()
    expect(page.get_by_text("Who did not come is on the call list.")).to_be_visible()
    _look(page)
    page.get_by_role("button", name="Undo the marks").click()
    expect(page.get_by_text("The marks are as they were before.")).to_be_visible()


def test_two_people_see_a_refusal_and_the_free_seat_goes_to_the_next(window, world, as_) -> None:
    with as_(world.aino):
        programme = db.session.get(Programme, world.a.programme_id)
        cohort = make_cohort(programme, "Group 9", date(2026, 12, 7), world.stig.account_id)
        cohort.seats = 1
        group = cohort.id
    with as_(world.stig):
        people = {
            name: make_candidate(world, name, Stage.ATTENDED).id for name in ("Anna", "Bea", "Cia")
        }
        taken = selection.select(world.stig.actor, people["Anna"], group).id
        wait = Plan(Decision.WAIT, Reason.GROUP_FULL, "", {})
        selection.decide(world.stig.actor, people["Bea"], group, wait)
    coach = window(world.stig, LAPTOP).open(f"/selection/{group}")
    _look(coach)
    coach.get_by_role("link", name=re.compile("Decide.*Cia")).click()
    _look(coach)
    coach.get_by_label("Refusal, which a second person looks at").check()
    coach.get_by_label("Reason").select_option("cannot_take_part")
    coach.get_by_label("In a few words").fill("Works in the mornings.")
    coach.get_by_role("button", name="Keep the decision").click()
    expect(coach.get_by_text("Somebody else looks at it.")).to_be_visible()
    manager = window(world.aino, PHONE).open(f"/selection/{group}")
    _look(manager)
    manager.get_by_role("button", name="I agree: tell the candidate").click()
    expect(manager.get_by_text("The refusal holds")).to_be_visible()
    with as_(world.stig):
        selection.take_back(world.stig.actor, taken)
        (offer,) = offers.offer_free_seats(group)
        secret = issue_link("recruitment.offer", offer.id, expires_at=None, language="en")
    candidate = window(None, PHONE).open(f"/offer/{secret}")
    _look(candidate)
    candidate.get_by_role("button", name="Yes, I take the seat").click()
    expect(candidate.get_by_role("heading", name="The seat is yours")).to_be_visible()
    _look(candidate)
    manager.reload()
    expect(manager.get_by_role("region", name="People who have a seat")).to_contain_text(
        "Bea Ahola"
    )
