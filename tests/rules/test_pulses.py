"""What a pulse asks when, and which sums may be shown without telling what one person said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import Words
from jobsearch.feedback.pulses.rules import (
    CONFIDENCE_DAYS,
    FEWEST_SHOWN,
    Ask,
    DayBlock,
    Usefulness,
    begun,
    check_block,
    check_confidence,
    check_seat,
    confidence_day,
    is_change_shown,
    parts_hidden,
    what_to_ask,
)
from jobsearch.programmes.rules import BlockKind

MONDAY = date(2026, 11, 16)
DAYS = [MONDAY + timedelta(days=7 * (n // 4) + n % 4) for n in range(12)]


def _block(key, starts, minutes=30, said=None):
    return DayBlock(key, MONDAY, starts, minutes, BlockKind.COACHING, Words.of(key), said)


@pytest.mark.parametrize(
    ("place", "number"),
    [(0, 1), (1, 1), (4, 1), (5, 6), (6, 6), (10, 6), (11, 12)],
)
def test_confidence_is_asked_on_days_1_6_and_12_and_until_the_next_of_them(place, number):
    assert confidence_day(DAYS, DAYS[place]) == number


def test_between_two_working_days_the_last_one_is_still_asked():
    weekend = DAYS[3] + timedelta(days=2)
    assert confidence_day(DAYS, weekend) == 1


def test_before_the_first_day_and_after_the_last_nothing_is_asked():
    assert confidence_day(DAYS, DAYS[0] - timedelta(days=1)) is None
    assert confidence_day(DAYS, DAYS[-1] + timedelta(days=1)) is None
    assert confidence_day([], MONDAY) is None


def test_the_last_day_is_the_twelfth_also_where_one_was_cancelled():
    assert confidence_day(DAYS[:11], DAYS[10]) == 12
    assert confidence_day(DAYS[:11], DAYS[9]) == 6


@given(st.integers(1, 12), st.integers(0, 40))
def test_the_day_that_is_asked_never_goes_back(count, after):
    days = DAYS[:count]
    numbers = [confidence_day(days, MONDAY + timedelta(days=n)) for n in range(after)]
    said = [number for number in numbers if number is not None]
    assert said == sorted(said)
    assert set(said) <= set(CONFIDENCE_DAYS)


def test_a_block_that_is_ahead_is_not_asked_about():
    assert begun([_block("a", 540), _block("b", 570)], 569) == [_block("a", 540)]
    assert begun([_block("a", 540)], 539) == []


def test_the_latest_block_that_has_ended_without_an_answer_is_asked_first():
    blocks = [_block("a", 540), _block("b", 570), _block("c", 600)]
    assert what_to_ask(blocks, 569, 6, 0) == Ask(day_number=6, left=3)
    assert what_to_ask(blocks, 570, 6, 0) == Ask(block=blocks[0])
    assert what_to_ask(blocks, 629, 6, 0) == Ask(block=blocks[1])
    answered = [blocks[0], _block("b", 570, said=Usefulness.NO), blocks[2]]
    assert what_to_ask(answered, 629, 6, 0) == Ask(block=blocks[0])


def test_confidence_is_asked_until_all_three_items_have_an_answer():
    assert what_to_ask([], 600, 6, 2) == Ask(day_number=6, left=1)
    assert what_to_ask([], 600, 6, 3) is None
    assert what_to_ask([], 600, None, 0) is None


@pytest.mark.parametrize(
    ("on", "minute", "cancelled", "words"),
    [
        (MONDAY, 539, False, "has not begun yet"),
        (MONDAY + timedelta(days=1), 700, False, "has not begun yet"),
        (MONDAY - timedelta(days=1), 700, False, "day is over"),
        (MONDAY, 700, True, "cancelled"),
    ],
)
def test_a_block_is_answered_on_its_own_day_from_its_beginning(on, minute, cancelled, words):
    check_block(MONDAY, 540, False, MONDAY, 540)
    with pytest.raises(RuleBroken, match=words):
        check_block(on, 540, cancelled, MONDAY, minute)


def test_who_has_left_or_whose_group_is_over_answers_no_more():
    check_seat(False, MONDAY, MONDAY)
    with pytest.raises(RuleBroken, match="left"):
        check_seat(True, MONDAY, MONDAY)
    with pytest.raises(RuleBroken, match="over"):
        check_seat(False, MONDAY, MONDAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("number", "asked", "score", "words"),
    [
        (12, 6, 3, "not come yet"),
        (6, None, 3, "not come yet"),
        (5, 6, 3, "not come yet"),
        (1, 6, 3, "closed"),
        (6, 6, 0, "from 1 to 5"),
        (6, 6, 6, "from 1 to 5"),
    ],
)
def test_confidence_of_another_day_is_refused_in_words(number, asked, score, words):
    check_confidence(6, 6, 3)
    with pytest.raises(RuleBroken, match=words):
        check_confidence(number, asked, score)


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9}, {"a", "b"}),
        ({"a": 4, "b": 9, "c": 7}, {"a", "c"}),
        ({"a": 4, "b": 3, "c": 7, "d": 8}, {"a", "b", "c"}),
        ({"a": 0, "b": 9}, {"a"}),
        ({"a": 4, "b": 4}, {"a", "b"}),
        ({}, set()),
    ],
)
def test_a_part_of_few_is_hidden_and_never_alone(people, hidden):
    assert parts_hidden(people) == hidden


@given(st.dictionaries(st.integers(0, 11), st.integers(0, 12), max_size=12))
def test_what_can_be_subtracted_is_always_a_sum_of_five_people_or_none(people):
    hidden = parts_hidden(people)
    assert all(people[part] >= FEWEST_SHOWN for part in set(people) - hidden)
    left_out = [people[part] for part in hidden if people[part]]
    # people of two parts may be the same ones: the largest part alone is sure
    if set(people) - hidden and left_out:
        assert len(left_out) >= 2
        assert max(left_out) >= FEWEST_SHOWN


@pytest.mark.parametrize(
    ("both", "only_once", "shown"),
    [(5, 0, True), (4, 0, False), (5, 1, False), (9, 4, False), (9, 5, True)],
)
def test_a_change_is_shown_where_nobody_else_can_be_told_from_it(both, only_once, shown):
    assert is_change_shown(both, only_once) is shown
