"""Codes at once, codes that are over, and what a stopwatch tells a stranger."""

import re
import statistics
import threading
import time
from datetime import timedelta

import pytest

from jobsearch.accounts.codes.jobs import forget_codes
from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.codes.service import ask_for_code, sign_in_by_link, sign_in_with_code
from jobsearch.accounts.models import SignIn
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.scope import NOBODY, whole_installation
from jobsearch.notices.models import Message
from tests.pages import client_of


def _body() -> str:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(Message).one().body


def _count(model: type) -> int:
    with unit_of_work(whole_installation("test"), read_only=True):
        return db.session.query(model).count()


def _all_at_once(app, deed, times: int) -> list[str]:
    outcomes: list[str] = []
    ready = threading.Barrier(times)

    def go() -> None:
        ready.wait()
        try:
            with app.app_context(), unit_of_work(NOBODY):
                deed()
            outcomes.append("won")
        except (RuleBroken, Conflict):
            outcomes.append("refused")

    threads = [threading.Thread(target=go) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.parametrize("way", ["code", "link"])
def test_of_six_at_once_with_the_same_code_one_comes_in(app, world, context, way) -> None:
    with unit_of_work(NOBODY):
        asked = ask_for_code("pia@example.org", may_send=True).request_secret
    code = re.search(r"\b\d{6}\b", _body())[0]
    link = re.search(r"/sign-in/link/(\S+)", _body())[1]
    before = _count(SignIn)

    def come_in() -> None:
        if way == "code":
            sign_in_with_code(asked, code, "Test")
        else:
            sign_in_by_link(link, asked, None, "Test")

    assert _all_at_once(app, come_in, 6) == ["refused"] * 5 + ["won"]
    assert _count(SignIn) == before + 1


def test_of_twelve_wrong_codes_at_once_five_are_tried(app, world, context) -> None:
    with unit_of_work(NOBODY):
        asked = ask_for_code("pia@example.org", may_send=True).request_secret

    def guess() -> None:
        try:
            sign_in_with_code(asked, "abcdef", "Test")
        except RuleBroken:
            return  # the view keeps its refusal

    _all_at_once(app, guess, 12)
    with unit_of_work(whole_installation("test"), read_only=True):
        row = db.session.query(OneTimeCode).one()
    assert row.tries == 5
    assert row.spent_at is not None


def test_twelve_requests_at_once_are_three_messages(app, world, context) -> None:
    clients = [client_of(app, None) for _ in range(12)]
    answers: list[int] = []

    def ask(client) -> None:
        answers.append(client.send("/sign-in", address="pia@example.org").status_code)

    threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 12
    assert _count(Message) == 3


def test_what_is_over_is_forgotten_after_two_days(app, world, context, clock) -> None:
    with unit_of_work(NOBODY):
        ask_for_code("pia@example.org", may_send=True)
    clock.shift(timedelta(days=1, hours=23))
    assert forget_codes() == "Forgotten: 0."
    with unit_of_work(NOBODY):
        ask_for_code("pia@example.org", may_send=True)
    clock.shift(timedelta(hours=2))
    assert forget_codes() == "Forgotten: 1."
    assert forget_codes() == "Forgotten: 0."
    assert _count(OneTimeCode) == 1


def test_a_stopwatch_does_not_tell_a_known_address_from_an_unknown_one(
    app, world, context, clock
) -> None:
    def ask(address: str) -> float:
        clock.shift(timedelta(minutes=16))  # each may send
        client = client_of(app, None)
        client.get("/sign-in")  # connections that are half an hour old are made anew
        began = time.perf_counter()
        assert client.send("/sign-in", address=address).status_code == 303
        return time.perf_counter() - began

    ask("pia@example.org")
    ask("nobody@example.org")
    known, unknown = [], []
    for turn in range(26):
        pair = [(known, "pia@example.org"), (unknown, f"nobody{turn}@example.org")]
        for times, address in pair[:: 1 if turn % 2 else -1]:
            times.append(ask(address))
    # the quicker quarter of each: a busy machine tells nothing of addresses
    quick = [statistics.quantiles(each, n=4)[0] for each in (known, unknown)]
    assert _count(Message) == 27
    assert abs(quick[0] - quick[1]) < 0.030


def test_the_database_is_asked_the_same_for_a_known_and_an_unknown_address(
    app, world, context, clock, statements
) -> None:
    asked: list[list[str]] = []
    for address in ("pia@example.org", "nobody@example.org"):
        client = client_of(app, None)
        statements.clear()
        client.send("/sign-in", address=address)
        asked.append([re.sub(r"ROLLBACK TO|RELEASE", "END OF", one) for one in statements])
    assert asked[0] == asked[1]
