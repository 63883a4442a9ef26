"""Which groups stand where, and what should be seen to first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jobsearch.desk.staff.rules import (
    ICONS,
    Alert,
    Concern,
    GroupFigures,
    GroupPhase,
    alerts_of_group,
    in_order,
    phase_of,
)

FIRST, LAST = date(2026, 11, 16), date(2026, 12, 3)
GROUP = GroupFigures(
    id="g",
    name="Group 7",
    programme_id="p",
    coach=None,
    first=FIRST,
    last=LAST,
    seats=6,
    follow_up_months=3,
    people=6,
    asked=0,
    employed=0,
    analyses=0,
    unapproved=0,
    interviews=0,
)


@pytest.mark.parametrize(
    ("today", "phase"),
    [
        (date(2026, 11, 15), GroupPhase.RECRUITING),
        (FIRST, GroupPhase.RUNNING),
        (LAST, GroupPhase.RUNNING),
        (date(2026, 12, 4), GroupPhase.FOLLOW_UP),
        (date(2027, 3, 3), GroupPhase.FOLLOW_UP),
        (date(2027, 3, 4), None),
    ],
)
def test_a_group_recruits_works_and_is_followed(today, phase):
    assert phase_of(GROUP, today) is phase


def _concerns(group, today):
    return {(alert.concern, alert.count) for alert in alerts_of_group(group, today)}


@pytest.mark.parametrize(
    ("change", "today", "expected"),
    [
        ({"people": 4}, FIRST - timedelta(days=22), set()),
        ({"people": 4}, FIRST - timedelta(days=21), {(Concern.SEATS_FREE, 2)}),
        ({}, FIRST - timedelta(days=2), set()),
        ({}, LAST - timedelta(days=8), set()),
        ({"analyses": 2}, LAST - timedelta(days=7), {(Concern.ANALYSES_UNWRITTEN, 4)}),
        ({"analyses": 6}, LAST, set()),
        ({}, date(2027, 2, 16), set()),
        ({"asked": 1}, date(2027, 2, 17), {(Concern.FOLLOW_UP_DUE, 5)}),
        ({"asked": 6}, date(2027, 3, 3), set()),
        ({}, date(2027, 3, 4), set()),
        ({"unapproved": 9}, FIRST, {(Concern.HOURS_TO_APPROVE, 9)}),
    ],
)
def test_a_group_is_brought_up_when_its_time_comes(change, today, expected):
    assert _concerns(replace(GROUP, **change), today) == expected


def test_the_most_urgent_comes_first_and_of_those_the_oldest():
    late = Alert(Concern.HOURS_MISSING, group="G", name="B", on=date(2026, 11, 20))
    later = Alert(Concern.HOURS_MISSING, group="G", name="A", on=date(2026, 11, 23))
    absent = Alert(Concern.ABSENCE_UNSETTLED, group="A", name="A")
    seats = Alert(Concern.SEATS_FREE, group="A", on=date(2026, 11, 1))
    assert in_order([seats, later, absent, late]) == [late, later, absent, seats]
    assert [alert.is_urgent for alert in (late, absent, seats)] == [True, True, False]


def test_every_concern_has_a_sign():
    assert set(ICONS) == set(Concern)
