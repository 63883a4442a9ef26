"""What may be logged, and how people are named to their group."""

from datetime import date

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.people.rules import (
    BoardName,
    mask_account,
    mask_identity_code,
    shown_name,
    shown_names,
)
from jobsearch.tracker.rules import (
    ACTIVITIES,
    LOOKS,
    SEARCH_ACTIVITIES,
    ActionSource,
    Activity,
    check_change,
    check_goal,
    check_goal_day,
    check_log_day,
)

FIRST, TODAY = date(2026, 11, 16), date(2026, 11, 24)


@pytest.mark.parametrize("on", [FIRST, TODAY, date(2026, 11, 20)])
def test_any_day_from_the_groups_first_to_today_can_be_logged(on):
    check_log_day(on, FIRST, TODAY)


@pytest.mark.parametrize("on", [date(2026, 11, 15), date(2026, 11, 25)])
def test_a_day_before_the_group_or_ahead_cannot(on):
    with pytest.raises(RuleBroken):
        check_log_day(on, FIRST, TODAY)


@pytest.mark.parametrize("activity", SEARCH_ACTIVITIES)
@pytest.mark.parametrize(("target", "fits"), [(0, True), (50, True), (-1, False), (51, False)])
def test_a_goal_is_from_0_to_50(activity, target, fits):
    if fits:
        check_goal(activity, target)
    else:
        with pytest.raises(RuleBroken):
            check_goal(activity, target)


def test_an_interview_has_no_goal():
    with pytest.raises(RuleBroken):
        check_goal(Activity.INTERVIEW, 1)


def test_goals_are_for_the_days_of_the_group():
    check_goal_day(FIRST, FIRST, TODAY)
    check_goal_day(TODAY, FIRST, TODAY)
    for on in (date(2026, 11, 15), date(2026, 11, 25)):
        with pytest.raises(RuleBroken):
            check_goal_day(on, FIRST, TODAY)


def test_only_what_a_person_logged_can_be_changed():
    check_change(ActionSource.OWN)
    check_change(ActionSource.PROXY)
    with pytest.raises(RuleBroken):
        check_change(ActionSource.IMPORTED)


def test_each_activity_has_words_an_icon_and_a_colour_of_its_own():
    assert tuple(LOOKS) == ACTIVITIES
    assert len({look.cls for look in LOOKS.values()}) == 4
    assert len({look.icon for look in LOOKS.values()}) == 4


def test_a_name_is_shown_as_the_person_chose():
    assert shown_name("Pia", "Pihlaja", BoardName.FIRST) == "Pia"
    assert shown_name("Pia", "Pihlaja", BoardName.FULL) == "Pia Pihlaja"
    assert shown_name("Pia", "Pihlaja", BoardName.TOTALS) is None


def test_two_of_the_same_first_name_get_a_letter_more():
    names = shown_names(
        [
            ("1", "Pia", "Pihlaja", BoardName.FIRST),
            ("2", "Pia", "Salo", BoardName.FIRST),
            ("3", "Otto", "Oksanen", BoardName.FIRST),
        ]
    )
    assert names == {"1": "Pia P.", "2": "Pia S.", "3": "Otto"}


def test_who_is_only_in_the_totals_has_no_name_and_doubles_nobody():
    names = shown_names(
        [("1", "Pia", "Pihlaja", BoardName.FIRST), ("2", "Pia", "Salo", BoardName.TOTALS)]
    )
    assert names == {"1": "Pia"}


def test_codes_are_masked():
    assert mask_identity_code("131052-308T") == "131052-••••"
    assert mask_account("FI2112345600000785") == "FI•• •••• 0785"
