"""What is counted of a company, and for how long a group leaves it alone."""

from datetime import date

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.tracker.companies.rules import (
    Deed,
    Tally,
    check_company,
    cools_from,
    free_on,
    tally,
)
from jobsearch.tracker.rules import Activity, Channel

CALL = Activity.EMPLOYER_CONTACT


def deed(
    channel: Channel | None = Channel.PHONE,
    activity: Activity = CALL,
    has_reply: bool = False,
    on: date = date(2026, 11, 24),
    key: str = "leipomo",
) -> Deed:
    return Deed("Leipomo Oy", key, channel, activity, has_reply, on)


def test_contacts_replies_and_interviews_are_counted_by_company_and_channel() -> None:
    found = tally(
        [
            deed(),
            deed(has_reply=True),
            deed(Channel.VISIT),
            deed(activity=Activity.ADVERTISED_APPLICATION),
            deed(activity=Activity.INTERVIEW, has_reply=True),
            deed(key="varasto"),
        ]
    )
    month = date(2026, 11, 1)
    assert found == {
        ("leipomo", Channel.PHONE): Tally(3, 2, 1, month),
        ("leipomo", Channel.VISIT): Tally(1, 0, 0, month),
        ("varasto", Channel.PHONE): Tally(1, 0, 0, month),
    }


def test_a_way_that_was_not_told_is_another_way() -> None:
    assert set(tally([deed(None), deed(Channel.OTHER)])) == {("leipomo", Channel.OTHER)}


def test_no_day_is_kept_but_the_first_of_the_latest_month() -> None:
    found = tally([deed(on=date(2026, 12, 31)), deed(on=date(2026, 11, 2))])
    assert found["leipomo", Channel.PHONE].last_month == date(2026, 12, 1)


def test_a_reply_that_came_later_is_no_second_contact() -> None:
    found = tally([deed(has_reply=True)], replies_only=True)
    assert found["leipomo", Channel.PHONE] == Tally(0, 1, 0, date(2026, 11, 1))


@pytest.mark.parametrize(("days", "first", "free"), [(1, 24, 25), (3, 22, 27)])
def test_a_company_cools_off_for_the_days_of_the_setting_today_included(days, first, free) -> None:
    today = date(2026, 11, 24)
    assert cools_from(today, days) == date(2026, 11, first)
    assert free_on(today, days) == date(2026, 11, free)
    assert free_on(cools_from(today, days), days) == date(2026, 11, 25)  # the last day of it


@pytest.mark.parametrize("name", ["", "x" * 121])
def test_a_company_has_a_name_of_at_most_120_letters(name) -> None:
    assert check_company("Rannikon Leipomo Oy") == "rannikon leipomo"
    with pytest.raises(RuleBroken):
        check_company(name)
