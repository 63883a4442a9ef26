"""The morning on two screens at once: by keys, by another's eyes, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from jobsearch.cohorts.models import Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.standup.words.rules import News
from jobsearch.standup.words.service import tell_news
from tests.windows import PHONE, too_wide, violations
from tests.world import make_person

pytestmark = pytest.mark.usefixtures("context")
SOON = 3000 + 2500  # three seconds, and what a busy machine adds


@pytest.fixture
def board(world, as_) -> str:
    """The address of Group 7's board, with two more people in it."""
    with as_(world.aino):
        for number, name in enumerate(("Aino", "Mira")):
            person = make_person(world.a.organisation_id, name, "F", f"+35840000033{number}")
            row = Enrolment(cohort_id=world.a.cohort_ids[0], person_id=person.id)
            row.state = EnrolmentState.STARTED
            db.session.add(row)
    return f"/cohorts/{world.a.cohort_ids[0]}/board"


def _turn(page: Page):
    return page.locator("tr.turn th")


def test_a_coach_runs_the_morning_by_keys(window, world, board) -> None:
    page = window(world.stig).open(board)
    page.locator("#board-table").focus()
    page.keyboard.press("n")
    expect(page.locator("[aria-current=step]")).to_contain_text("Attendance")
    page.keyboard.press("ArrowDown")
    expect(_turn(page)).to_contain_text("Aino")
    page.keyboard.press("ArrowDown")
    expect(_turn(page)).to_contain_text("Mira")
    page.keyboard.press("l")
    expect(_turn(page)).to_contain_text("Present")
    page.keyboard.press("2")
    for _ in range(3):
        page.keyboard.press("+")
    expect(page.locator("#d-employer_contact")).to_have_text("3")
    expect(page.locator("tfoot tr").first).to_contain_text("0 / 3")
    page.keyboard.press("-")
    expect(page.locator("#d-employer_contact")).to_have_text("2")
    expect(page.locator("tfoot tr").first).to_contain_text("0 / 2")
    expect(page.locator("#d-employer_contact-less")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator("tfoot tr").first).to_contain_text("0 / 3")
    page.keyboard.press("Escape")
    expect(page.locator("#board-table")).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator(".clock")).to_have_attribute("data-still", "")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_presses_that_come_faster_than_the_screen_all_count(window, world, board) -> None:
    page = window(world.stig).open(board)
    page.locator("#board-table").focus()
    page.keyboard.press("ArrowDown")
    expect(_turn(page)).to_contain_text("Aino")
    page.keyboard.press("2")
    page.evaluate(
        """() => { for (let n = 0; n < 4; n++) document.activeElement.dispatchEvent(
             new KeyboardEvent("keydown", { key: "+", bubbles: true, cancelable: true })); }"""
    )
    expect(page.locator("tfoot tr").first).to_contain_text("0 / 4")


def test_arrows_that_come_faster_than_the_screen_all_count(window, world, board) -> None:
    page = window(world.stig).open(board)
    page.locator("#board-table").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):  # Aino, Mira, Pia, Mira
        page.keyboard.press(key)
    expect(_turn(page)).to_contain_text("Mira")
    page.wait_for_timeout(500)
    expect(_turn(page)).to_contain_text("Mira")


def test_the_keys_stay_at_the_table_when_the_button_goes_away(window, world, board) -> None:
    page = window(world.stig).open(board)
    page.locator("#board-table").focus()
    page.keyboard.press("ArrowDown")
    expect(_turn(page)).to_contain_text("Aino")
    page.keyboard.press("1")
    expect(page.locator("#d-advertised_application-more")).to_be_focused()
    page.keyboard.press("l")
    expect(_turn(page)).to_contain_text("Present")
    page.keyboard.press("l")
    expect(_turn(page)).to_contain_text("Away")
    expect(page.locator("#board-table")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(_turn(page)).to_contain_text("Mira")


def test_another_screen_follows_within_three_seconds(window, world, as_, board) -> None:
    coach, manager = window(world.stig).open(board), window(world.aino).open(board)
    expect(manager.locator("[form=deeds]")).to_have_count(0)
    coach.get_by_role("button", name="Begin the meeting").click()
    expect(manager.locator("[aria-current=step]")).to_contain_text("Attendance", timeout=SOON)
    with as_(world.pia):
        seat = world.a.cohort_ids[0], world.a.enrolment_ids["pia"]
        tell_news(world.pia.actor, *seat, News.INTERVIEW)
    for page in (coach, manager):
        expect(page.locator(".cheer")).to_contain_text("Pia got an interview!", timeout=SOON)


def test_the_day_is_closed_on_the_same_table(window, world, board) -> None:
    page = window(world.stig).open(board)
    for phase in ("Attendance", "Yesterday", "Coaching", "Goals", "Assignment", "Results"):
        page.locator("[data-key=n]").click()
        expect(page.locator("[aria-current=step]")).to_contain_text(phase)
    expect(page.locator("h1")).to_have_text("Debrief")
    page.locator("#board-table").focus()
    page.keyboard.press("ArrowDown")
    expect(_turn(page)).to_contain_text("Aino")
    page.keyboard.press("2")
    page.keyboard.press("+")
    expect(page.locator("tfoot tr").first).to_contain_text("1 / 0")


def test_the_morning_runs_without_javascript(window, world, board) -> None:
    page = window(world.stig, PHONE, script=False).open(board)
    page.get_by_role("button", name="Begin the meeting").click()
    page.get_by_role("button", name=re.compile("Aino.*give the turn")).click()
    page.get_by_role("button", name="Aino, mark present").click()
    page.get_by_role("button", name="More: Employer contacts").click()
    page.get_by_role("button", name="More: Employer contacts").click()
    expect(page.locator("#d-employer_contact")).to_have_text("2")
    expect(page.locator("tr.turn")).to_contain_text("Present")


@pytest.mark.parametrize("size", [(1440, 900), PHONE, (1280, 720)])
def test_a_running_board_has_nothing_that_axe_finds(window, world, board, size) -> None:
    page = window(world.stig, size).open(board)
    page.locator("#board-table").focus()
    page.keyboard.press("ArrowDown")
    expect(_turn(page)).to_contain_text("Aino")
    assert violations(page) == []
    assert not too_wide(page)


def test_six_people_fit_a_shared_screen(window, world, as_, board) -> None:
    with as_(world.aino):
        for number in range(3):
            person = make_person(
                world.a.organisation_id, f"N{number}", "F", f"+35840000034{number}"
            )
            db.session.add(Enrolment(cohort_id=world.a.cohort_ids[0], person_id=person.id))
    page = window(world.stig).open(board)
    page.locator("#board-table").focus()
    page.keyboard.press("ArrowDown")
    expect(_turn(page)).to_contain_text("Aino")
    expect(page.locator("tbody tr")).to_have_count(6)
    assert page.evaluate("document.documentElement.scrollHeight") <= 900


def test_coach_and_participant_go_through_the_day_on_two_screens(window, world, board) -> None:
    coach = window(world.stig).open(board)
    hers = window(world.pia, PHONE)
    watching = hers.open(board)
    expect(watching.locator("[form=deeds]")).to_have_count(0)
    mine = hers.page.context.new_page()

    coach.get_by_role("button", name="Begin the meeting").click()
    expect(watching.locator("[aria-current=step]")).to_contain_text("Attendance", timeout=SOON)
    mine.goto(f"{hers.address}/today")
    mine.get_by_role("button", name="I am here").click()
    expect(coach.locator("tr", has_text="Pia")).to_contain_text("Present", timeout=SOON)

    mine.get_by_role("link", name="Make a plan").click()
    mine.get_by_label("Employer contacts").fill("2")
    mine.get_by_label("At what time?").fill("10.30")
    mine.get_by_label("I call").check()
    mine.get_by_label("Which employer first?").fill("Rannikon Leipomo")
    mine.get_by_role("button", name="Save the plan").click()
    expect(mine.locator("main")).to_contain_text("At 10:30 I call Rannikon Leipomo.")
    row = coach.locator("tr", has_text="Pia")
    expect(row).to_contain_text("10:30 call: Rannikon Leipomo", timeout=SOON)
    expect(row).to_contain_text("/ 2")

    coach.locator("#board-table").focus()
    for name in ("Aino", "Mira", "Pia"):
        coach.keyboard.press("ArrowDown")
        expect(_turn(coach)).to_contain_text(name)
    expect(watching.locator("tr.turn")).to_contain_text("Pia", timeout=SOON)
    coach.keyboard.press("p")
    expect(coach.get_by_label("At what time?")).to_have_value("10.30")
    coach.get_by_label("A job", exact=True).check()
    coach.get_by_label("A few words about it").fill("Bakery, from Monday")
    coach.get_by_role("button", name="Tell the group").click()
    for page in (coach, watching):
        expect(page.locator(".cheer")).to_contain_text("Pia got a job! Bakery", timeout=SOON)

    for _ in range(5):
        coach.locator("[data-key=n]").click()
        coach.wait_for_timeout(300)
    expect(watching.locator("h1")).to_have_text("Debrief", timeout=SOON)
    mine.goto(f"{hers.address}/my-words")
    mine.get_by_label("What did you learn today?").fill("Short calls work.")
    mine.get_by_role("button", name="Save the debrief").click()
    for page in (coach, watching):
        expect(page.locator(".said")).to_contain_text("Short calls work.", timeout=SOON)


def test_the_clean_view_fits_a_shared_screen(window, world, as_, board) -> None:
    with as_(world.aino):
        for number, name in enumerate(("Jari", "Sofia", "Petteri")):
            person = make_person(world.a.organisation_id, name, "F", f"+35840000055{number}")
            row = Enrolment(cohort_id=world.a.cohort_ids[0], person_id=person.id)
            row.state = EnrolmentState.STARTED
            db.session.add(row)
    with as_(world.pia):
        tell_news(
            world.pia.actor, world.a.cohort_ids[0], world.a.enrolment_ids["pia"], News.INTERVIEW
        )
    page = window(world.stig, (1280, 720)).open(f"{board}?view=shared")
    expect(page.locator("tbody tr")).to_have_count(6)
    foot = page.locator("tfoot tr").first.bounding_box()
    assert foot is not None and foot["y"] + foot["height"] <= 720
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("main *, .hero *")]
             .filter((one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
             .filter((one) => one.getClientRects().length && !one.closest(".sr"))
             .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert min(sizes) >= 14  # the smallest text of a shared screen (design, section 7)
    assert violations(page) == []
