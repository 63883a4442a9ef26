"""Papers, lists and files: so many for a sign-in, a few at once; who waits loses nothing."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from lxml import html

from jobsearch.accounts.models import Account
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.web.limits import PAPERS, TURNS
from tests.furnished import furnish


@pytest.fixture
def keys(world, context):
    return furnish(world).keys


@contextmanager
def _all_turns_taken():
    """All turns of this process are taken, and as many wait as may."""
    for _ in range(3):
        assert TURNS.take()
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(TURNS.take) for _ in range(2)]
        while TURNS._waiting < 2:
            assert not any(one.done() for one in waiting)
        yield
        for _ in range(3):
            TURNS.give_back()
        for one in waiting:
            assert one.result()
            TURNS.give_back()


@pytest.fixture
def all_busy():
    with _all_turns_taken():
        yield


def _buttons(page: str) -> dict[str, str]:
    return {
        one.text_content().strip(): one.get("href") or one.xpath("string(ancestor::form/@action)")
        for one in html.document_fromstring(page).xpath("//main//a | //main//button")
    }


def test_a_clerk_opens_sixty_payslips_in_a_row_and_every_list_besides(sign_in, world, keys) -> None:
    clerk = sign_in(world.paula)
    opened = [clerk.get(f"/payslips/{keys['payslip_id']}/pdf").status_code for _ in range(60)]
    lists = [clerk.get(f"/pay-runs/{keys['run_id']}/journal.csv").status_code for _ in range(100)]
    assert set(opened + lists) == {200}


def test_who_takes_more_than_anybody_needs_is_told_when_the_next_one_opens(
    sign_in, world, keys, clock
) -> None:
    assert (PAPERS.amount, PAPERS.get_expiry()) == (300, 600)
    clerk, address = sign_in(world.paula), f"/payslips/{keys['payslip_id']}/pdf"
    assert {clerk.get(address).status_code for _ in range(300)} == {200}
    clock.shift(timedelta(minutes=7))
    other = f"/pay-runs/{keys['run_id']}/journal.csv?x=1"
    refused = clerk.get(other)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "180")
    assert "The next one opens in 3 minutes." in refused.text
    assert _buttons(refused.text)["Try again"] == other
    assert clerk.get("/pay-runs").status_code == 200  # pages go on
    own = f"/my-pay/{keys['payslip_id']}/pdf"
    assert sign_in(world.pia).get(own).status_code == 200  # and so do all others
    clock.shift(timedelta(minutes=3, seconds=1))
    assert sign_in(world.paula).get(other).status_code == 200


def test_while_all_turns_are_taken_papers_wait_and_pages_do_not(
    sign_in, world, keys, all_busy
) -> None:
    clerk = sign_in(world.paula)
    refused = clerk.get(f"/payslips/{keys['payslip_id']}/pdf")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
    assert "Try again in a few seconds." in refused.text
    assert clerk.get("/pay-runs").status_code == 200


def test_a_form_that_makes_a_paper_is_kept_and_sent_again(sign_in, world, keys) -> None:
    clerk = sign_in(world.paula)
    address = f"/employments/{keys['employment_id']}/certificates/days"
    with _all_turns_taken():
        refused = clerk.send(address, note="Kiitos", _once="k" * 20)
    assert refused.status_code == 429
    form = html.document_fromstring(refused.text).xpath(f"//form[@action='{address}']")[0]
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    assert (sent["note"], sent["_once"]) == ("Kiitos", "k" * 20)
    assert clerk.post(address, data=sent).status_code in (303, 422)


def test_a_paper_that_was_refused_or_failed_gives_its_turn_back(sign_in, world, keys) -> None:
    stranger, nobody = sign_in(world.sam), sign_in(None)
    address = f"/payslips/{keys['payslip_id']}/pdf"
    for _ in range(5):
        assert stranger.get(address).status_code == 404
        assert nobody.get(address).status_code == 303
        assert nobody.post("/my-data/copy").status_code in (401, 404)
    assert TURNS._taken == 0
    assert sign_in(world.paula).get(address).status_code == 200


def test_the_refusal_speaks_the_language_of_the_account(sign_in, world, keys, all_busy) -> None:
    with unit_of_work(whole_installation("test")):
        db.session.get(Account, world.pia.account_id).language = "sv"
    refused = sign_in(world.pia).get(f"/my-pay/{keys['payslip_id']}/pdf")
    assert html.document_fromstring(refused.text).get("lang") == "sv"
