"""What a digest says: one line for each concern, groups of the week, nothing when nothing is."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from jobsearch.desk.digest.rules import (
    SENTENCES,
    of_alerts,
    of_groups,
    of_inbox,
    of_messages,
    of_people,
    week_key,
)
from jobsearch.desk.staff.rules import Alert, Concern, GroupFigures
from jobsearch.desk.staff.words.rules import Reason

MONDAY = date(2026, 11, 23)
GROUP = GroupFigures(
    id="x",
    name="Group 7",
    programme_id="x",
    coach=None,
    first=MONDAY - timedelta(days=7),
    last=MONDAY + timedelta(days=10),
    seats=6,
    follow_up_months=3,
    people=6,
    asked=0,
    employed=0,
    analyses=0,
    unapproved=0,
    interviews=0,
)


@pytest.mark.parametrize("concern", list(Concern))
def test_every_concern_has_a_sentence_of_its_own(concern):
    assert concern in SENTENCES


def test_people_are_counted_and_counts_are_added_up():
    alerts = [
        Alert(Concern.SEATS_FREE, count=2),
        Alert(Concern.HOURS_MISSING, name="Pia", count=4),
        Alert(Concern.HOURS_MISSING, name="Otto", count=2),
        Alert(Concern.SEATS_FREE, count=1),
    ]
    assert [str(item.sentence) for item in of_alerts(alerts)] == [
        "Days that nobody has marked: 2.",
        "Free seats in groups that start soon: 3.",
    ]


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (0, 17, ["Group 7 starts this week."]),
        (6, 20, ["Group 7 starts this week."]),
        (7, 24, []),
        (-1, 30, []),
        (-14, 0, ["Group 7 ends this week."]),
        (-14, 6, ["Group 7 ends this week."]),
        (-14, 7, []),
        (0, 4, ["Group 7 starts this week.", "Group 7 ends this week."]),
    ],
)
def test_a_group_is_named_in_the_week_in_which_it_starts_or_ends(first, last, says):
    days = {"first": MONDAY + timedelta(days=first), "last": MONDAY + timedelta(days=last)}
    group = replace(GROUP, **days)
    assert [str(item.sentence) for item in of_groups([group], MONDAY)] == says


def test_where_nothing_is_there_is_nothing_to_say():
    assert of_alerts([]) == of_groups([], MONDAY) == of_messages(0) == of_inbox(0, 0) == []
    assert of_people(Counter()) == []


def test_people_who_ask_for_help_or_are_silent_are_told_as_numbers():
    counts = Counter({Reason.SILENT: 2, Reason.ASKED_FOR_HELP: 1, Reason.FEW_TALKS: 5})
    assert [str(item.sentence) for item in of_people(counts)] == [
        "People who have asked for help: 1.",
        "People who have logged nothing for two working days: 2.",
    ]


def test_an_inbox_tells_how_many_and_nothing_else():
    assert [str(item.sentence) for item in of_inbox(1, 2)] == [
        "Analyses that you have not opened: 1.",
        "Analyses whose permission ends within two weeks: 2.",
    ]


def test_a_week_has_one_key_over_the_turn_of_the_year():
    assert week_key(date(2026, 12, 28)) == "2026-W53"
    assert week_key(date(2027, 1, 4)) == "2027-W01"
