"""Staff sign in, in a browser: password and app, recovery code, passkey, and a proof in between."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import update

from jobsearch.accounts.models import Account
from jobsearch.accounts.passkeys.models import Passkey
from jobsearch.accounts.service import new_link
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.factors import PASSWORD, code_at, give_app, give_password, grow_stale
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations

EVERYTHING = whole_installation("test")
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(app: Flask, address: str) -> Iterator[str]:
    """The pages at a name: browsers allow passkeys at none of digits."""
    named = address.replace("127.0.0.1", "localhost")
    config = app.config["JOBSEARCH"]
    app.config["JOBSEARCH"] = replace(config, base_url=named)
    yield named
    app.config["JOBSEARCH"] = config


def _fine(page) -> None:
    assert violations(page) == []
    assert not too_wide(page)


def _press(page, wait: str = "") -> None:
    page.locator("main form:not([data-passkey]) button.btn:not(.quiet)").first.click()
    if wait:
        page.wait_for_url(wait)


def _give_password_page(page, email: str, password: str) -> None:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/sign-in/staff")
    page.locator("#email").fill(email)
    page.locator("#password").fill(password)
    _press(page)


def test_a_new_coach_sets_up_password_and_app_and_comes_back_with_them(window, world, context):
    with unit_of_work(EVERYTHING):
        secret = new_link(db.session.get_one(Account, world.stig.account_id))
    page = window(None, SMALL).open(f"/new-password/{secret}")
    _fine(page)
    page.locator("#password").fill(PASSWORD)
    _press(page, "**/sign-in/staff")
    _fine(page)
    _give_password_page(page, "stig@example.org", PASSWORD)
    page.wait_for_url("**/account/set-up")
    _fine(page)
    _press(page, "**/account/app")
    _fine(page)
    page.locator("summary").last.click()
    letters = page.locator(".letters").inner_text().replace(" ", "")
    page.locator("#code").fill("000000")
    _press(page)
    page.locator(".errors").wait_for()
    _fine(page)
    page.locator("#code").fill(code_at(secret=letters))
    _press(page)
    page.locator(".codes").wait_for()
    _fine(page)
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    page.locator("main a.btn").click()
    page.wait_for_url("**/today")
    page.context.clear_cookies()
    _give_password_page(page, "stig@example.org", PASSWORD)
    page.wait_for_url("**/sign-in/second-step")
    _fine(page)
    page.locator("#code").fill(code_at(now() + timedelta(seconds=30), letters))
    _press(page, "**/today")
    page.context.clear_cookies()
    _give_password_page(page, "stig@example.org", PASSWORD)
    page.wait_for_url("**/sign-in/second-step")
    page.locator("#code").fill(codes[4])
    _press(page, "**/today")
    assert "9" in page.locator(".flash").inner_text()


def test_without_scripts_password_and_app_let_in_and_no_passkey_is_offered(window, world, context):
    give_password(world.paula)
    give_app(world.paula)
    page = window(None, PHONE, script=False).open("/sign-in/staff")
    assert page.locator("form[data-passkey]").is_hidden()
    page.locator("#email").fill("paula@example.org")
    page.locator("#password").fill(PASSWORD)
    _press(page, "**/sign-in/second-step")
    page.locator("#code").fill(code_at())
    _press(page, "**/today")
    expect(page.locator("h1")).to_have_count(1)


def _with_device(page):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, made["authenticatorId"]


def test_a_passkey_is_made_named_used_and_removed(window, world, context):
    give_app(world.aino)
    one = window(world.aino, LAPTOP)
    page = one.open("/account")
    _with_device(page)
    page.goto(one.address + "/account/passkeys/new")
    _fine(page)
    page.locator("form[data-passkey] button").click()  # without a name nothing is asked
    assert page.url.endswith("/account/passkeys/new")
    page.locator("#name").fill("My laptop")
    page.locator("form[data-passkey] button").click()
    page.locator(".codes").wait_for()
    page.context.clear_cookies()
    page.goto(one.address + "/sign-in/staff")
    _fine(page)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/today")
    page.goto(one.address + "/account")
    assert "with a passkey" in page.locator("main").inner_text()
    _fine(page)
    page.locator("a[href*='/account/passkeys/']", has_text="My laptop").click()
    _fine(page)
    page.locator("#name").fill("Old laptop")
    _press(page, "**/account")
    assert "Old laptop" in page.locator("main").inner_text()
    page.locator("a[href*='/account/passkeys/']", has_text="Old laptop").click()
    page.locator("[data-dialog=end]").click()
    page.locator("dialog form button").click()
    page.wait_for_url("**/account")
    assert "Old laptop" not in page.locator("main").inner_text()
    page.context.clear_cookies()
    page.goto(one.address + "/sign-in/staff")
    page.locator("form[data-passkey] button").click()
    page.locator(".errors").wait_for()  # the device still has it; here it opens nothing


def test_the_first_factor_may_be_a_passkey(window, world, context):
    give_password(world.olga)
    page = window(None, PHONE).open("/sign-in/staff")
    _with_device(page)
    _give_password_page(page, "olga@example.org", PASSWORD)
    page.wait_for_url("**/account/set-up")
    page.locator("#name").fill("My phone")
    page.locator("form[data-passkey] button").click()
    page.locator(".codes").wait_for()
    page.locator("main a.btn").click()
    page.wait_for_url("**/today")


def test_an_answer_of_a_device_opens_once(window, world, context):
    give_app(world.aino)
    one = window(world.aino, LAPTOP)
    page = one.open("/account/passkeys/new")
    _with_device(page)
    page.locator("#name").fill("My laptop")
    page.locator("form[data-passkey] button").click()
    page.locator(".codes").wait_for()
    page.context.clear_cookies()
    page.goto(one.address + "/sign-in/staff")
    sent = []
    page.on("request", lambda r: sent.append(r) if r.url.endswith("/sign-in/passkey") else None)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/today")
    body = sent[0].post_data
    before = sent[0].all_headers()["cookie"]
    with unit_of_work(EVERYTHING):  # as if the device did not count, which many do not
        db.session.execute(update(Passkey).values(sign_count=0))
    page.context.clear_cookies()
    answer = page.context.request.post(
        one.address + "/sign-in/passkey",
        headers={"content-type": "application/x-www-form-urlencoded", "cookie": before},
        data=body,
        max_redirects=0,
    )
    assert answer.status == 422


def test_a_device_that_was_copied_is_refused(window, world, context):
    give_app(world.aino)
    one = window(world.aino, LAPTOP)
    page = one.open("/account/passkeys/new")
    session, device = _with_device(page)
    page.locator("#name").fill("My laptop")
    page.locator("form[data-passkey] button").click()
    page.locator(".codes").wait_for()
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"][0]
    for expected in ("**/today", "**/today"):
        page.context.clear_cookies()
        page.goto(one.address + "/sign-in/staff")
        page.locator("form[data-passkey] button").click()
        page.wait_for_url(expected)
    session.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    session.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": kept})
    page.context.clear_cookies()
    page.goto(one.address + "/sign-in/staff")
    page.locator("form[data-passkey] button").click()
    page.locator(".errors").wait_for()


def test_what_was_typed_is_kept_while_the_person_proves_that_it_is_she(window, world, context):
    give_app(world.aino)
    one = window(world.aino, PHONE)
    page = one.open(f"/people/{world.pia.person_id}/edit")
    grow_stale(world.aino)
    page.locator("#bank_account").fill("FI21 1234 5600 0007 85")
    page.locator("#municipality").fill("Ulvila")
    page.locator("main form button").first.click()
    page.locator("#fresh-code").wait_for()
    _fine(page)
    page.locator("#fresh-code").fill("000000")
    page.locator("main form button").first.click()
    page.locator(".errors").wait_for()
    page.locator("#fresh-code").fill(code_at())
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(f"/people/{world.pia.person_id}$"))
    assert "Ulvila" in page.locator("main").inner_text()
