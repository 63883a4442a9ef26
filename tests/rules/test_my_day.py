"""Where a working day is by the clock."""

from datetime import time

import pytest

from jobsearch.core.periods import time_of
from jobsearch.core.text import Words
from jobsearch.desk.my_day.rules import Block, DayState, by_the_clock, greeting
from jobsearch.programmes.rules import BlockKind

MEETING = Block(BlockKind.MORNING_MEETING, 540, 30, Words.of("Aamupalaveri"))
WORK = Block(BlockKind.ASSIGNMENT, 585, 150, Words.of("Soita\nKahdelle työnantajalle."))
DEBRIEF = Block(BlockKind.DEBRIEF, 735, 15, Words.of("Purkupalaveri"))
BLOCKS = [MEETING, WORK, DEBRIEF]


@pytest.mark.parametrize(
    ("minute", "state", "now", "then", "left"),
    [
        (539, DayState.AHEAD, None, MEETING, 210),
        (540, DayState.RUNNING, MEETING, WORK, 210),
        (569, DayState.RUNNING, MEETING, WORK, 181),
        (570, DayState.RUNNING, None, WORK, 180),
        (585, DayState.RUNNING, WORK, DEBRIEF, 165),
        (735, DayState.RUNNING, DEBRIEF, None, 15),
        (749, DayState.RUNNING, DEBRIEF, None, 1),
        (750, DayState.OVER, None, None, 0),
        (1439, DayState.OVER, None, None, 0),
    ],
)
def test_the_clock_says_what_is_now_and_what_comes_next(minute, state, now, then, left):
    found = by_the_clock(BLOCKS, 540, 210, minute)
    assert (found.state, found.now, found.then, found.left) == (state, now, then, left)


def test_time_left_is_read_in_hours_and_minutes():
    found = by_the_clock(BLOCKS, 540, 210, 585)
    assert (found.whole_hours, found.odd_minutes) == (2, 45)


def test_a_day_without_blocks_still_has_its_time():
    found = by_the_clock([], 540, 180, 600)
    assert (found.now, found.then, found.left) == (None, None, 120)


def test_the_first_line_of_a_block_is_its_title_and_the_rest_its_task():
    assert WORK.title("fi") == "Soita"
    assert WORK.task("fi") == "Kahdelle työnantajalle."
    assert MEETING.task("fi") == ""


def test_a_minute_of_the_day_is_a_time():
    assert time_of(0) == time(0)
    assert time_of(615) == time(10, 15)
    assert WORK.ends == time(12, 15)


@pytest.mark.parametrize(
    ("hour", "word"),
    [(0, "morning"), (9, "morning"), (10, "Hello"), (16, "Hello"), (17, "evening")],
)
def test_the_greeting_follows_the_hour(hour, word):
    assert word in greeting(hour)
