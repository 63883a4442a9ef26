"""A participant's day on a phone: tap, undo, name the employer; with and without JavaScript."""

import pytest

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.tracker.models import Action, Employer
from tests.windows import PHONE, SMALL, too_wide, violations

TAP = "#log-employer_contact"


def _actions(world) -> list[Action]:
    with unit_of_work(whole_installation("test"), read_only=True):
        rows = db.session.query(Action).filter_by(person_id=world.pia.person_id)
        return [row for row in rows if row.undone_at is None]


def _known_employer(world) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.add(
            Employer(
                person_id=world.pia.person_id,
                name="Meriteräs",
                organisation_id=world.a.organisation_id,
            )
        )


@pytest.mark.parametrize("script", [True, False])
def test_one_tap_logs_and_undo_takes_it_back(window, world, context, script):
    page = window(world.pia, PHONE, script=script).open("/today")
    page.click(TAP)
    page.wait_for_selector(".toast form")
    assert page.locator(f"{TAP} .fig").inner_text() == "1"
    assert len(_actions(world)) == 1
    page.click(".toast form button")
    page.wait_for_selector(".toast:not(:has(form))")
    assert page.locator(f"{TAP} .fig").inner_text() == "0"
    assert _actions(world) == []


@pytest.mark.parametrize("script", [True, False])
def test_with_its_employer_it_is_three_taps_and_nothing_typed(window, world, context, script):
    _known_employer(world)
    page = window(world.pia, PHONE, script=script).open("/today")
    page.click(TAP)
    page.click(".toast a")
    page.click("main form.one button >> nth=0")
    page.wait_for_url("**/today")
    (action,) = _actions(world)
    assert action.employer_id is not None


def test_two_quick_taps_on_one_button_are_one_and_on_two_are_two(window, world, context):
    page = window(world.pia, PHONE).open("/today")
    page.evaluate(
        """() => {
          const tap = (kind) => document.getElementById('log-' + kind).click();
          tap('employer_contact'); tap('employer_contact'); tap('advertised_application');
        }"""
    )
    page.wait_for_selector("#log-advertised_application .on")
    page.wait_for_selector(f"{TAP} .on")
    assert len(_actions(world)) == 2


def test_the_focus_stays_on_the_button_that_was_tapped(window, world):
    page = window(world.pia, PHONE).open("/today")
    page.focus(TAP)
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast")
    assert page.evaluate("document.activeElement.id") == "log-employer_contact"
    assert violations(page) == []


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_the_day_with_its_toast_fits_a_phone(window, world, size):
    page = window(world.pia, size).open("/today")
    page.click(TAP)
    page.wait_for_selector(".toast")
    assert not too_wide(page)
    assert violations(page) == []
    toast, bar = page.locator(".toast").bounding_box(), page.locator(".tabbar").bounding_box()
    assert toast["y"] + toast["height"] <= bar["y"]
    for button in page.locator(".log button").all():
        box = button.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44
