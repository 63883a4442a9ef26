"""A manager invites a coach, who comes in; and somebody with two roles acts in one of them."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select

from jobsearch.accounts.models import Membership, SignIn
from jobsearch.accounts.rules import Way
from jobsearch.core.access import Role
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.models import Message
from tests.factors import PASSWORD, code_at
from tests.windows import LAPTOP, PHONE, SMALL, too_wide, violations

EVERYTHING = whole_installation("test")


def _fine(page: Page) -> None:
    assert violations(page) == []
    assert not too_wide(page)


def _link() -> str:
    with unit_of_work(EVERYTHING):
        newest = select(Message).where(Message.kind == "accounts.invitation")
        message = db.session.scalars(newest.order_by(Message.created_at.desc())).first()
        return re.search(r"/invitation/\S+", message.body)[0]


def _invite(page: Page) -> None:
    page.get_by_role("link", name="Staff and roles").click()
    _fine(page)
    page.get_by_role("link", name="Invite to staff").click()
    _fine(page)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".errors")).to_contain_text("Enter the name.")
    _fine(page)
    page.locator("#name").fill("Nea Niemi")
    page.locator("#email").fill(" Nea@Example.org ")
    page.get_by_role("radio", name="Coach").check()
    page.locator("select[name=language]").select_option("en")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Invited, not yet here")).to_be_visible()
    _fine(page)


def _accept(page: Page) -> None:
    _fine(page)
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_url("**/new-password/*")
    _fine(page)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button.btn").first.click()
    page.wait_for_url("**/sign-in/staff")


def _come_in(page: Page) -> None:
    page.locator("#email").fill("nea@example.org")
    page.locator("#password").fill(PASSWORD)
    page.locator("main form:not([data-passkey]) button.btn:not(.quiet)").first.click()
    page.wait_for_url("**/account/set-up")
    page.locator("main form:not([data-passkey]) button.btn:not(.quiet)").first.click()
    page.wait_for_url("**/account/app")
    page.locator("summary").last.click()
    letters = page.locator(".letters").inner_text().replace(" ", "")
    page.locator("#code").fill(code_at(secret=letters))
    page.locator("main form:not([data-passkey]) button.btn:not(.quiet)").first.click()
    page.locator("a.btn").last.click()


def test_a_manager_invites_a_coach_who_accepts_and_comes_in(window, world, context):
    manager = window(world.aino, LAPTOP).open("/today")
    _invite(manager)
    link = _link()
    window(None, PHONE).open(link)  # a mail scanner opens it first and spends nothing
    coach = window(None, SMALL).open(link)
    _accept(coach)
    _come_in(coach)
    coach.wait_for_url("**/today")
    expect(coach.get_by_role("heading", level=1)).to_be_visible()
    manager.reload()
    expect(manager.get_by_text("Invited, not yet here")).to_have_count(0)
    manager.get_by_role("link", name="Nea Niemi").click()
    _fine(manager)
    manager.get_by_role("link", name="End the membership").click()
    _fine(manager)
    manager.get_by_role("button", name="End the membership").click()
    expect(manager.get_by_text("Nea Niemi can't sign in here any more.")).to_be_visible()
    coach.goto(coach.url)
    expect(coach).to_have_url(re.compile("/sign-in"))


def _give_second_role(world) -> None:
    with unit_of_work(EVERYTHING):
        db.session.add(
            Membership(
                account_id=world.stig.account_id,
                organisation_id=world.b.organisation_id,
                role=Role.PAYROLL_CLERK,
            )
        )
        db.session.get_one(SignIn, world.stig.actor.sign_in_id).way = Way.AUTHENTICATOR


def test_who_has_two_roles_switches_in_the_head_of_any_page(window, world, context):
    _give_second_role(world)
    for size in (LAPTOP, PHONE):
        page = window(world.stig, size).open("/my-roles")
        _fine(page)
    page.goto(page.url.replace("/my-roles", "/people"))
    expect(page.get_by_role("link", name="Pihlaja Pia")).to_be_visible()
    page.locator("details.me summary").click()
    _fine(page)
    page.locator(".drop").get_by_role("button", name="Payroll clerk, Provider B").click()
    page.wait_for_url("**/today")
    page.goto(page.url.replace("/today", "/people"))
    expect(page.get_by_role("link", name="Berg Bo")).to_be_visible()
    expect(page.get_by_role("link", name="Pihlaja Pia")).to_have_count(0)
