"""Logging on a phone: three taps, details, the question, and entries that wait for the network."""

import re

import pytest
from playwright.sync_api import Page, expect

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import Activity, Channel
from tests.windows import PHONE, SMALL, too_wide, violations
from tests.world import TODAY

TAP, WAITING = "#log-employer_contact", "#unsent"
ONE_WAITS = "1 entry waits on your phone"


def _actions(world, who="pia") -> list[Action]:
    with unit_of_work(whole_installation("test"), read_only=True):
        rows = db.session.query(Action).filter_by(person_id=getattr(world, who).person_id)
        return [row for row in rows.order_by(Action.logged_at) if row.undone_at is None]


def _employer(world, name="Meriteräs") -> str:
    with unit_of_work(whole_installation("test")):
        row = Employer(
            person_id=world.pia.person_id, name=name, organisation_id=world.a.organisation_id
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def _open(window, path: str) -> Page:
    """A page whose waiting script is there: it is fetched after all else."""
    page = window.open(path)
    page.wait_for_function("document.querySelector('script[src*=waiting]')")
    page.wait_for_load_state("networkidle")
    return page


def _kept(page: Page) -> list[dict]:
    return page.evaluate(
        "JSON.parse(localStorage.getItem('waiting') || '{\"entries\": []}').entries"
    )


def _fill(page: Page, **texts: str) -> None:
    if not page.locator("main form details").get_attribute("open"):
        page.locator("main form summary").click()
    for name, text in texts.items():
        page.locator(f"[name={name}]").fill(text)


@pytest.mark.parametrize("script", [True, False])
def test_an_action_at_a_known_employer_is_three_taps(window, world, context, script):
    _employer(world)
    page = window(world.pia, PHONE, script=script).open("/today")
    page.click(TAP)
    page.get_by_role("link", name="Where?").click()
    page.get_by_role("button", name="Meriteräs").click()
    expect(page.locator("main")).to_contain_text("Saved.")
    (action,) = _actions(world)
    assert action.employer_id is not None


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_the_page_of_logging_is_short_and_fits(window, world, context, size):
    for name in ("Meriteräs", "Rannikon Leipomo", "Satakunnan Huolto"):
        _employer(world, name)
    page = window(world.pia, size).open("/job-search")
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    assert not too_wide(page)
    assert violations(page) == []
    if size == PHONE:
        assert page.evaluate("document.documentElement.scrollHeight") < 1700
    page.locator("main form summary").click()
    expect(page.locator("[name=note]")).to_be_visible()
    assert not too_wide(page)
    assert violations(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_the_same_job_is_asked_about_and_logged_all_the_same(window, world, context, script):
    page = window(world.pia, PHONE, script=script).open("/job-search")

    def save():
        page.get_by_role("radio", name="I applied for an advertised job").check()
        page.get_by_label(re.compile("^(Another employer|Employer)")).last.fill("Meriteräs")
        _fill(page, role_title="Hitsaaja")
        page.get_by_role("button", name="Save").click()

    save()
    expect(page.locator("main .flash.ok")).to_contain_text("Logged")
    save()
    asked = page.locator(".asks")
    expect(asked).to_contain_text("You logged this before: Meriteräs, Hitsaaja")
    if script:
        expect(asked).to_be_focused()
    expect(page.locator("[name=role_title]")).to_have_value("Hitsaaja")
    if script:
        assert violations(page) == []
    page.get_by_role("button", name="Log it all the same").click()
    expect(page.locator("#done .list > li")).to_have_count(2)
    assert len(_actions(world)) == 2


def test_details_that_cannot_be_are_said_without_leaving_the_page(window, world, context):
    page = _open(window(world.pia, PHONE), "/job-search")
    _fill(page, on="25.11.2026", note="Soitan perään.")
    page.get_by_role("radio", name="I contacted an employer").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main .errors")).to_be_focused()
    expect(page.locator("main .errors")).to_contain_text("This day has not come yet.")
    expect(page.locator("[name=note]")).to_have_value("Soitan perään.")
    expect(page).to_have_title(re.compile("^Error:"))
    assert _actions(world) == []


def test_whom_it_reached_is_asked_of_a_contact_alone(window, world):
    page = window(world.pia, PHONE).open("/job-search")
    page.locator("main form summary").click()
    page.get_by_role("radio", name="I got an interview").check()
    expect(page.locator("#reached")).to_be_hidden()
    page.get_by_role("radio", name="I contacted an employer").check()
    expect(page.locator("#reached")).to_be_visible()


def test_a_tap_without_a_network_waits_and_goes_once_when_it_is_back(window, world, context):
    one = window(world.pia, PHONE)
    page = _open(one, "/today")
    page.context.set_offline(True)
    page.click(TAP)
    page.click(TAP)  # a double tap
    expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
    expect(page.locator(f"{TAP} .fig")).to_have_text("0")
    expect(page.locator("#said .toast")).to_have_count(0)
    expect(page.locator("[data-offline]")).to_be_hidden()
    assert violations(page) == []
    page.click("#log-interview")
    expect(page.locator(WAITING)).to_contain_text("2 entries wait on your phone")
    assert _actions(world) == []
    page.context.set_offline(False)
    expect(page.locator(WAITING)).to_contain_text("What waited is logged.")
    expect(page.locator(f"{TAP} .fig")).to_have_text("1")
    expect(page.locator("#log-interview .fig")).to_have_text("1")
    kinds = sorted(row.activity for row in _actions(world))
    assert kinds == [Activity.EMPLOYER_CONTACT, Activity.INTERVIEW]
    page.click(TAP)  # the page goes on as before
    expect(page.locator(f"{TAP} .fig")).to_have_text("2")
    expect(page.locator(WAITING)).to_be_hidden()
    one.complaints.clear()  # the browser complains of the lost network, rightly


def test_two_taps_with_time_between_them_are_two_entries(window, world, context):
    one = window(world.pia, PHONE)
    page = _open(one, "/today")
    page.context.set_offline(True)
    before = page.locator(".log [name=_once]").input_value()
    page.click(TAP)
    expect(page.locator(".log [name=_once]")).not_to_have_value(before)
    page.click(TAP)
    expect(page.locator(WAITING)).to_contain_text("2 entries wait")
    page.context.set_offline(False)
    expect(page.locator(f"{TAP} .fig")).to_have_text("2")
    assert len(_actions(world)) == 2
    one.complaints.clear()


def test_what_waits_holds_no_name_and_nothing_that_was_typed(window, world, context):
    employer = _employer(world)
    one = window(world.pia, PHONE)
    page = _open(one, "/job-search")
    page.context.set_offline(True)
    page.get_by_role("radio", name="I contacted an employer").check()
    page.get_by_role("radio", name="Meriteräs").check()
    _fill(page, role_title="Hitsaaja", note="Kysy Liisalta.")
    page.get_by_role("radio", name="By phone").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(WAITING)).to_contain_text("go too if you keep this page open")
    expect(page.locator("[name=note]")).to_have_value("")
    stored = page.evaluate("JSON.stringify(localStorage)")
    for text in ("Hitsaaja", "Liisa", "Meriteräs", "Pia", world.pia.person_id):
        assert text not in stored
    (entry,) = _kept(page)
    assert dict(entry["fields"])["employer_id"] == employer
    page.context.set_offline(False)
    expect(page.locator("#done .list > li")).to_have_count(1)
    expect(page.locator("#done")).to_contain_text("Hitsaaja")  # the page was not closed
    (action,) = _actions(world)
    assert (action.role_title, action.note, action.employer_id) == (
        "Hitsaaja",
        "Kysy Liisalta.",
        employer,
    )
    one.complaints.clear()


def test_after_a_reload_the_entry_goes_with_its_choices(window, world, context):
    one = window(world.pia, PHONE)
    page = _open(one, "/job-search")
    page.context.set_offline(True)
    page.get_by_role("radio", name="I contacted an employer").check()
    _fill(page, on="23.11.2026", role_title="Hitsaaja")
    page.get_by_role("radio", name="By phone").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
    page.route("**/job-search", lambda route: route.abort())  # the network is half back
    page.context.set_offline(False)
    page.goto(one.address + "/my-weeks")
    expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
    page.unroute("**/job-search")
    page.reload()
    expect(page.locator(WAITING)).to_contain_text("What waited is logged.")
    (action,) = _actions(world)
    assert (action.activity, action.channel) == (Activity.EMPLOYER_CONTACT, Channel.PHONE)
    assert (action.on.day, action.role_title) == (23, None)
    one.complaints.clear()


def test_an_answer_that_was_lost_on_its_way_doubles_nothing(window, world, context):
    one = window(world.pia, PHONE)
    page = _open(one, "/today")

    def lose(route):
        route.fetch(max_redirects=0)  # the server has it, the phone does not know
        route.abort()

    page.route("**/job-search/log/*", lose, times=1)
    page.click(TAP)
    expect(page.locator(WAITING)).to_contain_text(re.compile("waits on your phone|is logged"))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(f"{TAP} .fig")).to_have_text("1")
    assert _kept(page) == []
    assert len(_actions(world)) == 1
    one.complaints.clear()


def test_a_tap_of_yesterday_is_logged_for_yesterday(window, world, context):
    one = window(world.pia, PHONE)
    page = _open(one, "/today")
    page.context.set_offline(True)
    page.click(TAP)
    expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
    page.evaluate(
        """() => {
          const kept = JSON.parse(localStorage.waiting);
          kept.entries[0].at -= 20 * 3600 * 1000;
          localStorage.waiting = JSON.stringify(kept);
        }"""
    )
    page.context.set_offline(False)
    expect(page.locator(WAITING)).to_contain_text("What waited is logged.")
    assert (TODAY - _actions(world)[0].on).days == 1
    one.complaints.clear()


def test_what_is_refused_says_why_and_is_put_aside(window, world, context):
    one = window(world.pia, PHONE)
    page = _open(one, "/today")
    page.context.set_offline(True)
    page.click(TAP)
    expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
    page.evaluate(
        """() => {
          const kept = JSON.parse(localStorage.waiting);
          kept.entries[0].at -= 30 * 86400 * 1000;
          localStorage.waiting = JSON.stringify(kept);
        }"""
    )
    page.context.set_offline(False)
    expect(page.locator(WAITING)).to_contain_text("This could not be logged: Employer contact")
    expect(page.locator(WAITING)).to_contain_text("before the first day of your group")
    assert violations(page) == []
    assert not too_wide(page)
    page.get_by_role("button", name="Put aside").click()
    expect(page.locator(WAITING)).to_be_hidden()
    assert _kept(page) == [] and _actions(world) == []
    one.complaints.clear()


def test_a_waiting_twin_is_asked_about_when_it_goes(window, world, context):
    one = window(world.pia, PHONE)
    page = _open(one, "/job-search")

    def save():
        page.get_by_role("radio", name="I applied for an advertised job").check()
        page.locator("[name=employer_name]").fill("Meriteräs")
        _fill(page, role_title="Hitsaaja")
        page.get_by_role("button", name="Save").click()

    save()
    expect(page.locator("#done .list > li")).to_have_count(1)
    page.context.set_offline(True)
    save()
    expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
    page.context.set_offline(False)
    expect(page.locator(WAITING)).to_contain_text("You logged this before: Meriteräs, Hitsaaja")
    page.get_by_role("button", name="Log it all the same").click()
    expect(page.locator("#done .list > li")).to_have_count(2)
    assert len(_actions(world)) == 2
    one.complaints.clear()


@pytest.mark.parametrize("everywhere", [False, True])
def test_signing_out_clears_what_waits(window, world, context, everywhere):
    one = window(world.pia, PHONE)
    page = _open(one, "/today")
    page.route("**/job-search/log/*", lambda route: route.abort())
    page.click(TAP)
    expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
    if everywhere:
        page.goto(one.address + "/account")
        expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
        page.locator("form[action='/account/sign-out-everywhere'] button").click()
    else:
        page.locator(".me summary").click()
        page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    assert page.evaluate("localStorage.length") == 0
    one.complaints.clear()


@pytest.mark.parametrize("who", ["otto", "stig"])
def test_another_person_on_the_phone_neither_sends_nor_keeps_it(app, window, world, context, who):
    one = window(world.pia, PHONE)
    page = _open(one, "/today")
    page.context.set_offline(True)
    page.click(TAP)
    expect(page.locator(WAITING)).to_contain_text(ONE_WAITS)
    serializer = app.session_interface.get_signing_serializer(app)
    other = serializer.dumps({"sign_in": getattr(world, who).secret, "_permanent": True})
    page.context.add_cookies([{"name": "jobsearch", "value": other, "url": one.address}])
    page.context.set_offline(False)  # Pia's page is still open, in somebody else's sign-in
    page.goto(one.address + "/account")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_function("localStorage.getItem('waiting') === null")
    assert _actions(world) == [] and _actions(world, "otto") == []
    one.complaints.clear()


def test_who_was_signed_out_sends_it_after_signing_in_again(app, window, world, context):
    one = window(world.pia, PHONE)
    page = _open(one, "/today")
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "jobsearch"]
    page.context.clear_cookies()
    page.click(TAP)
    expect(page.locator(WAITING)).to_contain_text("Not sent yet.")
    expect(page.locator(f"{TAP} .fig")).to_have_text("0")
    serializer = app.session_interface.get_signing_serializer(app)
    fresh = serializer.dumps({"sign_in": world.pia.secret, "_permanent": True})
    page.context.add_cookies([{**cookie, "value": fresh}])
    page.goto(one.address + "/today")
    expect(page.locator(f"{TAP} .fig")).to_have_text("1")
    assert len(_actions(world)) == 1
    one.complaints.clear()
