"""Leads on a phone, with and without script: paste an advert, save, move, undo, step done."""

import pytest
from playwright.sync_api import Page, expect

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import LeadStage
from tests.windows import PHONE, SMALL, too_wide, violations

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(180)]
ADVERT = """Rannikon Leipomo Oy hakee leipuria Poriin

Tarjoamme vakituisen työn. Viimeinen hakupäivä 30.11.2026 klo 16."""


def _lead() -> Lead:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(Lead).one()


def _fits(page: Page, script: bool) -> None:
    assert not too_wide(page), page.url
    if script:
        assert violations(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_an_advert_becomes_a_lead_that_moves_and_is_followed_up(window, world, script) -> None:
    page = window(world.pia, PHONE if script else SMALL, script=script).open("/job-search/leads")
    _fits(page, script)
    page.get_by_role("link", name="Paste an advertisement").click()
    page.get_by_label("The text of the advertisement").fill(ADVERT)
    _fits(page, script)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#role_title")).to_have_value("Leipuri")
    expect(page.locator("#employer_name")).to_have_value("Rannikon Leipomo Oy")
    expect(page.locator("#deadline_on")).to_have_value("30.11.2026")
    page.locator("#next_step").fill("Soitan")
    page.locator("#next_step_on").fill("24.11.2026")
    _fits(page, script)
    page.get_by_role("button", name="Save the lead").click()
    expect(page.locator("h1")).to_have_text("Leipuri")
    _fits(page, script)

    page.get_by_role("button", name="Applied or in touch").click()
    expect(page.locator("main .toast")).to_contain_text("Now: Applied or in touch")
    assert _lead().stage is LeadStage.APPLIED
    _fits(page, script)
    page.locator("main .toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".flash")).to_contain_text("Taken back.")
    assert _lead().stage is LeadStage.FOUND

    page.goto(page.url.partition("/job-search")[0] + "/today")
    box = page.locator("section:has(#follow-up)")
    expect(box).to_contain_text("Soitan")
    _fits(page, script)
    box.get_by_role("button", name="Done").click()
    expect(page.locator(".flash")).to_contain_text("What comes next?")
    page.get_by_label("What do you do next?").fill("Käyn siellä")
    page.get_by_label("On which day?").fill("25.11.")
    page.get_by_role("button", name="Save the next step").click()
    expect(page.locator("main")).to_contain_text("Käyn siellä")
    lead = _lead()
    assert (lead.next_step, str(lead.next_step_on)) == ("Käyn siellä", "2026-11-25")
