"""Rules of trials: who gets which wording, what is settled, and the difference of two shares."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.ratios import Difference95
from jobsearch.recruitment.sessions.trials.rules import (
    BLOCK,
    SETTLED_AFTER,
    Case,
    TrialState,
    Wording,
    check_step,
    check_texts,
    draw,
    is_settled,
    result_of,
)

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FIRST, SECOND = Wording


def case(wording: Wording = FIRST, days: int = 5, **known: bool) -> Case:
    said = {"came": False, "stayed_away": False, "is_booked": False, "has_left": False, **known}
    return Case(wording, NOW - timedelta(days=days), **said)


@pytest.mark.parametrize(("now", "to"), [*product(TrialState, TrialState)])
def test_every_pair_of_trial_states(now: TrialState, to: TrialState) -> None:
    if (now, to) == (TrialState.RUNNING, TrialState.CLOSED):
        check_step(now, to)
    else:
        with pytest.raises(RuleBroken):
            check_step(now, to)


@given(st.lists(st.integers(0, 2**32 - 1), max_size=41))
def test_wordings_stay_even_however_chance_falls(chances: list[int]) -> None:
    given_so_far: list[Wording] = []
    for chance in chances:
        given_so_far.append(draw(given_so_far, chance))
        gap = abs(given_so_far.count(FIRST) - given_so_far.count(SECOND))
        assert gap <= BLOCK // 2
        if len(given_so_far) % BLOCK == 0:
            assert gap == 0


def test_the_first_of_a_block_can_be_either() -> None:
    assert {draw([], chance) for chance in range(4)} == {FIRST, SECOND}
    assert draw([FIRST, FIRST], 0) is SECOND


@pytest.mark.parametrize(
    ("one", "settled"),
    [
        (case(came=True), True),
        (case(stayed_away=True), True),
        (case(has_left=True), True),
        (case(stayed_away=True, is_booked=True), False),
        (case(is_booked=True, days=60), False),
        (case(days=SETTLED_AFTER.days - 1), False),
        (case(days=SETTLED_AFTER.days), True),
    ],
)
def test_a_case_is_settled_when_it_is_known_or_silent_for_a_month(one: Case, settled) -> None:
    assert is_settled(one, NOW) is settled


def test_the_result_counts_who_came_of_who_is_settled_and_says_who_is_open() -> None:
    cases = [
        *(case(FIRST, came=True) for _each in range(3)),
        *(case(FIRST, stayed_away=True) for _each in range(5)),
        *(case(SECOND, came=True) for _each in range(6)),
        case(SECOND, stayed_away=True),
        case(SECOND, is_booked=True),
    ]
    result = result_of(cases, NOW)
    assert (result.first.rate.ratio.numerator, result.first.rate.ratio.denominator) == (3, 8)
    assert (result.second.rate.ratio.numerator, result.second.rate.ratio.denominator) == (6, 7)
    assert (result.first.still_open, result.second.still_open) == (0, 1)
    assert result.difference is not None


def test_the_same_text_twice_tries_nothing() -> None:
    with pytest.raises(RuleBroken, match="the same"):
        check_texts("Hello  {link}", "Hello {link} ")


def test_the_difference_agrees_with_the_published_example() -> None:
    # Newcombe 1998, table II, (a): 56/70 against 48/80 has the interval 0.0524 to 0.3339
    found = Difference95.of((56, 70), (48, 80))
    assert found is not None
    assert found.value == "0.200"
    assert found.low in ("0.052", "0.053")
    assert found.high in ("0.334", "0.333")
    assert not found.may_be_chance


def test_the_difference_of_nobody_is_nothing_and_of_few_may_be_chance() -> None:
    assert Difference95.of((0, 0), (3, 4)) is None
    few = Difference95.of((2, 4), (3, 4))
    assert few is not None and few.may_be_chance


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_the_interval_of_a_difference_holds_it_and_stays_within_one(a, n, b, m) -> None:
    found = Difference95.of((min(a, n), n), (min(b, m), m))
    assert found is not None
    low, value, high = (float(end) for end in (found.low, found.value, found.high))
    assert -1.001 <= low <= value + 0.001
    assert value - 0.001 <= high <= 1.001
