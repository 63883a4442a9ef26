"""Codes of an app, waits after wrong tries, and how long a sign-in lives."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.accounts.factors.rules import (
    Factors,
    check_may_end,
    code_of,
    fitting_step,
    grouped,
    next_code,
    plain_code,
    step_of,
)
from jobsearch.accounts.rules import is_alive
from jobsearch.accounts.throttle.rules import FORGOTTEN_AFTER, LIMITS, Count, open_at, wait_after
from jobsearch.core.access import Actor, Role, is_fresh
from jobsearch.core.errors import RuleBroken
from jobsearch.core.passkeys import Site

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 11, 24, 8, 0, 10, tzinfo=UTC)
HERE = step_of(NOW)


def test_the_codes_are_those_of_the_standard():
    # RFC 6238, appendix B: the secret "12345678901234567890" at 59 seconds and in 2005
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert code_of(secret, 59 // 30) == "287082"
    assert code_of(secret, 1111111109 // 30) == "081804"


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_code_fits_half_a_minute_early_and_late(late):
    assert fitting_step(SECRET, code_of(SECRET, HERE + late), NOW, None) == HERE + late


@pytest.mark.parametrize("late", [-3, -2, 2, 3])
def test_an_older_or_later_code_does_not_fit(late):
    assert fitting_step(SECRET, code_of(SECRET, HERE + late), NOW, None) is None


def test_a_code_and_those_before_it_fit_no_more_once_it_was_used():
    for used in (HERE, HERE + 1):
        for step in range(used - 1, used + 1):
            assert fitting_step(SECRET, code_of(SECRET, step), NOW, used) is None
    assert fitting_step(SECRET, code_of(SECRET, HERE + 1), NOW, HERE) == HERE + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12345a"])
def test_what_is_no_code_fits_nothing(typed):
    assert fitting_step(SECRET, plain_code(typed), NOW, None) is None


def test_the_demo_tells_a_code_that_was_not_used():
    first = next_code(SECRET, NOW, None)
    assert fitting_step(SECRET, first, NOW, None) == HERE
    assert fitting_step(SECRET, next_code(SECRET, NOW, HERE), NOW, HERE) == HERE + 1
    assert next_code(SECRET, NOW, HERE + 1) is None


def test_codes_are_read_however_they_are_grouped():
    assert plain_code(" 1234-5678 9012 ") == "123456789012"
    assert plain_code("１２３456") == "456"  # digits of another script are none
    assert grouped("123456789012") == "1234 5678 9012"


@pytest.mark.parametrize(
    ("app", "passkeys", "may"),
    [(True, 0, False), (False, 1, False), (True, 1, True), (False, 2, True)],
)
def test_the_last_factor_cannot_be_removed(app, passkeys, may):
    factors = Factors(app, passkeys, 10)
    if may:
        check_may_end(factors)
    else:
        with pytest.raises(RuleBroken):
            check_may_end(factors)


def test_recovery_codes_alone_are_no_second_factor():
    assert not Factors(False, 0, 10).any


@pytest.mark.parametrize("count", list(Count))
def test_the_first_tries_do_not_wait(count):
    limit = LIMITS[count]
    assert wait_after(limit.free - 1, limit) == timedelta(0)
    assert wait_after(limit.free, limit) > timedelta(0)


@given(st.sampled_from(list(Count)), st.integers(0, 100_000))
def test_waits_grow_and_end(count, tries):
    limit = LIMITS[count]
    assert wait_after(tries, limit) <= wait_after(tries + 1, limit) <= limit.longest


def test_no_wait_is_for_ever_and_a_day_forgets():
    for limit in LIMITS.values():
        assert open_at(10**6, NOW, limit, NOW) - NOW <= timedelta(minutes=15)
        later = NOW + FORGOTTEN_AFTER + timedelta(seconds=1)
        assert open_at(10**6, NOW, limit, later) == later


def test_fewer_than_a_hundred_guesses_pass_in_an_hour_without_a_wait():
    limit = LIMITS[Count.ACCOUNT]
    at, tries = NOW, 0
    while at < NOW + timedelta(hours=1):
        tries += 1
        at += max(wait_after(tries, limit), timedelta(milliseconds=50))
    assert tries <= 100  # NIST SP 800-63B-4, 3.2.2


@pytest.mark.parametrize(
    ("role", "idle", "alive"),
    [
        (Role.MANAGER, 29, True),
        (Role.MANAGER, 31, False),
        (Role.MUNICIPAL_COACH, 31, False),
        (Role.PARTICIPANT, 59, True),
        (Role.PARTICIPANT, 61, False),
    ],
)
def test_an_idle_sign_in_ends(role, idle, alive):
    started = NOW - timedelta(hours=3)
    assert is_alive(role, started, NOW - timedelta(minutes=idle), NOW) is alive


@pytest.mark.parametrize("role", list(Role))
def test_no_sign_in_lives_longer_than_twelve_hours(role):
    assert is_alive(role, NOW - timedelta(hours=12), NOW, NOW)
    assert not is_alive(role, NOW - timedelta(hours=12, seconds=1), NOW, NOW)


def test_a_clock_set_back_makes_neither_sign_in_nor_proof_live_longer():
    later = NOW + timedelta(hours=1)
    assert not is_alive(Role.MANAGER, later, later, NOW)
    assert not is_fresh(_actor(later), NOW)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("idle", [0, 10, 29])
def test_a_sign_in_of_hours_ago_ends_with_a_clock_that_is_set_back_an_hour(role, idle):
    started, seen = NOW - timedelta(hours=3), NOW - timedelta(minutes=idle)
    assert is_alive(role, started, seen, NOW)
    assert not is_alive(role, started, seen, NOW - timedelta(hours=1))


def test_the_clocks_of_two_machines_may_differ_a_little():
    ahead = NOW + timedelta(seconds=30)
    assert is_alive(Role.MANAGER, ahead, ahead, NOW)


def _actor(proven_at: datetime | None) -> Actor:
    return Actor("a", "m", "Name", Role.MANAGER, "o", proven_at=proven_at)


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (10, True), (11, False)])
def test_a_proof_is_fresh_for_ten_minutes(minutes, fresh):
    assert is_fresh(_actor(NOW - timedelta(minutes=minutes)), NOW) is fresh
    assert not is_fresh(_actor(None), NOW)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://tyo.example.org", "https://tyo.example.org"),
        ("https://tyo.example.org:8443/", "https://tyo.example.org:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://tyo.example.org", None),
        ("http://127.0.0.1:8000", None),
        ("http://[::1]:8000", None),
    ],
)
def test_passkeys_are_for_the_configured_address_where_browsers_allow_them(address, origin):
    site = Site.of(address, "Name")
    assert (site.origin if site else None) == origin
