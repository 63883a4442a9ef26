"""What may be said of an action: a reply and its day, the day of a tap that waited, and twins."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.tracker.rules import Activity, LoggedBefore, Reply, check_reply, is_twin, tapped_on

DONE, TODAY = date(2026, 11, 18), date(2026, 11, 24)
APPLICATION, CONTACT, INTERVIEW = (
    Activity.ADVERTISED_APPLICATION,
    Activity.EMPLOYER_CONTACT,
    Activity.INTERVIEW,
)


@pytest.mark.parametrize(
    ("reply", "replied_on", "kept"),
    [
        (None, None, None),
        (Reply.LATER, None, TODAY),
        (Reply.NO, DONE, DONE),
        (Reply.INTERESTED, TODAY, TODAY),
    ],
)
def test_a_reply_has_a_day_between_the_action_and_today(reply, replied_on, kept):
    assert check_reply(reply, replied_on, DONE, TODAY) == kept


@pytest.mark.parametrize(
    ("reply", "replied_on", "field"),
    [
        (None, TODAY, "reply"),
        (Reply.NO, TODAY + timedelta(days=1), "replied_on"),
        (Reply.NO, DONE - timedelta(days=1), "replied_on"),
    ],
)
def test_a_reply_that_cannot_be_is_refused_on_its_field(reply, replied_on, field):
    with pytest.raises(RuleBroken) as refused:
        check_reply(reply, replied_on, DONE, TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("waited", "on"), [(0, 24), (20, 24), (59, 24), (61, 23), (86400, 23), (90000, 22)]
)
def test_a_tap_that_waited_has_the_day_on_which_it_was_tapped(waited, on):
    at = datetime(2026, 11, 24, 0, 1, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
    assert tapped_on(at, waited) == date(2026, 11, on)


@pytest.mark.parametrize(
    ("activity", "role", "other", "other_role", "twins"),
    [
        (APPLICATION, "Leipuri", APPLICATION, "leipuri ", True),
        (CONTACT, "Leipuri", APPLICATION, "LEIPURI", True),
        (INTERVIEW, "Leipuri", INTERVIEW, "Leipuri", True),
        (INTERVIEW, "Leipuri", APPLICATION, "Leipuri", False),
        (APPLICATION, "Leipuri", INTERVIEW, "Leipuri", False),
        (APPLICATION, "Leipuri", APPLICATION, "Myyjä", False),
        (APPLICATION, "Leipuri", APPLICATION, None, False),
    ],
)
def test_the_same_job_is_a_twin_and_an_interview_only_of_an_interview(
    activity, role, other, other_role, twins
):
    assert is_twin(activity, role, other, other_role) is twins


def test_the_question_names_employer_job_and_day():
    asked = LoggedBefore("Meriteräs", "Hitsaaja", DONE)
    assert asked.field is None
    assert asked.gaps == {"employer": "Meriteräs", "role": "Hitsaaja", "day": DONE}
