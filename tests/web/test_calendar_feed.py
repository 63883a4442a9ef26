"""The personal calendar, read back by an iCalendar parser."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from jobsearch.coaching.sparring.models import SparringSlot
from jobsearch.coaching.sparring.service import book, cancel, offer_times
from jobsearch.cohorts.service import cancel_day, leave, move_day
from jobsearch.core.db import db
from jobsearch.tracker.interviews.rules import InterviewWay
from jobsearch.tracker.interviews.service import (
    When,
    add_interview,
    cancel_interview,
    edit_interview,
)
from tests.pages import client_of

HOME = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def follow(app, sign_in):
    """Make somebody's address as she would, and give it back."""

    def make(member):
        client = sign_in(member)
        page = client.get(client.send("/calendar").headers["Location"]).get_data(as_text=True)
        return html.unescape(re.search(r'id="copy" readonly value="([^"]+)"', page)[1])

    return make


def _read(app, address):
    answer = client_of(app, None).get(address.removeprefix("http://localhost"))
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return Calendar.from_ical(answer.get_data()), answer


def _events(calendar):
    return sorted(calendar.walk("VEVENT"), key=lambda event: event["DTSTART"].dt)


def test_a_participants_calendar_has_her_twelve_days_with_time_and_way_to_join(
    app, world, as_, context, follow
) -> None:
    calendar, _answer = _read(app, follow(world.pia))
    events = _events(calendar)
    assert len(events) == 12
    assert len({str(event["UID"]) for event in events}) == 12
    first = events[0]
    assert first["DTSTART"].dt == datetime(2026, 11, 16, 9, tzinfo=HOME)
    assert first["DTSTART"].params["TZID"] == "Europe/Helsinki"
    assert "meet.example.org" in str(first["DESCRIPTION"])
    assert str(first["URL"]).startswith("https://")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki"]


def test_a_summary_tells_nobody_what_the_meeting_is_about(app, world, context, follow) -> None:
    calendar, _answer = _read(app, follow(world.pia))
    assert {str(event["SUMMARY"]) for event in _events(calendar)} == {
        f"Meeting {number} / 12" for number in range(1, 13)
    }


def test_a_moved_day_is_the_same_entry_with_a_higher_sequence(
    app, world, as_, context, follow
) -> None:
    address = follow(world.pia)
    before = {str(event["UID"]): event for event in _events(_read(app, address)[0])}
    day_id = world.a.day_ids[world.a.cohort_ids[0]][8]
    with as_(world.aino):
        move_day(world.aino.actor, day_id, date(2026, 12, 11))
    after = {str(event["UID"]): event for event in _events(_read(app, address)[0])}
    assert after.keys() == before.keys()
    (moved,) = [uid for uid in after if after[uid]["DTSTART"].dt != before[uid]["DTSTART"].dt]
    assert moved.startswith(day_id)
    assert after[moved]["DTSTART"].dt.date() == date(2026, 12, 11)
    assert int(after[moved]["SEQUENCE"]) == int(before[moved]["SEQUENCE"]) + 1


def test_a_cancelled_day_stays_as_cancelled(app, world, as_, context, follow) -> None:
    address = follow(world.pia)
    day_id = world.a.day_ids[world.a.cohort_ids[0]][8]
    with as_(world.aino):
        cancel_day(day_id)
    states = {
        str(event["UID"]).partition("@")[0]: str(event["STATUS"])
        for event in _events(_read(app, address)[0])
    }
    assert states.pop(day_id) == "CANCELLED"
    assert set(states.values()) == {"CONFIRMED"}


def test_a_coachs_calendar_has_the_days_of_her_groups_and_no_names(
    app, world, context, follow
) -> None:
    calendar, answer = _read(app, follow(world.stig))
    assert len(_events(calendar)) >= 12
    assert "Pia" not in answer.get_data(as_text=True)
    groups = [str(event["DESCRIPTION"]).partition("\n")[0] for event in _events(calendar)]
    assert set(groups) == {"Group 7", "Group 8"}  # two on one day are told apart


def test_an_unchanged_calendar_is_a_304_without_a_body(app, world, as_, context, follow) -> None:
    address = follow(world.pia)
    path = address.removeprefix("http://localhost")
    _calendar, answer = _read(app, address)
    tag = {"If-None-Match": answer.headers["ETag"]}
    again = client_of(app, None).get(path, headers=tag)
    assert (again.status_code, again.get_data()) == (304, b"")
    with as_(world.aino):
        cancel_day(world.a.day_ids[world.a.cohort_ids[0]][9])
    assert client_of(app, None).get(path, headers=tag).status_code == 200


def test_a_new_address_closes_the_one_before_it(app, world, context, follow, sign_in) -> None:
    old, new = follow(world.pia), follow(world.pia)
    path = old.removeprefix("http://localhost")
    assert client_of(app, None).get(path).status_code == 410
    assert _read(app, new)
    sign_in(world.pia).send("/calendar/close")
    assert client_of(app, None).get(new.removeprefix("http://localhost")).status_code == 410


def test_the_address_is_shown_once(app, world, context, follow, sign_in) -> None:
    follow(world.pia)
    page = sign_in(world.pia).get("/calendar").get_data(as_text=True)
    assert ".ics" not in page
    assert "Make a new address" in page


def test_who_has_left_the_group_has_an_empty_calendar(app, world, as_, context, follow) -> None:
    address = follow(world.pia)
    with as_(world.aino):
        leave(world.a.enrolment_ids["pia"], date(2026, 11, 24) - timedelta(days=1))
    assert _events(_read(app, address)[0]) == []


def test_a_calendar_is_a_few_statements_however_many_days_it_has(
    app, world, context, follow, statements
) -> None:
    address = follow(world.stig).removeprefix("http://localhost")
    client = client_of(app, None)
    del statements[:]
    assert client.get(address).status_code == 200
    assert len([one for one in statements if one.startswith("SELECT")]) <= 6, statements


def _talks(calendar):
    return [event for event in _events(calendar) if str(event["SUMMARY"]) == "Talk"]


def test_a_booked_talk_stands_in_both_calendars_and_goes_when_it_is_cancelled(
    app, world, as_, context, follow
) -> None:
    addresses = {"pia": follow(world.pia), "stig": follow(world.stig), "otto": follow(world.otto)}
    with as_(world.stig):
        offer_times(world.stig.actor, date(2026, 11, 26), 9 * 60, 10 * 60, 30)
        slot = db.session.query(SparringSlot).order_by(SparringSlot.starts_at).first().id
    assert _talks(_read(app, addresses["pia"])[0]) == []  # a free time is nobody's entry
    with as_(world.pia):
        book(world.pia.actor, slot)
    (hers,), (his,), none = (_talks(_read(app, one)[0]) for one in addresses.values())
    assert none == []
    assert hers["DTSTART"].dt == datetime(2026, 11, 26, 9, tzinfo=HOME)
    assert hers["DTEND"].dt - hers["DTSTART"].dt == timedelta(minutes=30)
    assert str(hers["UID"]) == str(his["UID"]) and str(hers["UID"]).startswith(slot)
    assert "Stig Strand" in str(hers["DESCRIPTION"])
    assert "Pia" in str(his["DESCRIPTION"]) and "Pihlaja" not in str(his["DESCRIPTION"])
    with as_(world.pia):
        cancel(world.pia.actor, slot)
    assert _talks(_read(app, addresses["pia"])[0]) == []


def _interviews(calendar):
    return [event for event in _events(calendar) if str(event["SUMMARY"]) == "Interview"]


def test_a_job_interview_stands_in_the_persons_own_calendar_and_in_nobody_elses(
    app, world, as_, context, follow
) -> None:
    addresses = {"pia": follow(world.pia), "stig": follow(world.stig), "otto": follow(world.otto)}
    day = date(2026, 11, 27)
    with as_(world.pia):
        when = When(day, 13 * 60, 45, InterviewWay.VIDEO, "https://meet.example.org/x")
        who = world.pia.actor, world.pia.person_id
        row = add_interview(*who, when, employer_name="Rannikon Leipomo")
    (hers,), staffs, ottos = (_interviews(_read(app, one)[0]) for one in addresses.values())
    assert staffs == ottos == []
    assert "Leipomo" not in _read(app, addresses["stig"])[1].get_data(as_text=True)
    assert hers["DTSTART"].dt == datetime(2026, 11, 27, 13, tzinfo=HOME)
    assert hers["DTEND"].dt - hers["DTSTART"].dt == timedelta(minutes=45)
    assert str(hers["DESCRIPTION"]) == "Rannikon Leipomo\nBy video"
    assert str(hers["LOCATION"]) == str(hers["URL"]) == "https://meet.example.org/x"
    with as_(world.stig):
        moved = When(day, 14 * 60, 45, InterviewWay.ON_SITE, "Satakunnankatu 5")
        edit_interview(world.stig.actor, row.id, 1, moved, employer_name="Rannikon Leipomo")
    (after,) = _interviews(_read(app, addresses["pia"])[0])
    assert str(after["UID"]) == str(hers["UID"]) and str(after["UID"]).startswith(row.id)
    assert int(after["SEQUENCE"]) > int(hers["SEQUENCE"])
    assert after["DTSTART"].dt == datetime(2026, 11, 27, 14, tzinfo=HOME)
    assert str(after["LOCATION"]) == "Satakunnankatu 5" and "URL" not in after
    with as_(world.pia):
        cancel_interview(world.pia.actor, row.id, was_mistake=False)
    (gone,) = _interviews(_read(app, addresses["pia"])[0])
    assert str(gone["STATUS"]) == "CANCELLED"
    assert int(gone["SEQUENCE"]) > int(after["SEQUENCE"])


def test_an_interview_after_the_clocks_change_keeps_its_hour_on_the_wall(
    app, world, as_, context, follow
) -> None:
    address = follow(world.pia)
    with as_(world.pia):
        for day in (date(2027, 3, 27), date(2027, 3, 29)):  # the clocks go forward on the 28th
            when = When(day, 9 * 60, 60, InterviewWay.PHONE)
            who = world.pia.actor, world.pia.person_id
            add_interview(*who, when, employer_name="Rannikon Leipomo")
    before, after = _interviews(_read(app, address)[0])
    assert [event["DTSTART"].dt.hour for event in (before, after)] == [9, 9]
    elapsed = after["DTSTART"].dt.astimezone(UTC) - before["DTSTART"].dt.astimezone(UTC)
    assert elapsed == timedelta(hours=47)


def test_interviews_add_one_statement_to_her_calendar_however_many(
    app, world, as_, context, follow, statements
) -> None:
    address = follow(world.pia).removeprefix("http://localhost")
    client = client_of(app, None)

    def cost() -> int:
        del statements[:]
        assert client.get(address).status_code == 200
        return len([one for one in statements if one.startswith("SELECT")])

    none = cost()
    with as_(world.pia):
        for _time in range(30):
            when = When(date(2026, 11, 27), 9 * 60, 60, InterviewWay.PHONE)
            who = world.pia.actor, world.pia.person_id
            add_interview(*who, when, employer_name="Rannikon Leipomo")
    assert cost() == none <= 7
