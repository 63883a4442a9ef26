"""A group's timetable on paper, read back."""

from datetime import date

from jobsearch.cohorts.pdf import timetable_paper
from jobsearch.cohorts.service import cancel_day, move_day
from tests.papers import fonts, pages, unmarked, words


def _paper(world, as_, language="en"):
    with as_(world.stig):
        return timetable_paper(world.a.cohort_ids[0], language)


def test_a_timetable_is_one_page_with_every_day_its_hours_and_its_blocks(
    world, as_, context
) -> None:
    content, name = _paper(world, as_)
    [only] = pages(content)
    assert name == "Timetable, Group 7.pdf"
    assert "Page 1 / 1" in only
    for number in range(1, 13):
        assert f"Day {number} · " in only
    assert "48 h" in only
    assert "https://meet.example.org/group" in only
    assert unmarked(content) == 0
    assert all(fonts(content).values())


def test_moved_and_cancelled_days_stand_where_they_are_now(world, as_, context) -> None:
    days = world.a.day_ids[world.a.cohort_ids[0]]
    with as_(world.aino):
        move_day(world.aino.actor, days[8], date(2026, 12, 4))
        cancel_day(days[9])
    text = words(_paper(world, as_)[0])
    assert "Fri 4 Dec" in text
    assert "Day 10 · Cancelled" in text


def test_a_timetable_speaks_the_readers_language(world, as_, context) -> None:
    assert "viikko 47" in words(_paper(world, as_, "fi")[0]).lower()
