"""Windows of the follow-up, where a question stands, when a message goes, what may be told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.outcomes.answering.rules import ONE_TAP, Step, next_step, steps_of
from jobsearch.outcomes.following.rules import (
    ESF_MONTHS,
    MOST_REMINDERS,
    TRIES,
    WAITS_FOR_COACH,
    Asked,
    AskState,
    Scheme,
    ask_state,
    check_points,
    default_points,
    may_send,
    points_of,
    window_of,
    window_on,
)
from jobsearch.outcomes.rules import (
    Answer,
    Evidence,
    Followed,
    Found,
    Origin,
    OutcomeKind,
    SeenDocument,
    State,
    check_found,
    state_on,
)
from jobsearch.outcomes.told.rules import BY_ANSWER, Asks, Told, asks_of, check_end, check_told

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
POINTS = st.integers(0, 12)
ANSWERS = st.sampled_from(Answer)
END = date(2026, 10, 1)


@given(DAYS, POINTS)
def test_windows_of_one_person_touch_and_never_overlap(ended_on, point) -> None:
    one, next_one = window_of(point, ended_on), window_of(point + 1, ended_on)
    assert one.opens_on <= one.closes_on
    assert one.closes_on + timedelta(days=1) == next_one.opens_on


@given(DAYS, st.integers(-40, 450), st.sets(POINTS, min_size=1))
def test_a_day_lies_in_one_window_at_most(ended_on, after, points) -> None:
    day = ended_on + timedelta(days=after)
    holding = [point for point in points if window_of(point, ended_on).holds(day)]
    found = window_on(sorted(points), ended_on, day)
    assert [found.point] * bool(found) == holding if found else holding == []


@given(DAYS, POINTS, st.integers(0, 40), st.integers(0, 3), st.integers(0, 5), st.booleans())
def test_without_an_answer_a_closed_question_is_unknown(
    ended, point, late, sent, calls, no
) -> None:
    window = window_of(point, ended)
    asked = Asked(window, sent, calls, None, has_declined=no)
    assert ask_state(asked, window.closes_on + timedelta(days=1 + late)) is AskState.UNKNOWN
    assert ask_state(asked, window.opens_on - timedelta(days=1 + late)) is AskState.AHEAD


@given(DAYS, POINTS, ANSWERS, st.integers(-30, 60))
def test_an_answer_is_an_answer_and_not_known_is_not(ended, point, answer, after) -> None:
    asked = Asked(window_of(point, ended), answer=answer)
    state = ask_state(asked, ended + timedelta(days=after))
    expected = AskState.UNKNOWN if answer is Answer.UNKNOWN else AskState.ANSWERED
    assert state is expected


@given(DAYS, POINTS, st.integers(0, 30), st.integers(0, 3), st.integers(0, 5), st.booleans())
def test_an_open_question_waits_for_a_coach_unless_she_declined(e, p, on, sent, calls, no) -> None:
    window = window_of(p, e)
    day = min(window.opens_on + timedelta(days=on), window.closes_on)
    state = ask_state(Asked(window, sent, calls, None, has_declined=no), day)
    assert (state is AskState.DECLINED) is no
    assert no or state in WAITS_FOR_COACH
    assert no or (state is AskState.UNREACHED) is (calls >= TRIES)


@given(DAYS, POINTS)
def test_a_message_and_two_reminders_go_and_no_more(ended_on, point) -> None:
    window = window_of(point, ended_on)
    sent, last, days = 0, None, []
    day = window.opens_on - timedelta(days=3)
    while day <= window.closes_on + timedelta(days=3):
        if may_send(Asked(window, sent), last, day):
            sent, last = sent + 1, day
            days.append((day - window.opens_on).days)
        day += timedelta(days=1)
    assert days == [0, 5, 12]
    assert len(days) == 1 + MOST_REMINDERS


@given(DAYS, POINTS, ANSWERS, st.integers(0, 2))
def test_nothing_goes_to_who_answered_or_does_not_want_it(ended_on, point, answer, sent) -> None:
    window = window_of(point, ended_on)
    for asked in (Asked(window, sent, answer=answer), Asked(window, sent, has_declined=True)):
        assert not may_send(asked, None, window.closes_on)


def test_points_are_the_end_and_each_month_and_six_months_for_esf() -> None:
    assert default_points(3) == (0, 1, 2, 3)
    assert points_of([0, 3], Scheme.USUAL) == (0, 3)
    assert points_of([0, 3], Scheme.ESF_PLUS) == (0, 3, ESF_MONTHS)
    for points in ([], [25], [-1]):
        with pytest.raises(RuleBroken):
            check_points(points)


@given(st.sampled_from(Answer))
def test_only_who_says_so_is_known_not_to_be_in_work(answer) -> None:
    state = state_on(Followed(END, None, answer), END + timedelta(days=1))
    known = answer in (Answer.NOT_IN_WORK, Answer.STUDIES)
    assert state is (State.NOT_IN_WORK if known else State.UNKNOWN)


def test_not_known_can_be_tapped_by_nobody() -> None:
    assert set(ONE_TAP) == set(Answer) - {Answer.UNKNOWN}


@given(st.sampled_from(Answer), st.none() | st.sampled_from(OutcomeKind))
def test_further_questions_end_and_each_can_be_passed_over(answer, kind) -> None:
    passed: list[str] = []
    while (step := next_step(answer, kind, passed)) is not None:
        assert step not in passed
        passed.append(step)
    assert passed == list(steps_of(answer, kind))
    assert bool(passed) == (answer in BY_ANSWER)


def test_hours_are_asked_of_part_time_work_only() -> None:
    part, full = OutcomeKind.FIXED_TERM_PART_TIME, OutcomeKind.PERMANENT_FULL_TIME
    assert Step.HOURS in steps_of(Answer.IN_WORK, part)
    assert Step.HOURS not in steps_of(Answer.IN_WORK, full)
    assert Asks.END in asks_of(part)
    assert asks_of(None) == frozenset()


def _found(**changes) -> Found:
    values = {
        "kind": OutcomeKind.PERMANENT_PART_TIME,
        "began_on": END,
        "ended_on": None,
        "found_through": None,
        "evidence": Evidence.OWN_WORD,
    }
    return Found(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ended_on": END - timedelta(days=1)}, "ended_on"),
        ({"began_on": END + timedelta(days=400)}, "began_on"),
        ({"weekly_minutes": 0}, "weekly_minutes"),
        ({"weekly_minutes": 101 * 60}, "weekly_minutes"),
        ({"fit": 0}, "fit"),
        ({"fit": 6}, "fit"),
        ({"evidence": Evidence.DOCUMENT}, "seen"),
        ({"seen": SeenDocument.PAYSLIP}, "evidence"),
    ],
)
def test_what_cannot_be_so_is_refused_on_its_field(changes, field) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_found(_found(**changes), END)
    assert broken.value.field == field


def test_what_can_be_so_is_taken() -> None:
    check_found(_found(weekly_minutes=20 * 60, fit=5), END)
    check_found(_found(evidence=Evidence.DOCUMENT, seen=SeenDocument.CONTRACT), END)


def test_what_a_person_tells_is_held_to_the_same() -> None:
    check_told(Told(OutcomeKind.FREELANCE, END), END)
    for told in (
        Told(OutcomeKind.FREELANCE, END, fit=9),
        Told(OutcomeKind.FREELANCE, END - timedelta(days=2200)),
    ):
        with pytest.raises(RuleBroken):
            check_told(told, END)
    assert check_end(END, END, END) == END
    for day in (None, END + timedelta(days=1), END - timedelta(days=1)):
        with pytest.raises(RuleBroken):
            check_end(END, day, END)


def test_an_origin_is_read_back_as_it_was_written() -> None:
    for origin in (Origin(lead_id="a"), Origin(action_id="b")):
        assert Origin.of(origin.key) == origin
    assert [Origin.of(text) for text in ("", "lead:", "x:1", "lead")] == [None] * 4
