"""Coach on a laptop, participant on a phone: one analysis, two texts, a dropped line, a draft."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from jobsearch.analyses.drafts.models import SectionDraft
from jobsearch.analyses.models import AnalysisSection
from jobsearch.analyses.rules import SectionKey
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations
from tests.written import begin

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(240)]


def _text(key: SectionKey) -> str:
    with unit_of_work(whole_installation("test"), read_only=True):
        return str(db.session.query(AnalysisSection.text).filter_by(key=key).scalar())


def _drafts() -> list[str]:
    with unit_of_work(whole_installation("test"), read_only=True):
        return [row.text for row in db.session.query(SectionDraft)]


def _fits(page: Page, name: str) -> None:
    if os.environ.get("SHOTS"):
        page.screenshot(path=f"{os.environ['SHOTS']}/{name}.png", full_page=True)
    assert not too_wide(page), page.url
    assert violations(page) == []


def _kept(page: Page, key: str, words: str) -> None:
    expect(page.locator(f"#kept-{key}")).to_contain_text(words, timeout=15000)


def test_coach_and_participant_write_at_the_same_time_and_keep_both_texts(
    window, world, as_
) -> None:
    key = begin(as_, world)
    coach = window(world.stig, LAPTOP).open(f"/analyses/{key}")
    phone = window(world.pia, PHONE).open("/my-analysis/write/worked")
    _fits(coach, "coach")
    _fits(phone, "phone")

    coach.locator("#text_situation").fill("Kaupan työtä kymmenen vuotta.")
    coach.locator("#text_worked").fill("Valmentajan lause.")
    phone.locator("#text_worked").fill("Työnhakijan lause.")
    _kept(coach, "worked", "Saved as a draft")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator(".flash").first).to_contain_text("Saved.")

    coach.get_by_role("button", name=re.compile("^Save: What worked")).click()
    expect(coach.locator("h1")).to_have_text("Two of you wrote here")
    expect(coach.locator("main")).to_contain_text("Työnhakijan lause.")
    _fits(coach, "conflict")
    assert _text(SectionKey.SITUATION) == "Kaupan työtä kymmenen vuotta."
    assert "Valmentajan lause." in _drafts(), "her text is kept although the tab may close here"
    coach.get_by_label("Both: the other text first, then mine").check()
    coach.get_by_role("button", name="Save my choice").click()
    expect(coach.locator(".flash").first).to_contain_text("Saved.")
    assert _text(SectionKey.WORKED) == "Työnhakijan lause.\n\nValmentajan lause."
    assert _drafts() == []


def test_what_is_typed_survives_a_dropped_connection_and_is_offered_again(
    window, world, as_
) -> None:
    begin(as_, world)
    phone = window(world.pia, PHONE).open("/my-analysis/write/needed")
    box = phone.locator("#text_needed")
    box.fill("Ensimmäinen lause.")
    _kept(phone, "needed", "Saved as a draft")
    phone.context.set_offline(True)
    box.fill("Ensimmäinen lause. Toinen, ilman yhteyttä.")
    _kept(phone, "needed", "Kept on this device")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(box).to_have_value("Ensimmäinen lause. Toinen, ilman yhteyttä.")
    phone.context.set_offline(False)
    _kept(phone, "needed", "Saved as a draft")
    assert _drafts() == ["Ensimmäinen lause. Toinen, ilman yhteyttä."]
    assert phone.evaluate("JSON.stringify(localStorage)") == "{}"

    phone.reload()
    expect(phone.locator("main")).to_contain_text("You have unsaved text from")
    _fits(phone, "offered")
    phone.get_by_role("button", name="Go on with it").click()
    expect(box).to_have_value("Ensimmäinen lause. Toinen, ilman yhteyttä.")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator(".flash").first).to_contain_text("Saved.")
    assert _text(SectionKey.NEEDED) == "Ensimmäinen lause. Toinen, ilman yhteyttä."
    assert _drafts() == []


def test_what_waits_on_a_device_is_sent_when_its_page_opens_again(window, world, as_) -> None:
    begin(as_, world)
    telephone = window(world.pia, PHONE)
    phone = telephone.open("/my-analysis/write/needed")
    phone.context.set_offline(True)
    phone.locator("#text_needed").fill("Kirjoitettu junassa.")
    _kept(phone, "needed", "Kept on this device")
    phone.goto("about:blank")
    phone.context.set_offline(False)
    telephone.open("/my-analysis/write/needed")
    expect(phone.locator("main")).to_contain_text("You have unsaved text from")
    assert _drafts() == ["Kirjoitettu junassa."]


def test_what_waits_for_one_is_not_shown_to_another_on_the_same_device(window, world, as_) -> None:
    begin(as_, world)
    key = begin(as_, world, "otto")
    coach = window(world.stig, LAPTOP).open(f"/analyses/{key}")
    entry = '[{"page":"x","key":"worked","text":"salaista","at":9e15}]'
    coach.evaluate("text => localStorage.setItem('drafts.another', text)", entry)
    coach.reload()
    expect(coach.locator("h1")).to_contain_text("Client analysis")
    coach.locator("#text_worked").fill("Valmentajan lause.")
    _kept(coach, "worked", "Saved as a draft")
    assert "salaista" not in coach.content()
    assert coach.evaluate("localStorage.getItem('drafts.another')") is None, "she has gone"
    assert _drafts() == ["Valmentajan lause."]


def test_signing_out_leaves_nothing_that_was_typed_on_the_device(window, world, as_) -> None:
    begin(as_, world)
    phone = window(world.pia, PHONE).open("/my-analysis/write/needed")
    phone.route("**/drafts", lambda route: route.abort())
    phone.locator("#text_needed").fill("salaista")
    _kept(phone, "needed", "Kept on this device")
    assert "salaista" in phone.evaluate("JSON.stringify(localStorage)")
    phone.locator("#text_needed").fill("salaista ja lisää")
    phone.locator(".me summary").click()
    phone.get_by_role("button", name="Sign out").click()
    expect(phone).to_have_url(re.compile("/sign-in"))
    assert "salaista" not in phone.evaluate("JSON.stringify(localStorage)")


def test_a_text_outlives_a_sign_in_that_ran_out(window, world, as_) -> None:
    begin(as_, world)
    telephone = window(world.pia, PHONE)
    phone = telephone.open("/my-analysis/write/needed")
    phone.route("**/drafts", lambda route: route.abort())
    phone.locator("#text_needed").fill("Kirjoitettu junassa.")
    _kept(phone, "needed", "Kept on this device")
    signed_in = phone.context.cookies()
    phone.context.clear_cookies()
    phone.goto(phone.url)
    expect(phone).to_have_url(re.compile("/sign-in"))
    assert "junassa" in phone.evaluate("JSON.stringify(localStorage)")
    phone.unroute("**/drafts")
    phone.context.add_cookies(signed_in)
    telephone.open("/my-analysis/write/needed")
    expect(phone.locator("main")).to_contain_text("You have unsaved text from")


@pytest.mark.parametrize("script", [True, False])
def test_a_coach_writes_section_by_section_on_a_small_phone(window, world, as_, script) -> None:
    key = begin(as_, world)
    coach = window(world.stig, SMALL, script=script).open(f"/analyses/{key}")
    assert not too_wide(coach)
    coach.get_by_role("navigation", name="Sections").get_by_role("link", name="Proposals").click()
    coach.locator("#text_proposals").fill("Trukkikortti.")
    coach.get_by_role("button", name=re.compile("^Save: Proposals")).click()
    expect(coach.locator(".flash").first).to_contain_text("Saved.")
    assert coach.url.endswith("#s-proposals")
    assert _text(SectionKey.PROPOSALS) == "Trukkikortti."
