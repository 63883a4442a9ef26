"""A municipal coach introduces on her phone; staff see, call, move and take back on a laptop."""

import re

import pytest

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.recruitment.models import Candidate, CandidateMove
from jobsearch.recruitment.rules import MoveKind, Stage
from tests.recruits import make_candidate
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations


def _fits(page) -> None:
    assert not too_wide(page)
    assert violations(page) == []


def _candidate() -> Candidate:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(Candidate).one()


def _make_link(window, world) -> str:
    """A coach of the provider makes the link, and reads it once."""
    page = window(world.stig, LAPTOP).open("/candidates/coaches")
    page.fill("input[name=name]", "Kaisa Mäkelä")
    page.fill("input[name=email]", "kaisa@example.org")
    page.click("main form:has(input[name=email]) button")
    _fits(page)
    address = page.input_value("#new-link")
    return re.sub(r"^https?://[^/]+", "", address)


@pytest.mark.parametrize("script", [True, False])
def test_from_a_link_on_a_phone_to_a_move_that_is_taken_back(window, world, context, script):
    path = _make_link(window, world)

    # the municipal coach, on her phone, without an account
    phone = window(None, PHONE, script=script).open(path)
    if script:
        _fits(phone)
    phone.click("main button[type=submit]")
    phone.wait_for_selector(".errors")
    phone.fill("input[name=name]", "Eeva Elo")
    phone.fill("input[name=phone]", "040 000 1234")
    phone.fill("input[name=municipality]", "Pori")
    phone.fill("textarea[name=introduction]", "On ollut keittiötöissä.")
    phone.fill("input[name=call_when]", "iltapäivällä")
    phone.click("main button[type=submit]")
    phone.wait_for_selector(".errors")
    assert phone.input_value("input[name=name]") == "Eeva Elo"
    phone.check("input[name=agreed]")
    phone.click("main button[type=submit]")
    phone.wait_for_url("**/received/**")
    assert "Eeva Elo" in phone.inner_text("main")
    if script:
        _fits(phone)

    # staff, on a laptop: she is on the call list, due first
    desk = window(world.stig, LAPTOP, script=script).open("/candidates/calls")
    card = desk.locator(".calls > li").first
    assert "Eeva Elo" in card.inner_text()
    assert card.locator("a[href^='tel:']").get_attribute("href") == "tel:+358400001234"
    card.locator("form:has(input[value=no_answer]) button").click()
    desk.wait_for_selector(".toast form")
    desk.click(".toast form button")
    desk.wait_for_selector(".toast", state="detached")
    desk.locator(".calls > li").first.locator("form:has(input[value=reached]) button").click()
    desk.wait_for_selector(".toast form")
    assert _candidate().stage is Stage.CONTACTED

    # the next stage is one click on the board, and one click takes it back
    desk.goto(desk.url.partition("/candidates")[0] + "/candidates")
    desk.locator("tr", has_text="Eeva Elo").locator("form button").click()
    desk.wait_for_selector(".toast form")
    assert _candidate().stage is Stage.INVITED
    if script:
        _fits(desk)
    desk.click(".toast form button")
    desk.wait_for_selector(".toast", state="detached")
    assert _candidate().stage is Stage.CONTACTED
    with unit_of_work(whole_installation("test"), read_only=True):
        kinds = [one.kind for one in db.session.query(CandidateMove).order_by("number")]
    assert kinds == [MoveKind.MOVE, MoveKind.MOVE, MoveKind.UNDO]


def test_staff_work_the_list_on_a_phone_and_everything_can_be_reached_by_thumb(
    window, world, context
):
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        key = make_candidate(world.a)
    page = window(world.aino, PHONE).open("/candidates/calls")
    _fits(page)
    for control in page.locator(".calls button, .calls a.btn").all():
        assert control.bounding_box()["height"] >= 40
    page.locator("form:has(input[value=no_answer]) button").click()
    page.wait_for_selector(".toast")
    _fits(page)
    page.goto(page.url.partition("/candidates")[0] + f"/candidates/{key}")
    page.click("details:has(input[name=next_on]) > summary")
    page.fill("input[name=next_on]", "1.1.2026")
    page.select_option("select[name=result]", "no_answer")
    page.click("details[open] form button[type=submit]")
    page.wait_for_selector(".errors")
    _fits(page)


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_the_board_fits_a_phone(window, world, context, size):
    with unit_of_work(Scope(frozenset({world.a.organisation_id}), "test")):
        for number in range(4):
            make_candidate(world.a, number + 1, list(Stage)[number])
    page = window(world.stig, size).open("/candidates")
    page.click("main summary")
    _fits(page)
