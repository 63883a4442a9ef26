"""The phases of a morning, its timer, its turns and whose name the board shows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jobsearch.attendance.rules import Mark
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.people.models import BoardName
from jobsearch.standup.board import Board, Day, Line, board_of
from jobsearch.standup.rules import (
    MINUTES,
    MORNING,
    ORDER,
    Phase,
    Shown,
    Timer,
    activity_of,
    board_day,
    board_names,
    check_has_come,
    phase_after,
    phase_before,
    phase_of,
    steps_of,
)
from jobsearch.standup.words.rules import Cheer, News
from jobsearch.tracker.rules import Activity, Figures

NINE = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def test_the_morning_takes_thirty_minutes() -> None:
    assert sum(MINUTES[phase] for phase in MORNING) == 30


def test_phases_follow_each_other_and_stay_at_the_ends() -> None:
    assert [phase_after(one) for one in ORDER] == [*ORDER[1:], Phase.WRAP_UP]
    assert [phase_before(one) for one in ORDER] == [Phase.ATTENDANCE, *ORDER[:-1]]


def test_the_list_of_phases_says_when_each_is_and_which_are_done() -> None:
    steps = steps_of(Phase.COACHING, 540)
    assert [step.state for step in steps] == ["done", "done", "now", "ahead", "ahead"]
    assert [step.first_minute for step in steps] == [540, 543, 550, 558, 566]
    assert steps[-1].last_minute == 570
    assert {step.state for step in steps_of(None, 540)} == {"ahead"}
    assert [step.phase for step in steps_of(Phase.WRAP_UP, 540)] == [Phase.WRAP_UP]


def test_the_timer_runs_down_and_over() -> None:
    timer = Timer(Phase.ATTENDANCE, NINE)
    assert timer.seconds_left(NINE) == 180
    assert timer.seconds_left(NINE + timedelta(seconds=210)) == -30


def test_a_timer_that_is_held_goes_on_with_the_time_it_had() -> None:
    held = Timer(Phase.GOALS, NINE, NINE + timedelta(minutes=2))
    later = NINE + timedelta(minutes=10)
    assert held.seconds_left(later) == 360
    assert Timer(Phase.GOALS, held.resumed(later)).seconds_left(later) == 360


def test_a_meeting_is_not_run_before_its_day() -> None:
    check_has_come(date(2026, 11, 24), date(2026, 11, 24))
    with pytest.raises(RuleBroken):
        check_has_come(date(2026, 11, 25), date(2026, 11, 24))


def test_words_of_addresses_that_are_none_are_not_found() -> None:
    assert phase_of("goals") is Phase.GOALS and activity_of("interview") is Activity.INTERVIEW
    for wrong in (phase_of, activity_of):
        with pytest.raises(NotVisible):
            wrong("x")


def test_the_board_shows_each_person_as_she_chose() -> None:
    people = [
        Shown("Aino", "Aalto", "first"),
        Shown("Jari", "Koski", "full"),
        Shown("Mira", "Salo", "totals"),
    ]
    assert board_names(people) == ["Aino", "Jari Koski", None]


def test_two_of_one_first_name_are_told_apart_by_a_letter() -> None:
    people = [Shown("Aino", "Aalto", "first"), Shown("Aino", "Berg", "first")]
    assert board_names(people) == ["Aino A.", "Aino B."]


def test_a_name_that_is_hidden_does_not_give_another_a_letter() -> None:
    people = [Shown("Aino", "Aalto", "first"), Shown("Aino", "Berg", "totals")]
    assert board_names(people) == ["Aino", None]


def test_the_board_opens_on_today_else_the_latest_day_else_the_first() -> None:
    days = [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 26)]
    opened = [board_day(days, date(2026, 11, n)) for n in (20, 23, 24, 25, 26, 30)]
    assert opened == [0, 0, 1, 1, 2, 2]
    with pytest.raises(NotVisible):
        board_day([], date(2026, 11, 24))


def _board(
    *choices: BoardName, turn: str | None = None, news: dict[News, str] | None = None
) -> Board:
    day = Day(
        "c", 1, "G", "", "d", date(2026, 11, 24), 6, 12, 540, "{}", None, "en", None, turn, ()
    )
    lines = [
        Line(
            f"e{n}",
            f"p{n}",
            f"Name{n}",
            "Family",
            choice,
            Mark.PRESENT,
            plan=None,
            learned="",
            next_step="",
            meant_to="",
            asks_help=False,
            news={**(news or {})},
        )
        for n, choice in enumerate(choices)
    ]
    figures = {
        line.enrolment_id: Figures({Activity.INTERVIEW: 1}, {Activity.EMPLOYER_CONTACT: 2})
        for line in lines
    }
    return board_of(day=day, lines=lines, today=figures, yesterday=None, now=NINE)


def test_who_is_only_in_the_totals_has_no_row_and_counts_in_them() -> None:
    board = _board(BoardName.FIRST, *[BoardName.TOTALS] * 3)
    assert [row.name for row in board.rows] == ["Name0"]
    assert (board.hidden, board.present, board.people) == (3, 4, 4)
    assert board.today[1] == (0, 8) and board.today[3] == (4, 0) and board.today[4] == (4, 8)


@pytest.mark.parametrize("hidden", [1, 2])
def test_the_totals_of_the_board_betray_nobody_who_has_no_row(hidden: int) -> None:
    board = _board(BoardName.FIRST, BoardName.FULL, *[BoardName.TOTALS] * hidden)
    assert (board.hidden, len(board.rows)) == (hidden, 2)
    assert board.today[1] == (0, 4) and board.today[3] == (2, 0) and board.today[4] == (2, 4)


def test_good_news_is_cheered_by_name_or_for_the_group_jobs_first() -> None:
    told = {News.INTERVIEW: "on Thursday", News.JOB: ""}
    assert _board(BoardName.FIRST, BoardName.TOTALS, news=told).cheers == (
        Cheer(News.JOB, "Name0", ""),
        Cheer(News.JOB, None, ""),
        Cheer(News.INTERVIEW, "Name0", "on Thursday"),
        Cheer(News.INTERVIEW, None, ""),
    )


def test_nothing_is_cheered_that_nobody_told() -> None:
    assert _board(BoardName.FIRST).cheers == ()


def test_the_arrows_lead_to_the_rows_beside_the_one_that_speaks() -> None:
    three = (BoardName.FIRST,) * 3
    assert [row.keys for row in _board(*three).rows] == ["ArrowDown", "", ""]
    assert [row.keys for row in _board(*three, turn="e1").rows] == ["ArrowUp", "", "ArrowDown"]
    assert [row.keys for row in _board(*three, turn="e2").rows] == ["", "ArrowUp", ""]


def test_before_the_meeting_the_clock_stands_at_the_first_phase() -> None:
    board = _board(BoardName.FIRST)
    assert board.seconds_left == 180 and board.is_paused and board.next_phase is Phase.ATTENDANCE
