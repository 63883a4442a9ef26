"""Checking in, telling in advance, saying that a week is complete, and opening a locked week."""

import threading

import pytest

from jobsearch.attendance.models import Attendance, AttendanceState
from jobsearch.attendance.rules import Mark
from jobsearch.attendance.service import approve_week, mark
from jobsearch.attendance.weeks.models import AbsenceNotice, WeekUnlock, WeekWord
from jobsearch.attendance.weeks.service import check_in, unlock_week
from jobsearch.cohorts.service import cancel_day
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.scope import Scope, whole_installation
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context")


def _cohort(world):
    return world.a.cohort_ids[0]


def _pia(world):
    return world.a.enrolment_ids["pia"]


def _days(world):
    return world.a.day_ids[_cohort(world)]


def _rows(model, **which):
    with unit_of_work(whole_installation("test")):
        return db.session.query(model).filter_by(**which).all()


def _of_day(world, number):
    return _rows(Attendance, enrolment_id=_pia(world), cohort_day_id=_days(world)[number])


def test_one_tap_marks_the_day_with_its_time_and_a_second_changes_nothing(sign_in, world) -> None:
    client = sign_in(world.pia)
    assert "I am here" in client.get("/today").text
    assert client.send("/my-hours/check-in").status_code == 303
    (row,) = _of_day(world, 5)
    assert (row.mark, row.paid_minutes, row.checked_in_at) == (Mark.PRESENT, 270, NOW)
    assert client.send("/my-hours/check-in").status_code == 303
    assert len(_of_day(world, 5)) == 1
    page = client.get("/today").text
    assert "I am here" not in page
    assert "You are marked present today" in page


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(8, 44, "15 minutes before"), (12, 0, "is over")],
    ids=["early", "late"],
)
def test_nobody_checks_in_outside_the_day(world, as_, clock, hour, minute, words) -> None:
    clock.move_to(NOW.replace(hour=hour - 2, minute=minute))
    with as_(world.pia), pytest.raises(RuleBroken, match=words):
        check_in(world.pia.actor)
    assert _of_day(world, 5) == []


def test_nobody_checks_in_against_the_coachs_mark(sign_in, world, as_) -> None:
    with as_(world.stig):
        mark(world.stig.actor, _pia(world), _days(world)[5], Mark.UNPAID_ABSENCE)
    answer = sign_in(world.pia).send("/my-hours/check-in")
    assert (answer.status_code, "marked you away" in answer.text) == (422, True)
    assert _of_day(world, 5)[0].mark is Mark.UNPAID_ABSENCE


def test_a_coach_who_marks_at_the_same_moment_is_not_overruled(world, as_, monkeypatch) -> None:
    def coach_was_first(cohort_id):
        monkeypatch.undo()
        mark(world.stig.actor, _pia(world), _days(world)[5], Mark.UNSETTLED_ABSENCE)

    monkeypatch.setattr("jobsearch.attendance.weeks.service.touch_board", coach_was_first)
    with as_(world.pia), pytest.raises(RuleBroken, match="marked you away"):
        check_in(world.pia.actor)


def test_a_day_that_is_cancelled_has_no_check_in(world, as_, clock) -> None:
    clock.move_to(NOW.replace(hour=6, minute=50))
    with as_(world.aino):
        cancel_day(_days(world)[5])
    with as_(world.pia), pytest.raises(RuleBroken, match="no working day today"):
        check_in(world.pia.actor)


def test_a_word_in_advance_reaches_the_coach_without_a_reason_and_is_taken_back(
    sign_in, world
) -> None:
    client, day = sign_in(world.pia), _days(world)[6]
    page = client.get("/my-hours").text
    assert "You need not tell why" in page
    assert client.send("/my-hours/notices", day=day, what="30").status_code == 303
    assert client.send("/my-hours/notices", day=day, what="away").status_code == 303
    open_ones = [row for row in _rows(AbsenceNotice) if row.taken_back_at is None]
    assert [(row.cohort_day_id, row.late_minutes) for row in open_ones] == [(day, None)]
    hours = sign_in(world.stig).get(f"/hours?cohort={_cohort(world)}").text
    assert "Told in advance" in hours
    assert "Cannot come" in hours
    sign_in(world.pia).send(f"/my-hours/notices/{open_ones[0].id}/take-back")
    assert all(row.taken_back_at for row in _rows(AbsenceNotice))
    assert "Told in advance" not in sign_in(world.stig).get(f"/hours?cohort={_cohort(world)}").text


@pytest.mark.parametrize("number", [0, None], ids=["a day that is over", "another's day"])
def test_a_word_about_no_day_of_hers_is_refused_on_the_field(sign_in, world, number) -> None:
    day = _days(world)[0] if number == 0 else world.a.day_ids[world.a.cohort_ids[1]][9]
    answer = sign_in(world.pia).send("/my-hours/notices", day=day, what="away")
    assert answer.status_code == 422
    assert _rows(AbsenceNotice) == []


def test_otto_takes_no_word_of_pias_back(sign_in, world) -> None:
    sign_in(world.pia).send("/my-hours/notices", day=_days(world)[6], what="away")
    (notice,) = _rows(AbsenceNotice)
    assert sign_in(world.otto).send(f"/my-hours/notices/{notice.id}/take-back").status_code == 404
    assert _rows(AbsenceNotice)[0].taken_back_at is None


def test_a_participant_says_that_her_week_is_complete_and_takes_it_back(sign_in, world) -> None:
    client, base = sign_in(world.pia), f"/my-hours/{_pia(world)}/weeks/1"
    assert "My week is complete" in client.get("/my-hours").text
    assert client.send(f"{base}/complete").status_code == 303
    assert client.send(f"{base}/complete").status_code == 303
    assert len(_rows(WeekWord)) == 1
    hours = sign_in(world.aino).get(f"/hours?cohort={_cohort(world)}").text
    assert "complete by 1 of" in hours
    client = sign_in(world.pia)
    assert client.send(f"{base}/not-complete").status_code == 303
    assert _rows(WeekWord) == []


def test_a_week_under_way_is_not_complete_and_anothers_is_not_hers(sign_in, world) -> None:
    client = sign_in(world.pia)
    assert client.send(f"/my-hours/{_pia(world)}/weeks/2/complete").status_code == 422
    otto = world.a.enrolment_ids["otto"]
    assert client.send(f"/my-hours/{otto}/weeks/1/complete").status_code == 404
    assert _rows(WeekWord) == []


def test_a_locked_week_is_opened_by_name_and_reason_and_said_anew(sign_in, world, as_) -> None:
    sign_in(world.pia).send(f"/my-hours/{_pia(world)}/weeks/1/complete")
    with as_(world.aino):
        approve_week(world.aino.actor, _cohort(world), 1)
    assert (
        sign_in(world.pia).send(f"/my-hours/{_pia(world)}/weeks/1/not-complete").status_code == 422
    )
    url = f"/hours/{_cohort(world)}/weeks/1/unlock"
    client = sign_in(world.aino)
    assert client.get(url).status_code == 200
    assert client.send(url, reason="").status_code == 422
    assert client.send(url, reason="Thursday was marked wrong").status_code == 303
    (unlock,) = _rows(WeekUnlock)
    assert (unlock.unlocked_by_id, unlock.week) == (world.aino.account_id, 1)
    assert {row.state for row in _of_day(world, 0)} == {AttendanceState.MARKED}
    assert _rows(WeekWord) == []
    assert "Thursday was marked wrong" in client.get(url).text
    assert client.send(url, reason="again").status_code == 422


def test_only_the_manager_opens_a_locked_week(sign_in, world) -> None:
    url = f"/hours/{_cohort(world)}/weeks/1/unlock"
    for who in (world.stig, world.paula, world.pia):
        assert sign_in(who).send(url, reason="x").status_code == 403
    assert sign_in(world.sam).send(url, reason="x").status_code == 404


def test_a_mark_and_an_approval_at_once_leave_no_unapproved_change_in_a_locked_week(
    app, world
) -> None:
    """The coach corrects while the manager approves: one of the two comes first, whole."""
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    for number in range(6):
        gate, said = threading.Barrier(2), []

        def run(deed, actor, said=said, gate=gate):
            with app.app_context():
                gate.wait()
                try:
                    with unit_of_work(scope, actor):
                        deed()
                    said.append("done")
                except (RuleBroken, Conflict):
                    said.append("refused")

        to = Mark.PAID_ABSENCE if number % 2 else Mark.PRESENT
        deeds = (
            (lambda to=to: mark(world.stig.actor, _pia(world), _days(world)[1], to), world.stig),
            (lambda: approve_week(world.aino.actor, _cohort(world), 1), world.aino),
        )
        threads = [threading.Thread(target=run, args=(deed, who.actor)) for deed, who in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert "done" in said
        assert {row.state for day in range(4) for row in _of_day(world, day)} == {
            AttendanceState.APPROVED
        }
        with app.app_context(), unit_of_work(scope, world.aino.actor):
            unlock_week(world.aino.actor, _cohort(world), 1, "again")


def test_own_hours_cost_the_same_number_of_statements_for_one_group_and_three(
    sign_in, world, statements, as_
) -> None:
    client = sign_in(world.pia)
    del statements[:]
    client.get("/my-hours")
    assert len(statements) <= 4
