"""Days of work as instants, across changes of the clock."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from jobsearch.core.periods import instant_of, time_of
from jobsearch.web.calendars import Entry, to_ics

HOME = "Europe/Helsinki"


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2027, 3, 26), datetime(2027, 3, 26, 7, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 6, tzinfo=UTC)),  # the clock went on at three
        (date(2026, 10, 23), datetime(2026, 10, 23, 6, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 7, tzinfo=UTC)),  # the clock went back at four
    ],
)
def test_a_day_begins_at_nine_on_the_wall_whatever_the_clock_did_in_the_night(day, utc):
    assert instant_of(day, 9 * 60, HOME).astimezone(UTC) == utc


def test_a_minute_of_the_day_is_a_time():
    assert time_of(9 * 60 + 5).isoformat() == "09:05:00"
    assert time_of(24 * 60 + 30).isoformat() == "00:30:00"


def test_a_calendar_file_says_nine_on_both_sides_of_each_change_of_the_clock():
    days = [date(2026, 10, 22), date(2026, 10, 26), date(2027, 3, 25), date(2027, 3, 29)]
    entries = [
        Entry(str(day), instant_of(day, 540, HOME), instant_of(day, 1020, HOME), "Meeting")
        for day in days
    ]
    stamp = datetime(2026, 1, 1, tzinfo=UTC)
    content = to_ics(entries, name="Days", host="example.org", stamp=stamp)
    calendar = Calendar.from_ical(content)
    starts = [event["DTSTART"].dt for event in calendar.walk("VEVENT")]
    assert [start.isoformat()[:16] for start in starts] == [f"{day}T09:00" for day in days]
    assert [start.astimezone(UTC).hour for start in starts] == [6, 7, 7, 6]
    (zone,) = calendar.walk("VTIMEZONE")  # for a calendar that knows no zones by name
    own = zone.to_tz(lookup_tzid=False)
    walls = [start.replace(tzinfo=own).astimezone(UTC).hour for start in starts]
    assert walls == [6, 7, 7, 6]
