"""The deeds on the board."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.attendance.queries import get_hours
from jobsearch.attendance.rules import Mark
from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.people.models import BoardName, Person
from jobsearch.standup import queries, service
from jobsearch.standup.models import Meeting
from jobsearch.standup.rules import Phase
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import log_action

pytestmark = pytest.mark.usefixtures("context")


def _key(world):
    return world.a.cohort_ids[0]


def _do(world, as_, deed, *values):
    with as_(world.stig):
        deed(world.stig.actor, _key(world), *values)


def _version(world):
    statement = sa.select(Cohort.board_version).where(Cohort.id == _key(world))
    return queries.get_board_version(db.session.scalar(statement))


def _board(world, as_):
    with as_(world.stig):
        return queries.get_board(world.stig.actor, _key(world))


def test_the_morning_goes_through_its_phases_and_the_same_twice_changes_nothing(
    world, as_, clock
) -> None:
    assert _board(world, as_).phase is None
    _do(world, as_, service.go_to_phase, Phase.ATTENDANCE)
    clock.shift(timedelta(seconds=60))
    _do(world, as_, service.go_to_phase, Phase.ATTENDANCE)
    board = _board(world, as_)
    assert (board.phase, board.seconds_left) == (Phase.ATTENDANCE, 120)
    _do(world, as_, service.go_to_phase, Phase.YESTERDAY)
    assert _board(world, as_).seconds_left == 420


def test_two_who_begin_the_meeting_at_once_begin_one(world, as_, app) -> None:
    together, outcomes = threading.Barrier(2), []

    def begin() -> None:
        with app.app_context():
            together.wait()
            try:
                _do(world, as_, service.go_to_phase, Phase.ATTENDANCE)
                outcomes.append("done")
            except Conflict:
                outcomes.append("conflict")

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == ["done", "done"]
    with as_(world.stig):
        assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 1


def test_a_held_timer_stands_still_for_everyone(world, as_, clock) -> None:
    with pytest.raises(RuleBroken):
        _do(world, as_, service.hold_timer, True)
    _do(world, as_, service.go_to_phase, Phase.GOALS)
    _do(world, as_, service.hold_timer, True)
    clock.shift(timedelta(minutes=5))
    assert (_board(world, as_).is_paused, _board(world, as_).seconds_left) == (True, 480)
    _do(world, as_, service.hold_timer, False)
    clock.shift(timedelta(minutes=1))
    assert _board(world, as_).seconds_left == 420


def test_the_turn_goes_to_who_is_in_the_group_alone(world, as_) -> None:
    _do(world, as_, service.give_turn, world.a.enrolment_ids["pia"])
    assert [row.is_turn for row in _board(world, as_).rows] == [True]
    with pytest.raises(NotVisible):
        _do(world, as_, service.give_turn, world.a.enrolment_ids["otto"])


def test_present_and_away_are_one_click_and_no_reason_is_asked(world, as_) -> None:
    pia = world.a.enrolment_ids["pia"]
    _do(world, as_, service.mark_person, pia, True)
    assert _board(world, as_).rows[0].is_present
    _do(world, as_, service.mark_person, pia, False)
    board = _board(world, as_)
    assert board.rows[0].is_away and board.present == 0
    with as_(world.stig):
        days = get_hours(pia).line.days
        assert days[5].mark is Mark.UNSETTLED_ABSENCE


def test_goals_are_set_for_search_and_counted_with_what_is_done(world, as_) -> None:
    pia = world.a.enrolment_ids["pia"]
    _do(world, as_, service.set_board_goal, pia, Activity.EMPLOYER_CONTACT, 3)
    _do(world, as_, service.set_board_goal, pia, Activity.EMPLOYER_CONTACT, 2)
    with as_(world.pia):
        log_action(world.pia.actor, Activity.EMPLOYER_CONTACT)
    cell = _board(world, as_).rows[0].cells[1]
    assert (cell.done, cell.goal) == (1, 2)
    with pytest.raises(RuleBroken):
        _do(world, as_, service.set_board_goal, pia, Activity.INTERVIEW, 1)
    with pytest.raises(RuleBroken):
        _do(world, as_, service.set_board_goal, pia, Activity.EMPLOYER_CONTACT, 51)
    with pytest.raises(NotVisible):
        _do(
            world,
            as_,
            service.set_board_goal,
            world.a.enrolment_ids["otto"],
            Activity.EMPLOYER_CONTACT,
            1,
        )


def test_a_result_told_in_the_wrap_up_is_logged_or_taken_back_by_steps(world, as_) -> None:
    pia, kind = world.a.enrolment_ids["pia"], Activity.EMPLOYER_CONTACT
    for count in (1, 1, 2):
        _do(world, as_, service.set_board_result, pia, kind, count)
    assert _board(world, as_).rows[0].cells[1].done == 2
    _do(world, as_, service.set_board_result, pia, kind, 1)
    assert _board(world, as_).rows[0].cells[1].done == 1
    with pytest.raises(RuleBroken):
        _do(world, as_, service.set_board_result, pia, kind, 5)


@pytest.mark.parametrize(
    "deed",
    [
        lambda _w: (service.go_to_phase, Phase.GOALS),
        lambda w: (service.give_turn, w.a.enrolment_ids["pia"]),
        lambda w: (service.mark_person, w.a.enrolment_ids["pia"], True),
        lambda w: (
            service.set_board_goal,
            w.a.enrolment_ids["pia"],
            Activity.EMPLOYER_CONTACT,
            2,
        ),
        lambda w: (
            service.set_board_result,
            w.a.enrolment_ids["pia"],
            Activity.EMPLOYER_CONTACT,
            1,
        ),
    ],
)
def test_every_deed_moves_the_version_that_others_ask_for(world, as_, deed) -> None:
    with as_(world.stig):
        before = _version(world)
    _do(world, as_, *deed(world))
    with as_(world.stig):
        assert _version(world) != before


def test_a_choice_of_name_is_on_the_board_at_once(world, as_) -> None:
    with as_(world.stig):
        before = _version(world)
    with as_(world.aino):
        db.session.get(Person, world.pia.person_id).board_name = BoardName.TOTALS
    board = _board(world, as_)
    assert board.rows == () and board.hidden == 1
    with as_(world.stig):
        assert _version(world) != before


def test_the_version_is_another_tomorrow(clock, app) -> None:
    before = queries.version_text(1)
    assert queries.version_text(1) == before
    clock.shift(timedelta(days=1))
    assert queries.version_text(1) != before


def test_a_board_of_another_provider_is_not_there(world, as_) -> None:
    with as_(world.sam):
        with pytest.raises(NotVisible):
            queries.get_board_day(_key(world))
        with pytest.raises(NotVisible):
            queries.get_board(world.stig.actor, _key(world))
        with pytest.raises(NotVisible):
            service.go_to_phase(world.sam.actor, _key(world), Phase.GOALS)


def test_a_group_that_has_not_started_shows_its_first_day_and_is_not_run(world, as_, clock) -> None:
    clock.move_to("2026-11-10T10:00:00+02:00")
    board = _board(world, as_)
    assert (board.day.number, board.day.on.day) == (1, 16)
    with pytest.raises(RuleBroken):
        _do(world, as_, service.go_to_phase, Phase.ATTENDANCE)


def test_after_the_last_day_the_board_stays_on_it(world, as_, clock) -> None:
    clock.move_to("2026-12-10T10:00:00+02:00")
    assert _board(world, as_).day.number == 12
