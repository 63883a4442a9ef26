"""A municipal coach's first visit: signs in, reads, asks, hands over; the administrator moves."""

import re

import pytest

from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations
from tests.written import released


def _fits(page) -> None:
    assert not too_wide(page)
    assert violations(page) == []


@pytest.mark.parametrize(("size", "script"), [(PHONE, True), (SMALL, False)])
def test_a_first_visit_from_the_inbox_to_a_colleague(window, world, context, as_, size, script):
    released(as_, world)
    page = window(world.mia, size, script=script).open("/inbox")
    assert "What this page is" in page.inner_text("main")
    if script:
        _fits(page)
    page.click("a.item:has-text('Pia Pihlaja')")
    page.wait_for_url(re.compile(r"/inbox/[a-z2-7]{20}"))
    page.click("main a:has-text('Ask')")
    page.check("input[name=kind][value=newer]")
    page.fill("textarea[name=words]", "Has anything changed?")
    if script:
        _fits(page)
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=asked on")
    page.goto(page.url.split("/clients/")[0] + "/clients")
    if script:
        _fits(page)
    page.click("main th a:has-text('Pia Pihlaja')")
    page.click("main a:has-text('Hand over')")
    if script:
        _fits(page)
    page.select_option("select[name=successor]", label="Nils Nurmi")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Nobody shares anything with you yet")

    own = window(world.pia, size, script=script).open("/my-analysis")
    assert "Has anything changed?" not in own.inner_text("main")
    assert "Nils Nurmi" in own.inner_text("main"), "and decides anew for the new one"


def test_a_participant_puts_a_question_aside_on_a_phone(window, world, context, as_):
    released(as_, world)
    page = window(world.mia, LAPTOP).open(f"/clients/{world.pia.person_id}")
    page.check("input[name=kind][value=talk]")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=asked on")
    own = window(world.pia, PHONE).open("/my-analysis")
    assert "Mia Mäki asks for a talk" in own.inner_text("main")
    _fits(own)
    own.click("button:has-text('Not now')")
    own.wait_for_selector("text=It is put aside")
    assert "asks for a talk" not in own.inner_text("main")


def test_an_administrator_moves_the_clients_of_a_coach(window, world, context, as_):
    released(as_, world)
    page = window(world.hilla, LAPTOP).open("/town")
    _fits(page)
    page.click("main a:has-text('Move the clients')")
    _fits(page)
    page.select_option("select[name=successor]", label="Nils Nurmi")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=The clients have another municipal coach now")
    assert "Pihlaja" not in page.content()
