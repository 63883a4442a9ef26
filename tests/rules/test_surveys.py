"""Steps of answers: no figure that is ever shown leaves fewer than five by subtraction."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.feedback.rules import (
    FEWEST_SHOWN,
    check_closing,
    check_score,
    mean_of,
    reminded_after,
    steps_of,
)
from jobsearch.feedback.words import mixed_in, words_in

DAY = date(2026, 11, 24)
_CLOSINGS = st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=12)


def _run(closings: list[list[int]]) -> tuple[dict[str, int], list[list[list[str]]]]:
    """Surveys that close day by day: what each answered, and the steps that came each day."""
    answers: dict[str, int] = {}
    waiting: list[str] = []
    days = []
    for day, closed in enumerate(closings):
        for number, count in enumerate(closed):
            key = f"{day}.{number}"
            answers[key] = count
            waiting.append(key)
        steps = steps_of((key, answers[key]) for key in waiting)
        days.append(steps)
        shown = {key for step in steps for key in step}
        waiting = [key for key in waiting if key not in shown]
    return answers, days


@given(_CLOSINGS)
def test_whatever_is_shown_is_a_sum_of_steps_of_five_answers_or_more(closings) -> None:
    answers, days = _run(closings)
    steps = [step for day in days for step in day]
    assert all(sum(answers[key] for key in step) >= FEWEST_SHOWN for step in steps)
    shown = [key for step in steps for key in step]
    assert len(shown) == len(set(shown))


@given(_CLOSINGS)
def test_no_two_totals_of_any_days_differ_by_fewer_than_five_answers(closings) -> None:
    answers, days = _run(closings)
    totals, total = [0], 0
    for steps in days:
        total += sum(answers[key] for step in steps for key in step)
        totals.append(total)
    for earlier, later in combinations(totals, 2):
        assert later == earlier or later - earlier >= FEWEST_SHOWN


@given(_CLOSINGS)
def test_what_is_shown_by_itself_leaves_no_small_rest_in_the_whole(closings) -> None:
    """A group's own figure is a step of one; the rest of the whole is whole steps too."""
    answers, days = _run(closings)
    steps = [step for day in days for step in day]
    alone = {step[0] for step in steps if len(step) == 1}
    assert all(answers[key] >= FEWEST_SHOWN for key in alone)
    rest = sum(answers[key] for step in steps for key in step if key not in alone)
    assert rest == 0 or rest >= FEWEST_SHOWN


@given(_CLOSINGS)
def test_five_answers_never_wait(closings) -> None:
    answers, days = _run(closings)
    shown = {key for day in days for step in day for key in step}
    assert sum(count for key, count in answers.items() if key not in shown) < FEWEST_SHOWN


@given(st.lists(st.text(min_size=1), max_size=20))
def test_mixing_loses_no_words_and_keeps_none_twice(said) -> None:
    sealed = None
    for one in said:
        sealed = mixed_in(sealed, one)
    assert sorted(words_in(sealed)) == sorted(said)


def test_mixing_forgets_the_order() -> None:
    said = [str(number) for number in range(40)]
    sealed = None
    for one in said:
        sealed = mixed_in(sealed, one)
    assert words_in(sealed) != said
    assert mixed_in(None, "") is None


@pytest.mark.parametrize(
    ("days", "after"), [(14, 7), (60, 7), (10, 5), (3, 1), (2, 1), (1, None), (0, None)]
)
def test_the_reminder_goes_after_a_week_or_half_of_a_shorter_time(days, after) -> None:
    assert reminded_after(DAY, DAY + timedelta(days=days)) == after


@pytest.mark.parametrize("day", [None, DAY - timedelta(days=1), DAY + timedelta(days=91)])
def test_a_last_day_is_neither_over_nor_too_far(day) -> None:
    with pytest.raises(RuleBroken):
        check_closing(day, DAY)
    assert check_closing(DAY, DAY) == DAY


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_off_the_scale_is_refused(score) -> None:
    with pytest.raises(RuleBroken):
        check_score(score)


def test_the_mean_of_the_pilots_overall_mark() -> None:
    assert mean_of({3: 3, 4: 6, 5: 3}) == (48, 12)
