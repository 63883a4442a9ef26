"""Today as a line of time, and what is missing of it."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from jobsearch.attendance.rules import Mark
from jobsearch.desk.staff.missing.rules import ICONS as SIGNS
from jobsearch.desk.staff.missing.rules import Gap, missing_of, present_of
from jobsearch.desk.staff.programme.rules import (
    LINES,
    Block,
    Hour,
    Meeting,
    Present,
    State,
    Stretch,
    Talk,
    Talks,
    TodaysProgramme,
    UnwrittenTalk,
    by_time,
    entries_of,
    next_day_of,
    state_at,
    talks_of,
)
from jobsearch.desk.staff.words.rules import DayOf, Known, LooseDay
from jobsearch.programmes.rules import BlockKind

TODAY = date(2026, 11, 24)
NINE = 540
KINDS = (
    (BlockKind.MORNING_MEETING, 0, 30),
    (BlockKind.COACHING, 30, 60),
    (BlockKind.SPARRING, 60, 240),
    (BlockKind.DEBRIEF, 240, 270),
)


def _blocks(key, later=0):
    return [
        Block(key, f"Group {key}", "Stig", kind, NINE + later + first, NINE + later + last)
        for kind, first, last in KINDS
    ]


BOTH = [*_blocks("7"), *_blocks("8")]


def _programme(minute, blocks=BOTH, next_day=None):
    return TodaysProgramme(by_time(entries_of(blocks, {}, minute)), next_day)


def test_meetings_stand_one_by_one_and_the_work_between_them_once():
    first, second, work, third, fourth = _programme(NINE).entries
    assert [(one.what, one.at) for one in (first, second)] == [("meeting", time(9, 0))] * 2
    assert isinstance(work, Stretch)
    assert (work.at, work.until) == (time(9, 30), time(13, 0))
    assert list(work.kinds) == [BlockKind.COACHING, BlockKind.SPARRING]
    assert list(work.groups) == ["Group 7", "Group 8"]
    assert [one.group for one in (third, fourth)] == ["Group 7", "Group 8"]


def test_work_at_other_times_stands_by_itself():
    found = _programme(NINE, [*_blocks("7"), *_blocks("8", later=45)]).entries
    assert [one.groups for one in found if isinstance(one, Stretch)] == [["Group 7"], ["Group 8"]]


@pytest.mark.parametrize(
    ("minute", "hour", "now", "then"),
    [
        (NINE - 1, Hour.BEFORE, [], "meeting"),
        (NINE, Hour.DURING, ["meeting", "meeting"], "stretch"),
        (NINE + 30, Hour.DURING, ["stretch"], "meeting"),
        (NINE + 269, Hour.DURING, ["meeting", "meeting"], None),
        (NINE + 270, Hour.AFTER, [], None),
    ],
)
def test_the_day_knows_what_is_now_and_what_comes(minute, hour, now, then):
    programme = _programme(minute)
    assert programme.hour is hour
    assert [entry.what for entry in programme.now] == now
    assert (programme.then.what if programme.then else None) == then


def test_a_day_without_anything_is_empty():
    assert _programme(NINE, []).hour is Hour.EMPTY
    assert _programme(NINE, []).board is None
    assert not _programme(NINE, []).has_work


@pytest.mark.parametrize(
    ("minute", "group", "kind"),
    [
        (NINE - 60, "Group 7", BlockKind.MORNING_MEETING),
        (NINE + 40, "Group 7", BlockKind.DEBRIEF),
        (NINE + 600, "Group 8", BlockKind.DEBRIEF),
    ],
)
def test_the_board_of_now_or_next_is_one_press_away(minute, group, kind):
    board = _programme(minute).board
    assert (board.group, board.kind) == (group, kind)


AINO = Talk("a", "Aino L.", "Group 7", 660, 690)
MIRA = Talk("m", "Mira S.", "Group 7", 690, 720)


@pytest.mark.parametrize(
    ("minute", "state", "coming", "free"),
    [
        (600, State.AHEAD, AINO, 2),
        (660, State.NOW, MIRA, 2),
        (695, State.NOW, None, 2),
        (720, State.NOW, None, 1),  # a time that has begun is free no more
    ],
)
def test_talks_are_one_line_with_the_next_and_what_is_free(minute, state, coming, free):
    found = talks_of([AINO, MIRA], [(720, 750), (750, 780)], minute)
    assert (found.state, found.next, found.free) == (state, coming, free)
    assert (found.starts, found.ends) == (660, 780)


def test_talks_are_done_when_the_last_one_has_ended_and_no_time_is_free():
    found = talks_of([AINO, MIRA], [(720, 750)], 720)
    assert (found.state, found.ends, found.free) == (State.DONE, 720, 0)


def test_without_talks_the_free_times_are_told_and_without_those_nothing():
    assert talks_of([], [(720, 750)], 600) == Talks(720, 750, State.AHEAD, [], None, 1)
    assert talks_of([], [(720, 750)], 730) is None


def test_the_next_talk_is_told_where_nothing_comes_before_it():
    talks = talks_of([AINO, MIRA], [], 670)
    entries = by_time([*entries_of(BOTH, {}, 670), talks])
    assert TodaysProgramme(entries, None).next_talk is MIRA
    late = talks_of([AINO, replace(MIRA, starts=900, ends=930)], [], 670)
    entries = by_time([*entries_of(BOTH, {}, 670), late])
    assert TodaysProgramme(entries, None).next_talk is None


def test_the_next_day_is_told_with_who_works_and_when():
    tomorrow = TODAY + timedelta(days=1)
    days = [(TODAY, NINE, "A"), (tomorrow, 600, "C"), (tomorrow, NINE, "B")]
    found = next_day_of(days, TODAY)
    assert (found.on, found.at, found.groups) == (tomorrow, time(9, 0), ["B", "C"])
    assert next_day_of(days, tomorrow) is None


def _known(name, mark=None, goal=0, on=TODAY):
    day = DayOf("d", on, 270, mark, goal=goal)
    return Known(name, name, "7", "Group 7", name, "X", TODAY, None, True, None, [day])


PIA, OTTO = _known("Pia", Mark.PRESENT, 2), _known("Otto")


def _missing(people=(), loose=(), talks=(), minute=NINE, blocks=BOTH):
    found = missing_of(people, loose, talks, blocks, TODAY, minute)
    return [(one.gap, list(one.names)) for one in found]


def test_who_is_present_is_counted_as_marked():
    away = _known("Eva", Mark.UNSETTLED_ABSENCE)
    before = _known("Kaj", on=TODAY - timedelta(days=1))
    assert present_of([PIA, OTTO, away, before], TODAY) == {"7": Present(1, 2, 3)}


def test_nobody_is_missing_before_the_day_has_begun():
    assert _missing([PIA, OTTO], minute=NINE + 10) == []
    assert _missing([PIA, OTTO], minute=NINE + 11) == [(Gap.UNMARKED_TODAY, ["Otto"])]
    assert _missing([PIA, OTTO], blocks=[], minute=NINE + 90) == []


def test_goals_are_asked_for_once_the_morning_meeting_is_over():
    without = _known("Eva", Mark.PRESENT)
    away = _known("Kaj", Mark.PAID_ABSENCE)
    assert _missing([PIA, without, away], minute=NINE + 29) == []
    assert _missing([PIA, without, away], minute=NINE + 30) == [(Gap.NO_GOAL, ["Eva"])]


def test_who_told_in_advance_that_she_is_away_is_asked_for_no_goals_unless_she_came():
    told = replace(_known("Eva").days[0], has_told=True)
    away = replace(_known("Eva"), days=[told])
    came = replace(_known("Kaj"), days=[replace(told, mark=Mark.PRESENT)])
    found = _missing([away, came], minute=NINE + 30)
    assert (Gap.NO_GOAL, ["Kaj"]) in found


def _loose(name, mark=None, days=1, group="7"):
    day = DayOf(f"d-{name}", TODAY - timedelta(days=days), 270, mark)
    return LooseDay(name, group, f"Group {group}", name, day)


def test_an_unmarked_day_of_a_whole_group_is_one_line_and_of_one_person_her_day():
    found = missing_of([], [_loose("Pia"), _loose("Otto"), _loose("Eva", days=2)], [], [], TODAY, 0)
    assert [(list(one.names), one.day_id) for one in found] == [
        (["Eva"], "d-Eva"),
        (["Pia", "Otto"], ""),
    ]


def test_the_same_day_of_two_groups_is_two_lines():
    assert _missing(loose=[_loose("Pia"), _loose("Bo", group="8")]) == [
        (Gap.HOURS, ["Pia"]),
        (Gap.HOURS, ["Bo"]),
    ]


def test_each_open_absence_and_each_talk_without_a_step_is_a_line():
    talk = UnwrittenTalk("e", "Aino", "Group 7", TODAY - timedelta(days=1), has_note=False)
    absence = Mark.UNSETTLED_ABSENCE
    assert _missing(loose=[_loose("Pia", absence), _loose("Otto", absence)], talks=[talk]) == [
        (Gap.ABSENCE, ["Otto"]),
        (Gap.ABSENCE, ["Pia"]),
        (Gap.STEP, ["Aino"]),
    ]


def test_what_is_missing_today_comes_first_and_then_the_oldest_day_whatever_its_kind():
    talk = UnwrittenTalk("e", "Aino", "Group 7", TODAY - timedelta(days=2), has_note=False)
    loose = [
        _loose("Pia", Mark.UNSETTLED_ABSENCE, days=3),
        *(_loose(f"P{days}", days=days) for days in range(1, 15) if days not in (2, 3)),
    ]
    without = _known("Eva", Mark.PRESENT)
    found = _missing([without], loose=loose, talks=[talk], minute=NINE + 40)
    assert found[0] == (Gap.NO_GOAL, ["Eva"])
    assert found[1] == (Gap.HOURS, ["P14"])
    assert found[-3:] == [(Gap.ABSENCE, ["Pia"]), (Gap.STEP, ["Aino"]), (Gap.HOURS, ["P1"])]


def test_everything_that_can_be_missing_has_a_sign():
    assert set(SIGNS) == set(Gap)
    assert isinstance(_programme(NINE).entries[0], Meeting)


def _hundred(minute):
    return [
        Stretch(at, at + 2, state_at(minute, at, at + 2), (BlockKind.COACHING,), (f"G{at}",))
        for at in range(480, 680, 2)
    ]


@pytest.mark.parametrize(("minute", "first"), [(0, 0), (530, 22), (700, 88)])
def test_of_a_hundred_lines_those_about_now_are_shown(minute, first):
    entries = _hundred(minute)
    assert TodaysProgramme(entries, None).shown == entries[first : first + LINES]
    assert TodaysProgramme(entries[:5], None).shown == entries[:5]
