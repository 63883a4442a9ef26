"""Info sessions: planned, booked, moved, cancelled, reminded of and marked."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.links.models import PersonalLink
from jobsearch.notices.models import Message, MessageState
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import CallWhy, ExitReason, SessionForm, Stage
from jobsearch.recruitment.sessions import queries, service
from jobsearch.recruitment.sessions.attendance.service import mark_attendance, undo_marking
from jobsearch.recruitment.sessions.models import Booking
from jobsearch.recruitment.sessions.reminders.jobs import remind
from jobsearch.recruitment.sessions.rules import BookedBy, BookingState, Mode, SessionState
from tests.selecting import PLAN, THURSDAY, make_candidate, make_session
from tests.world import make_programme

pytestmark = pytest.mark.usefixtures("context")
CAME, AWAY, BOOKED = BookingState.CAME, BookingState.DID_NOT_COME, BookingState.BOOKED


def messages(kind: str = "") -> list[Message]:
    """What is in the outbox, oldest first."""
    with unit_of_work(whole_installation("test"), read_only=True):
        found = db.session.scalars(select(Message).order_by(Message.created_at, Message.id))
        return [one for one in found if kind in one.kind]


def test_a_series_keeps_its_weekday_and_its_hour_and_leaves_holidays_out(world, as_) -> None:
    plan = replace(PLAN, on=date(2026, 11, 25), at=time(9, 30))
    with as_(world.stig):
        made = service.plan_sessions(
            world.stig.actor, world.a.programme_id, plan, count=8, every_weeks=1
        )
        days = [session.starts_at for session in made]
    # 6.1.2027 is Epiphany, a Wednesday
    assert [day.date().isoformat() for day in days] == [
        "2026-11-25",
        "2026-12-02",
        "2026-12-09",
        "2026-12-16",
        "2026-12-23",
        "2026-12-30",
        "2027-01-13",
    ]
    assert {day.astimezone(UTC).time() for day in days} == {time(7, 30)}


def test_nine_o_clock_stays_nine_when_the_clocks_change(world, as_) -> None:
    plan = replace(PLAN, on=date(2027, 3, 25))
    with as_(world.stig):
        made = service.plan_sessions(
            world.stig.actor, world.a.programme_id, plan, count=2, every_weeks=1
        )
        hours = [session.starts_at.hour for session in made]
    assert hours == [7, 6]


def test_another_providers_coach_cannot_receive_people(world, as_) -> None:
    with as_(world.stig), pytest.raises(RuleBroken, match="your coaches"):
        make_session(world, host_id=world.cora.account_id)


def test_inviting_sends_a_link_and_moves_the_candidate_on(world, as_) -> None:
    with as_(world.stig):
        first, second = make_candidate(world, "Anna", Stage.REFERRED), make_candidate(world, "Bea")
        keys = [first.id, second.id]
        assert service.invite(world.stig.actor, world.a.programme_id, [*keys, "x" * 20]) == 2
    with as_(world.stig):
        stages = {db.session.get(Candidate, key).stage for key in keys}
        assert stages == {Stage.INVITED}
        ours = select(PersonalLink).where(PersonalLink.purpose == "recruitment.booking")
        links = list(db.session.scalars(ours))
        assert {link.subject_id for link in links} == set(keys)
    sent = messages("invitation")
    assert len(sent) == 2
    assert "Stig from Provider A" in sent[0].body
    assert "/book/" in sent[0].body


def test_a_booking_is_confirmed_with_day_time_place_and_the_coachs_name(world, as_) -> None:
    with as_(world.stig):
        session, candidate = make_session(world), make_candidate(world, "Anna")
        service.book(candidate.id, session.id, BookedBy.CANDIDATE)
        assert candidate.stage is Stage.INVITED
        assert candidate.session_on == THURSDAY
        assert candidate.session_form is SessionForm.GROUP
    (sent,) = messages("booked")
    for words in ("Anna", "26 November 2026", "9:00", "Library, room 2", "Stig", "/book/"):
        assert words in sent.body
    assert "Ahola" not in sent.body


def test_booking_the_same_session_again_changes_nothing(world, as_) -> None:
    with as_(world.stig):
        session, candidate = make_session(world), make_candidate(world, "Anna")
        first = service.book(candidate.id, session.id, BookedBy.CANDIDATE)
        assert service.book(candidate.id, session.id, BookedBy.CANDIDATE) is first
        assert queries.as_found(session).taken == 1
    assert len(messages("booked")) == 1


def test_moving_keeps_the_booking_and_frees_the_old_place(world, as_) -> None:
    with as_(world.stig):
        old = make_session(world, capacity=1)
        new = make_session(world, on=date(2026, 12, 3), form=SessionForm.ONE_TO_ONE, capacity=1)
        candidate = make_candidate(world, "Anna")
        booking = service.book(candidate.id, old.id, BookedBy.CANDIDATE)
        moved = service.book(candidate.id, new.id, BookedBy.CANDIDATE)
        assert moved.id == booking.id
        assert (moved.sequence, moved.times_moved) == (1, 1)
        assert queries.as_found(old).free == 1
        assert queries.as_found(new).free == 0
        assert candidate.session_form is SessionForm.ONE_TO_ONE


def test_a_cancelled_booking_can_be_followed_by_a_new_one(world, as_) -> None:
    with as_(world.stig):
        session, candidate = make_session(world), make_candidate(world, "Anna")
        first = service.book(candidate.id, session.id, BookedBy.CANDIDATE)
        service.give_up(candidate.id)
        assert first.state is BookingState.CANCELLED
        with pytest.raises(RuleBroken, match="no booking any more"):
            service.give_up(candidate.id)
        again = service.book(candidate.id, session.id, BookedBy.CANDIDATE)
        assert again.id != first.id


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("full", "is full"),
        ("closed", "no more bookings"),
        ("cancelled", "was cancelled"),
        ("begun", "has begun already"),
        ("left", "not on our list"),
        ("attended", "have been to an info session"),
        ("selected", "selected already"),
    ],
)
def test_each_reason_why_a_place_cannot_be_booked_has_its_own_sentence(
    world, as_, clock, change, sentence
) -> None:
    with as_(world.stig):
        session, candidate = make_session(world, capacity=1), make_candidate(world, "Anna")
        if change == "full":
            service.book(make_candidate(world, "Bea").id, session.id, BookedBy.STAFF)
        elif change == "closed":
            service.close_bookings(session.id, session.version)
        elif change == "cancelled":
            service.cancel_session(session.id, session.version)
        elif change == "left":
            candidate.exit_reason = ExitReason.FOUND_WORK
        elif change in ("attended", "selected"):
            candidate.stage = Stage(change)
        elif change == "begun":
            clock.move_to(session.starts_at)
        with pytest.raises(RuleBroken, match=sentence):
            service.book(candidate.id, session.id, BookedBy.CANDIDATE)


def test_nobody_books_a_session_of_another_programme_or_provider(world, as_) -> None:
    with as_(world.stig):
        session, candidate = make_session(world), make_candidate(world, "Anna")
        keys = candidate.id, session.id
    with as_(world.sam), pytest.raises(NotVisible):
        service.book(*keys, BookedBy.STAFF)
    with as_(world.stig):
        other, _template = make_programme(world.a.organisation_id, "C")
        (elsewhere,) = service.plan_sessions(world.stig.actor, other.id, PLAN)
    with as_(world.stig), pytest.raises(NotVisible):
        service.book(candidate.id, elsewhere.id, BookedBy.CANDIDATE)


def test_a_change_of_time_is_told_once_and_reminds_anew(world, as_) -> None:
    with as_(world.stig):
        session, candidate = make_session(world), make_candidate(world, "Anna")
        service.book(candidate.id, session.id, BookedBy.CANDIDATE)
    with as_(world.stig):
        session = queries.get_session(session.id)
        plan = replace(PLAN, at=time(13), host_id=world.stig.account_id)
        service.change_session(world.stig.actor, session.id, session.version, plan)
        with pytest.raises(Conflict):
            service.change_session(world.stig.actor, session.id, session.version - 1, plan)
    (told,) = messages("session_changed")
    assert "13:00" in told.body
    with as_(world.stig):
        session = queries.get_session(session.id)
        service.change_session(
            world.stig.actor, session.id, session.version, replace(plan, capacity=4)
        )
    assert len(messages("session_changed")) == 1


def test_a_session_keeps_the_places_that_are_booked(world, as_) -> None:
    with as_(world.stig):
        session = make_session(world)
        for name in ("Anna", "Bea"):
            service.book(make_candidate(world, name).id, session.id, BookedBy.STAFF)
        with pytest.raises(RuleBroken, match="2 places are booked"):
            service.change_session(
                world.stig.actor, session.id, session.version, replace(PLAN, capacity=1)
            )


def test_cancelling_a_session_tells_everyone_and_opens_the_way_to_another(world, as_) -> None:
    with as_(world.stig):
        session, other = make_session(world), make_session(world, on=date(2026, 12, 3))
        candidate = make_candidate(world, "Anna")
        service.book(candidate.id, session.id, BookedBy.CANDIDATE)
        assert service.cancel_session(session.id, session.version) == 1
        assert service.book(candidate.id, other.id, BookedBy.CANDIDATE)
    (told,) = messages("session_cancelled")
    assert "/book/" in told.body
    # the confirmation of the old place, if it had not gone yet, goes no more
    waiting = [one for one in messages("booked") if one.expires_at and one.expires_at > NOW_UTC]
    assert len(waiting) == 1


NOW_UTC = datetime(2026, 11, 24, 8, tzinfo=UTC)


# Reminders -------------------------------------------------------------------------------------


def _booked(world, as_, clock, *, days: int = 7, **changes: object) -> tuple[str, str]:
    on = (NOW_UTC + timedelta(days=days)).date()
    with as_(world.stig):
        session, candidate = make_session(world, on=on, **changes), make_candidate(world, "Anna")
        service.book(candidate.id, session.id, BookedBy.CANDIDATE)
        return session.id, candidate.id


def test_reminders_come_two_days_before_and_in_the_morning_each_once(world, as_, clock) -> None:
    _booked(world, as_, clock)  # Tuesday 1.12. at 9.00
    seen = []
    for hour in range(7 * 24 + 2):
        clock.move_to(NOW_UTC + timedelta(hours=hour))
        remind()
        seen.append(len(messages("reminder")))
        assert len(messages("reminder")) <= 2
    times = [one.created_at for one in messages("reminder")]
    assert [at.isoformat() for at in times] == [
        "2026-11-29T08:00:00+00:00",
        "2026-12-01T06:00:00+00:00",
    ]
    two_days, morning = messages("reminder")
    for words in ("Anna", "Stig", "1 December 2026", "9:00"):
        assert words in two_days.body
    assert "today at 9:00" in morning.body


def test_a_reminder_that_is_written_already_makes_no_further_link(world, as_, clock) -> None:
    _booked(world, as_, clock, days=2)
    clock.move_to(NOW_UTC + timedelta(days=1, hours=22))
    remind()
    with unit_of_work(whole_installation("test"), read_only=True):
        before = len(list(db.session.scalars(select(PersonalLink))))
    remind()
    with unit_of_work(whole_installation("test"), read_only=True):
        assert len(list(db.session.scalars(select(PersonalLink)))) == before


@pytest.mark.parametrize("end", ["given up", "called off", "moved"])
def test_a_place_that_is_gone_is_not_reminded_of(world, as_, clock, end) -> None:
    session_id, candidate_id = _booked(world, as_, clock, days=3)
    with as_(world.stig):
        session = queries.get_session(session_id)
        if end == "given up":
            service.give_up(candidate_id)
        elif end == "called off":
            service.cancel_session(session_id, session.version)
        else:
            other = make_session(world, on=date(2026, 12, 30))
            service.book(candidate_id, other.id, BookedBy.CANDIDATE)
    for hour in range(4 * 24):
        clock.move_to(NOW_UTC + timedelta(hours=hour))
        remind()
    assert messages("reminder") == []


def test_a_reminder_that_waits_in_the_outbox_is_dropped_when_the_place_goes(
    world, as_, clock
) -> None:
    session_id, _candidate = _booked(world, as_, clock, days=3)
    clock.move_to(NOW_UTC + timedelta(days=1, minutes=1))
    remind()
    with as_(world.stig):
        session = queries.get_session(session_id)
        service.cancel_session(session_id, session.version)
    (reminder,) = messages("reminder")
    assert reminder.state is MessageState.WAITING
    assert reminder.expires_at <= NOW_UTC + timedelta(days=1, minutes=1)


def test_a_reminder_whose_time_is_over_is_not_written_late(world, as_, clock) -> None:
    _booked(world, as_, clock, days=7)
    clock.move_to(NOW_UTC + timedelta(days=6, hours=11))  # the evening before, 21.00
    remind()
    assert messages("reminder") == []


def test_who_books_on_the_evening_before_gets_the_mornings_reminder_only(world, as_, clock) -> None:
    clock.move_to(NOW_UTC + timedelta(hours=8))
    with as_(world.stig):
        session = make_session(world, on=date(2026, 11, 25), at=time(14))
        service.book(make_candidate(world, "Anna").id, session.id, BookedBy.CANDIDATE)
    remind()
    assert messages("reminder") == []
    clock.move_to(datetime(2026, 11, 25, 5, 31, tzinfo=UTC))
    remind()
    assert len(messages("reminder")) == 1


# Attendance ------------------------------------------------------------------------------------


def _list(world, as_, clock, names=("Anna", "Bea", "Cia")) -> tuple[str, dict[str, str]]:
    with as_(world.stig):
        session = make_session(world)
        bookings = {}
        for name in names:
            candidate = make_candidate(world, name)
            bookings[name] = service.book(candidate.id, session.id, BookedBy.CANDIDATE).id
        clock.move_to(session.starts_at)
        return session.id, bookings


def _candidates(as_, world) -> dict[str, Candidate]:
    with as_(world.stig):
        found = db.session.execute(
            select(Booking.id, Candidate).join(Candidate, Candidate.id == Booking.candidate_id)
        )
        return dict(found.all())


def test_one_pass_moves_who_came_and_calls_who_did_not(world, as_, clock) -> None:
    session_id, of = _list(world, as_, clock)
    with as_(world.stig):
        mark_attendance(world.stig.actor, session_id, {of["Anna"]: CAME, of["Bea"]: AWAY})
    who = _candidates(as_, world)
    assert who[of["Anna"]].stage is Stage.ATTENDED
    assert who[of["Anna"]].attended_on == THURSDAY
    assert who[of["Bea"]].stage is Stage.INVITED
    assert (who[of["Bea"]].call_on, who[of["Bea"]].call_why) == (
        THURSDAY,
        CallWhy.MISSED_SESSION,
    )
    assert who[of["Cia"]].call_on is None


def test_a_pass_that_changes_nothing_is_no_pass(world, as_, clock) -> None:
    session_id, of = _list(world, as_, clock)
    with as_(world.stig):
        assert mark_attendance(world.stig.actor, session_id, {of["Anna"]: BOOKED}) is None


def test_undo_brings_everyone_back_to_where_they_were(world, as_, clock) -> None:
    session_id, of = _list(world, as_, clock)
    with as_(world.stig):
        first = mark_attendance(world.stig.actor, session_id, {of["Anna"]: CAME, of["Bea"]: AWAY})
    with as_(world.stig):
        undo_marking(world.stig.actor, first.id)
    who = _candidates(as_, world)
    assert {one.stage for one in who.values()} == {Stage.INVITED}
    assert {one.call_on for one in who.values()} == {None}
    assert who[of["Anna"]].attended_on is None
    with as_(world.stig), pytest.raises(RuleBroken, match="undone already"):
        undo_marking(world.stig.actor, first.id)


def test_a_mark_can_be_corrected_and_the_correction_undone(world, as_, clock) -> None:
    session_id, of = _list(world, as_, clock)
    with as_(world.stig):
        mark_attendance(world.stig.actor, session_id, {of["Anna"]: AWAY})
    with as_(world.stig):
        second = mark_attendance(world.stig.actor, session_id, {of["Anna"]: CAME})
    assert _candidates(as_, world)[of["Anna"]].stage is Stage.ATTENDED
    assert _candidates(as_, world)[of["Anna"]].call_on is None
    with as_(world.stig):
        undo_marking(world.stig.actor, second.id)
    anna = _candidates(as_, world)[of["Anna"]]
    assert (anna.stage, anna.call_why) == (Stage.INVITED, CallWhy.MISSED_SESSION)


def test_undo_leaves_alone_who_has_moved_on_since(world, as_, clock) -> None:
    session_id, of = _list(world, as_, clock)
    with as_(world.stig):
        first = mark_attendance(world.stig.actor, session_id, {of["Anna"]: CAME})
    with as_(world.stig):
        db.session.get(Candidate, _candidate_of(of["Anna"])).stage = Stage.SELECTED
    with as_(world.stig):
        undo_marking(world.stig.actor, first.id)
    assert _candidates(as_, world)[of["Anna"]].stage is Stage.SELECTED


def _candidate_of(booking_id: str) -> str:
    return db.session.scalar(select(Booking.candidate_id).where(Booking.id == booking_id))


def test_who_did_not_come_and_booked_again_stops_the_undo(world, as_, clock) -> None:
    session_id, of = _list(world, as_, clock)
    with as_(world.stig):
        first = mark_attendance(world.stig.actor, session_id, {of["Anna"]: AWAY})
    with as_(world.stig):
        other = make_session(world, on=date(2026, 12, 3))
        service.book(_candidate_of(of["Anna"]), other.id, BookedBy.CANDIDATE)
    with as_(world.stig), pytest.raises(RuleBroken, match="booked another"):
        undo_marking(world.stig.actor, first.id)


def test_nobody_is_marked_before_the_session_begins(world, as_, clock) -> None:
    session_id, of = _list(world, as_, clock)
    clock.move_to(NOW_UTC)
    with as_(world.stig), pytest.raises(RuleBroken, match="not before it"):
        mark_attendance(world.stig.actor, session_id, {of["Anna"]: CAME})


# Races -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("attempt", range(10))
def test_of_twelve_who_want_the_last_place_one_gets_it(world, as_, app: Flask, attempt) -> None:
    with as_(world.stig):
        session_id = make_session(world, capacity=1).id
        people = [make_candidate(world, f"Given{n}").id for n in range(12)]
    outcomes: list[str] = []

    def ask(candidate_id: str) -> None:
        try:
            with app.app_context(), as_(world.stig):
                service.book(candidate_id, session_id, BookedBy.CANDIDATE)
            outcomes.append("place")
        except RuleBroken as broken:
            outcomes.append(broken.message[:25])

    _all_at_once(ask, people)
    assert sorted(outcomes) == ["This info session is full"] * 11 + ["place"]
    with as_(world.stig):
        assert queries.as_found(queries.get_session(session_id)).taken == 1


def test_one_candidate_who_books_two_sessions_at_once_holds_one_place(
    world, as_, app: Flask
) -> None:
    with as_(world.stig):
        sessions = [make_session(world, on=date(2026, 12, 7 + n)).id for n in range(4)]
        candidate_id = make_candidate(world, "Anna").id

    def ask(session_id: str) -> None:
        with app.app_context(), as_(world.stig):
            service.book(candidate_id, session_id, BookedBy.CANDIDATE)

    _all_at_once(ask, sessions)
    with as_(world.stig):
        found = [queries.as_found(queries.get_session(key)).taken for key in sessions]
    assert sum(found) == 1


def _all_at_once(deed, values) -> None:
    threads = [threading.Thread(target=deed, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_four_schedulers_at_once_remind_everyone_once(world, as_, app: Flask, clock) -> None:
    with as_(world.stig):
        session = make_session(world, on=date(2026, 12, 1), capacity=20)
        for n in range(10):
            service.book(make_candidate(world, f"Given{n}").id, session.id, BookedBy.CANDIDATE)
    clock.move_to(datetime(2026, 11, 29, 8, 5, tzinfo=UTC))

    def work(_number: int) -> None:
        with app.app_context():
            remind()

    _all_at_once(work, range(4))
    sent = messages("reminder")
    assert len({one.once for one in sent}) == len(sent) == 10


def test_session_states_and_modes_are_held_by_the_database_too(world, as_) -> None:
    with pytest.raises(Conflict), as_(world.stig):
        session = make_session(world)
        session.mode, session.meeting_url = Mode.ONLINE, None
        session.state = SessionState.OPEN
        db.session.flush()
