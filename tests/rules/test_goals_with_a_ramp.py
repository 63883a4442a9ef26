"""Goals that grow week by week: proposed, never imposed."""

from datetime import date, timedelta

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.tracker.goals.rules import (
    PILOT,
    GoalDay,
    check_not_behind,
    check_ramp,
    proposals,
    shipped_ramp,
)
from jobsearch.tracker.rules import SEARCH_ACTIVITIES, Activity

TODAY = date(2026, 11, 24)
CONTACT = Activity.EMPLOYER_CONTACT


def test_the_shipped_proposal_grows_from_two_to_five_a_day() -> None:
    ramp = shipped_ramp()
    assert [sum(ramp[week].values()) for week in (1, 2, 3)] == [2, 3, 5]
    assert all(tuple(targets) == SEARCH_ACTIVITIES for targets in ramp.values())
    assert PILOT.value == "1.3"


def test_a_longer_programme_goes_on_as_in_its_third_week() -> None:
    ramp = shipped_ramp(5)
    assert list(ramp) == [1, 2, 3, 4, 5]
    assert ramp[5] == ramp[3]


@pytest.mark.parametrize(("weeks", "is_wrong"), [([1, 12], False), ([0], True), ([13], True)])
def test_a_ramp_has_from_one_to_twelve_weeks(weeks, is_wrong) -> None:
    if is_wrong:
        with pytest.raises(RuleBroken):
            check_ramp(weeks)
    else:
        check_ramp(weeks)


def test_days_behind_are_only_to_read() -> None:
    check_not_behind(TODAY, TODAY)
    with pytest.raises(RuleBroken):
        check_not_behind(TODAY - timedelta(days=1), TODAY)
    assert not GoalDay("d", TODAY - timedelta(days=1), 1, {}, {}, today=TODAY).can_be_set
    assert GoalDay("d", TODAY, 1, {}, {}, today=TODAY).can_be_set


def test_only_days_without_any_goal_are_proposed_for() -> None:
    later = TODAY + timedelta(days=7)
    found = proposals(
        [(TODAY, 2), (later, 9)],
        [("e1", "p1"), ("e2", "p2")],
        [("e1", TODAY)],
        {1: {CONTACT: 1}, 2: {CONTACT: 3}},
    )
    assert [(one.enrolment_id, one.on, one.goals) for one in found] == [
        ("e2", TODAY, {CONTACT: 3}),
        ("e1", later, {CONTACT: 3}),  # beyond the ramp it goes on as in its last week
        ("e2", later, {CONTACT: 3}),
    ]


@pytest.mark.parametrize("ramp", [{}, {1: {CONTACT: 0}}])
def test_a_ramp_of_nothing_proposes_nothing(ramp) -> None:
    assert proposals([(TODAY, 1)], [("e", "p")], [], ramp) == []


def test_interviews_are_not_in_the_sum_beside_the_goal() -> None:
    done = {CONTACT: 2, Activity.INTERVIEW: 1}
    assert GoalDay("d", TODAY, 1, {CONTACT: 3}, done, today=TODAY).done_in_all == 2
