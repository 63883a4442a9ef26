"""Days of work as instants, across changes of the clock."""

from datetime import UTC, date, datetime

import pytest

from jobsearch.core.periods import instant_of, time_of

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
