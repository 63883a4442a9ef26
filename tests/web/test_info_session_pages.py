"""Pages of info sessions, trials and expectations: staff, the candidate by her link, the public."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.links.service import issue_link
from jobsearch.notices.models import Message
from jobsearch.rates.service import load_shipped_rates
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.sessions import service
from jobsearch.recruitment.sessions.letters import BOOKING_PURPOSE
from jobsearch.recruitment.sessions.models import Booking, InfoSession
from jobsearch.recruitment.sessions.rules import BookedBy, BookingState, Mode
from jobsearch.recruitment.sessions.trials.models import TrialCase
from jobsearch.recruitment.sessions.trials.rules import Wording
from tests.selecting import THURSDAY, make_candidate, make_session
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("context")
PLAN = {
    "session_form": "group",
    "mode": "on_site",
    "language": "fi",
    "on": "26.11.2026",
    "at": "9.00",
    "minutes": "60",
    "capacity": "8",
    "place": "Library",
    "host_id": "",
    "count": "1",
    "every_weeks": "1",
}


def rows(model) -> list:
    with unit_of_work(whole_installation("test"), read_only=True):
        return list(db.session.scalars(select(model)))


@pytest.fixture
def stig(sign_in, world):
    return sign_in(world.stig)


@pytest.fixture
def setting(world, as_) -> tuple[str, str, str]:
    """A session, a candidate, and the secret of her link."""
    with as_(world.stig):
        session, candidate = make_session(world), make_candidate(world, "Anna")
        secret = issue_link(BOOKING_PURPOSE, candidate.id, expires_at=None, language="en")
        return session.id, candidate.id, secret


# Staff -----------------------------------------------------------------------------------------


def test_a_coach_plans_a_series_and_is_told_what_was_left_out(stig, world) -> None:
    plan = {**PLAN, "programme_id": world.a.programme_id, "on": "30.11.2026", "count": "2"}
    answer = stig.send("/info-sessions", **plan)
    assert answer.status_code == 303
    assert len(rows(InfoSession)) == 2
    holiday = {**plan, "on": "18.12.2026"}
    answer = stig.send("/info-sessions", **holiday)
    assert answer.status_code == 303
    assert "Public holidays were left out: 1." in stig.get("/info-sessions").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on": "23.11.2026"}, "in the past"),
        ({"on": "nonsense"}, "Enter the day like this"),
        ({"at": "25.00"}, "Enter a time"),
        ({"place": ""}, "Say where people come"),
        ({"mode": "online"}, "Enter the link by which people join"),
        ({"capacity": "99"}, "from 1 to 60 places"),
        ({"meeting_phone": "12"}, "Enter a phone number"),
        ({"count": "40"}, "from 1 to 12"),
    ],
)
def test_a_plan_that_does_not_hold_comes_back_with_its_words(stig, world, change, sentence) -> None:
    plan = {**PLAN, "programme_id": world.a.programme_id, **change}
    answer = stig.send("/info-sessions", **plan)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert rows(InfoSession) == []


def test_a_session_is_changed_closed_opened_and_cancelled(stig, setting) -> None:
    session_id, _candidate, _secret = setting
    address = f"/info-sessions/{session_id}"
    page = stig.get(f"{address}/edit").text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    answer = stig.send(f"{address}/edit", **{**PLAN, "at": "10.30", "version": version})
    assert answer.status_code == 303
    assert "10:30" in stig.get(address).text
    assert stig.send(f"{address}/edit", **{**PLAN, "version": version}).status_code == 409
    for deed, words in (("close", "No more bookings"), ("open", "Bookings are taken again")):
        version = rows(InfoSession)[0].version
        assert stig.send(f"{address}/{deed}", version=version).status_code == 303
        assert words in stig.get(address).text
    version = rows(InfoSession)[0].version
    assert stig.send(f"{address}/cancel", version=version).status_code == 303
    assert "Cancelled" in stig.get(address).text
    assert stig.send(f"{address}/open", version=version + 1).status_code == 422


def test_a_coach_invites_books_by_telephone_and_cancels_for_somebody(stig, world, setting) -> None:
    session_id, candidate_id, _secret = setting
    address = f"/info-sessions/invite/{world.a.programme_id}"
    assert stig.send(address).status_code == 422
    assert stig.send(address, candidates=[candidate_id]).status_code == 303
    assert len([one for one in rows(Message) if one.kind == "recruitment.invitation"]) == 1
    answer = stig.send(f"/info-sessions/{session_id}/book", candidate_id=candidate_id)
    assert answer.status_code == 303
    (booking,) = rows(Booking)
    assert booking.booked_by is BookedBy.STAFF
    assert "Anna Ahola" in stig.get(f"/info-sessions/{session_id}").text
    path = f"/info-sessions/{session_id}/bookings/{booking.id}/cancel"
    assert stig.send(path).status_code == 303
    assert rows(Booking)[0].state is BookingState.CANCELLED


def test_an_old_page_does_not_cancel_the_place_that_somebody_moved_to(
    stig, world, setting, as_
) -> None:
    session_id, candidate_id, _secret = setting
    with as_(world.stig):
        other = make_session(world, on=date(2026, 12, 3)).id
        booking = service.book(candidate_id, session_id, BookedBy.CANDIDATE).id
        service.book(candidate_id, other, BookedBy.CANDIDATE)
    stale = stig.send(f"/info-sessions/{session_id}/bookings/{booking}/cancel")
    assert stale.status_code == 422
    assert rows(Booking)[0].state is BookingState.BOOKED
    assert stig.send(f"/info-sessions/{other}/bookings/{booking}/cancel").status_code == 303


def test_the_whole_list_is_marked_with_one_button_and_undone(
    stig, world, as_, clock, setting
) -> None:
    _session, candidate_id, _secret = setting
    with as_(world.stig):
        session_id = make_session(world, on=TODAY, at=time(10, 30)).id
        other = make_candidate(world, "Bea").id
        for key in (candidate_id, other):
            service.book(key, session_id, BookedBy.CANDIDATE)
    address = f"/info-sessions/{session_id}/attendance"
    assert "not before it" in stig.get(address).text
    clock.move_to(datetime(2026, 11, 24, 8, 20, tzinfo=UTC))
    page = stig.get(address).text
    assert page.count('value="came"') == 2
    of = {one.candidate_id: one.id for one in rows(Booking)}
    marks = {f"mark-{of[candidate_id]}": "came", f"mark-{of[other]}": "did_not_come"}
    assert stig.send(address, **marks).status_code == 303
    stages = {one.id: one.stage for one in rows(Candidate)}
    assert stages[candidate_id] is Stage.ATTENDED
    calls = stig.get("/candidates/calls").text
    assert "Bea" in calls and "Anna" not in calls
    page = stig.get(f"/info-sessions/{session_id}").text
    undo = re.search(r'action="(/info-sessions/\w+/attendance/\w+/undo)"', page)[1]
    assert stig.send(undo).status_code == 303
    assert {one.state for one in rows(Booking)} == {BookingState.BOOKED}
    assert stig.send(undo).status_code == 422


@pytest.mark.parametrize("many", [1, 30])
def test_the_pages_of_sessions_ask_as_much_for_thirty_as_for_one(
    world, as_, sign_in, statements, many
) -> None:
    with as_(world.stig):
        session = make_session(world, capacity=60)
        for n in range(many):
            service.book(make_candidate(world, f"Given{n}").id, session.id, BookedBy.STAFF)
        for n in range(many - 1):
            make_session(world, at=time(10, n))
        session_id = session.id
    client = sign_in(world.stig)
    counts = []
    for address in (
        "/info-sessions",
        f"/info-sessions/{session_id}",
        f"/info-sessions/{session_id}/attendance",
        f"/info-sessions/invite/{world.a.programme_id}",
    ):
        client.get(address)
        statements.clear()
        assert client.get(address).status_code == 200
        counts.append(sum(s.startswith("SELECT") for s in statements))
    assert counts == [3, 6, 6, 4], counts


# The candidate -----------------------------------------------------------------------------------


def test_a_candidate_books_moves_and_cancels_without_an_account(sign_in, world, as_, setting):
    session_id, candidate_id, secret = setting
    with as_(world.stig):
        later = make_session(
            world, mode=Mode.ONLINE, place="", meeting_url="https://meet.example.org/x"
        ).id
    nobody, address = sign_in(None), f"/book/{secret}"
    page = nobody.get(address).text
    assert "When would you like to come?" in page
    assert "Library, room 2" in page
    assert nobody.send(address).status_code == 422
    assert nobody.send(address, session=session_id).status_code == 303
    page = nobody.get(address).text
    assert "Your place in the info session" in page
    assert "Stig Strand" in page
    assert nobody.send(address, session=later).status_code == 303
    page = nobody.get(address).text
    assert "https://meet.example.org/x" in page
    (booking,) = rows(Booking)
    assert (booking.session_id, booking.times_moved) == (later, 1)
    assert nobody.send(f"{address}/cancel").status_code == 303
    assert "When would you like to come?" in nobody.get(address).text
    answer = nobody.send(f"{address}/cancel")
    assert answer.status_code == 422
    assert "no booking any more" in answer.text
    assert candidate_id == booking.candidate_id


def test_a_mail_scanner_that_opens_everything_changes_nothing(sign_in, setting) -> None:
    _session, _candidate, secret = setting
    nobody = sign_in(None)
    for _time in range(5):
        for path in (f"/book/{secret}", f"/book/{secret}/calendar.ics"):
            assert nobody.get(path).status_code in (200, 303)
            nobody.head(path)
            nobody.options(path)
    assert rows(Booking) == []


def test_the_page_shows_nothing_about_others(sign_in, world, as_, setting) -> None:
    session_id, _candidate, secret = setting
    with as_(world.stig):
        other = make_candidate(world, "Zelda")
        service.book(other.id, session_id, BookedBy.CANDIDATE)
        foreign = other.id
    page = sign_in(None).get(f"/book/{secret}").text
    assert "Zelda" not in page
    assert foreign not in page
    assert not re.search(r"\b1\s*/\s*10\b|booked:", page)


def test_who_comes_too_late_reads_that_it_is_full_and_sees_the_next_free_times(
    sign_in, world, as_, setting
) -> None:
    _session, _candidate, secret = setting
    with as_(world.stig):
        small = make_session(world, capacity=1, on=THURSDAY + timedelta(days=4))
        key = small.id
        service.book(make_candidate(world, "Bea").id, key, BookedBy.CANDIDATE)
    answer = sign_in(None).send(f"/book/{secret}", session=key)
    assert answer.status_code == 422
    assert "the last place has just gone" in answer.text
    assert "26 November 2026" in answer.text.replace("\u00a0", " ")
    assert key not in answer.text


@pytest.mark.parametrize(
    ("end", "sentence"),
    [("closed", "takes no more bookings"), ("begun", "has begun already")],
)
def test_a_session_that_takes_nobody_has_its_own_sentence(
    sign_in, world, as_, clock, setting, end, sentence
) -> None:
    session_id, _candidate, secret = setting
    if end == "closed":
        with as_(world.stig):
            service.close_bookings(session_id, 1)
    else:
        clock.move_to(datetime(2026, 11, 26, 7, tzinfo=UTC))
    answer = sign_in(None).send(f"/book/{secret}", session=session_id)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_session_of_another_provider_is_not_there(sign_in, world, as_, setting) -> None:
    _session, _candidate, secret = setting
    assert sign_in(None).send(f"/book/{secret}", session="a" * 20).status_code == 404


def _event(answer):
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.get_data())
    assert [one.get("TZID") for one in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    (event,) = calendar.walk("VEVENT")
    return event


def test_the_calendar_file_names_nobody_and_follows_the_booking(
    sign_in, world, as_, setting
) -> None:
    session_id, candidate_id, secret = setting
    nobody, path = sign_in(None), f"/book/{secret}/calendar.ics"
    assert nobody.get(path).status_code == 303
    with as_(world.stig):
        service.book(candidate_id, session_id, BookedBy.CANDIDATE)
    first = _event(nobody.get(path))
    assert str(first["SUMMARY"]) == "Info session"
    assert str(first["LOCATION"]) == "Library, room 2"
    text = nobody.get(path).get_data(as_text=True)
    assert "Anna" not in text and "Ahola" not in text and "Stig" not in text
    with as_(world.stig):
        after = make_session(world, on=THURSDAY.replace(month=12, day=3)).id
        service.book(candidate_id, after, BookedBy.CANDIDATE)
    moved = _event(nobody.get(path))
    assert moved["UID"] == first["UID"]
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    assert moved["DTSTART"].dt.date().isoformat() == "2026-12-03"
    with as_(world.stig):
        service.give_up(candidate_id)
    gone = _event(nobody.get(path))
    assert (gone["UID"], str(gone["STATUS"])) == (first["UID"], "CANCELLED")
    assert int(gone["SEQUENCE"]) > int(moved["SEQUENCE"])


@pytest.mark.parametrize("day", ["2027-03-25", "2027-03-30", "2027-10-31", "2027-11-01"])
def test_the_calendar_file_holds_on_the_days_when_the_clocks_change(
    sign_in, world, as_, setting, day
) -> None:
    _session, candidate_id, secret = setting
    with as_(world.stig):
        session = make_session(world, on=date.fromisoformat(day), minutes=90)
        service.book(candidate_id, session.id, BookedBy.CANDIDATE)
        starts_at = session.starts_at
    event = _event(sign_in(None).get(f"/book/{secret}/calendar.ics"))
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    assert (start.hour, start.minute, end.hour, end.minute) == (9, 0, 10, 30)
    assert start.astimezone(UTC) == starts_at
    assert end.astimezone(UTC) - starts_at == timedelta(minutes=90)


# Trials ------------------------------------------------------------------------------------------

TRIAL = {
    "tried": "invitation",
    "language": "en",
    "first": "Hello {name}, come and hear: {link}",
    "second": "{name}, a place is kept for you: {link}",
}


def test_a_trial_is_drawn_hidden_and_closed_with_its_figures(stig, world, as_) -> None:
    answer = stig.send("/info-sessions/wordings", **{**TRIAL, "programme_id": world.a.programme_id})
    assert answer.status_code == 303
    address = answer.location
    with as_(world.stig):
        keys = [make_candidate(world, f"Given{n}").id for n in range(8)]
        service.invite(world.stig.actor, world.a.programme_id, keys)
    cases = rows(TrialCase)
    assert sorted(one.wording for one in cases) == [Wording.FIRST] * 4 + [Wording.SECOND] * 4
    texts = [one.body for one in rows(Message) if "invitation" in one.kind]
    assert sum("come and hear" in text for text in texts) == 4
    assert sum("a place is kept" in text for text in texts) == 4
    page = stig.get(address).text
    assert "8 candidates take part" in page
    assert "95" not in re.sub(r"<header.*?</header>|<head>.*?</head>", "", page, flags=re.DOTALL)
    with as_(world.stig):
        service.invite(world.stig.actor, world.a.programme_id, keys[:2])
    assert len(rows(TrialCase)) == 8, "whoever is invited again keeps her wording"
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert stig.send(f"{address}/close", version=version).status_code == 303
    page = stig.get(address).text
    assert "Who came" in page
    assert "nothing can be compared" in page, "nobody is settled yet"


def test_a_closed_trial_reads_with_interval_difference_and_caveat(stig, world, as_, clock) -> None:
    stig.send("/info-sessions/wordings", **{**TRIAL, "programme_id": world.a.programme_id})
    with as_(world.stig):
        session = make_session(world, capacity=20, on=TODAY, at=time(10, 30))
        keys = [make_candidate(world, f"Given{n}").id for n in range(12)]
        service.invite(world.stig.actor, world.a.programme_id, keys)
        for key in keys:
            service.book(key, session.id, BookedBy.CANDIDATE)
        session_id, starts_at = session.id, session.starts_at
    clock.move_to(starts_at - timedelta(minutes=10))
    wording_of = {one.candidate_id: one.wording for one in rows(TrialCase)}
    marks = {
        f"mark-{one.id}": "came"
        if wording_of[one.candidate_id] is Wording.SECOND
        else "did_not_come"
        for one in rows(Booking)
    }
    stig.send(f"/info-sessions/{session_id}/attendance", **marks)
    listed = stig.get("/info-sessions/wordings").text
    address = re.search(r'href="(/info-sessions/wordings/[a-z2-7]{20})"', listed)[1]
    stig.send(f"{address}/close", version=1)
    page = stig.get(address).text
    assert "0\u00a0/\u00a06" in page and "6\u00a0/\u00a06" in page
    assert "−100 percentage points" in page
    assert "larger than chance explains" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first": ""}, "Write the first wording"),
        ({"second": TRIAL["first"]}, "are the same"),
        ({"second": "Come!"}, "needs the placeholder {link}"),
        ({"second": "{link} {salary}"}, "no placeholder {salary}"),
        ({"second": "{link} " + "x" * 500}, "cannot be longer"),
    ],
)
def test_a_trial_that_could_not_be_sent_is_refused(stig, world, change, sentence) -> None:
    values = {**TRIAL, "programme_id": world.a.programme_id, **change}
    answer = stig.send("/info-sessions/wordings", **values)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_one_trial_of_a_message_runs_at_a_time(stig, world) -> None:
    values = {**TRIAL, "programme_id": world.a.programme_id}
    assert stig.send("/info-sessions/wordings", **values).status_code == 303
    answer = stig.send("/info-sessions/wordings", **values)
    assert answer.status_code == 422
    assert "is running" in answer.text
    other = {**values, "language": "sv"}
    assert stig.send("/info-sessions/wordings", **other).status_code == 303


# Expectations ------------------------------------------------------------------------------------


def _address(world) -> str:
    return f"/expectations/{world.a.programme_id}"


def test_the_page_is_public_in_three_languages_and_names_nobody(sign_in, world, as_) -> None:
    with as_(world.stig):
        make_candidate(world, "Zelda")
    nobody = sign_in(None)
    for language, words in (("fi", 'lang="fi"'), ("sv", 'lang="sv"'), ("en", 'lang="en"')):
        page = nobody.get(f"{_address(world)}?language={language}").text
        assert f"<html {words}" in page
        for name in ("Zelda", "Pihlaja", "Oksanen", "Strand"):
            assert name not in page
    assert nobody.get(f"{_address(world)}?language=xx").status_code == 200
    assert nobody.get(f"/expectations/{'a' * 20}").status_code == 404


def test_the_page_says_pay_hours_and_the_estimate_with_its_sources(sign_in, world, as_) -> None:
    nobody = sign_in(None)
    page = nobody.get(f"{_address(world)}?language=en").text
    assert "there is no estimate" in page
    with unit_of_work(whole_installation("test")):
        load_shipped_rates()
    page = nobody.get(f"{_address(world)}?language=en").text.replace("\u00a0", " ")
    for words in (
        "552.00 €",
        "601.68 €",
        "300.84 €",
        "48 h",
        "This is an estimate, not a decision",
        "half a month of employment",
        "yleistuki",
        "at most 10 days",
    ):
        assert words in page, words


def test_the_self_check_answers_kindly_and_keeps_nothing(sign_in, world, statements) -> None:
    nobody, address = sign_in(None), f"{_address(world)}/self-check?language=en"
    assert "Six questions" in nobody.get(address).text
    replies = dict.fromkeys(("days", "phone", "computer", "contact", "group", "benefit"), "yes")
    statements.clear()
    answer = nobody.send(address, **replies)
    assert answer.status_code == 200
    assert "something for you" in answer.text
    later = nobody.send(address, **{**replies, "days": "no"})
    assert "Perhaps at another time" in later.text
    unsure = nobody.send(address, **{**replies, "contact": "unsure"})
    assert "something to talk about" in unsure.text
    assert nobody.send(address).status_code == 422
    written = [s for s in statements if s.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert [s for s in written if "submission" not in s] == []


def test_a_manager_adds_own_words_and_another_one_is_not_written_over(sign_in, world) -> None:
    aino, address = sign_in(world.aino), f"{_address(world)}/words"
    assert aino.get(address).status_code == 200
    assert aino.send(address, words_en="Coffee at nine.", version=0).status_code == 303
    assert "Coffee at nine." in sign_in(None).get(f"{_address(world)}?language=en").text
    assert "Coffee at nine." in aino.get(address).text
    assert aino.send(address, words_en="Tea.", version=0).status_code == 409
    assert sign_in(world.sam).send(address, words_en="x", version=1).status_code == 404
