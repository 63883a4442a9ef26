"""The duty to search: which number holds for a month, and what is counted against it."""

from datetime import date

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import Span, month_of
from jobsearch.tracker.duty.rules import (
    COUNTED,
    MOST_MONTHS,
    OwnNumber,
    check_number,
    expected_of,
    month_from,
    months_of,
)
from jobsearch.tracker.rules import Activity

TODAY = date(2026, 11, 24)
NOV, OCT = date(2026, 11, 1), date(2026, 10, 1)


def _own(from_month=NOV, number=4, months=1):
    return OwnNumber(from_month, number, months, "Plan")


def test_applications_contacts_and_open_applications_count_and_interviews_do_not():
    assert set(COUNTED) == set(Activity) - {Activity.INTERVIEW}


@pytest.mark.parametrize(
    ("month", "number"),
    [
        (date(2022, 4, 1), None),
        (date(2022, 5, 1), 4),  # it began on the second
        (date(2025, 12, 1), 4),
        (date(2026, 1, 1), None),
        (NOV, None),
    ],
)
def test_the_rule_of_the_law_holds_only_while_it_is_known_to(month, number):
    found = expected_of(month, [])
    assert (found and found.number) == number
    assert found is None or not found.is_own


def test_her_own_number_wins_from_its_month_on():
    own = [_own(date(2025, 11, 1), 2)]
    assert expected_of(date(2025, 10, 1), own).number == 4
    assert expected_of(date(2025, 11, 1), own).number == 2
    assert expected_of(NOV, own).is_own


def test_of_two_of_one_month_the_one_that_was_set_later_holds():
    assert expected_of(NOV, [_own(number=4), _own(number=2)]).number == 2


def test_a_number_of_none_is_a_number():
    assert expected_of(NOV, [_own(number=0)]).number == 0
    (month,) = months_of({}, [_own(number=0)], TODAY)
    assert month.is_enough is True


@pytest.mark.parametrize(
    ("month", "first"),
    [(NOV, NOV), (date(2027, 1, 1), NOV), (date(2027, 2, 1), date(2027, 2, 1))],
)
def test_one_in_three_months_counts_three_months_together(month, first):
    span = expected_of(month, [_own(number=1, months=3)]).span
    assert (span.first, len(span.months())) == (first, 3)


def test_an_act_of_the_first_month_counts_in_the_other_two():
    own = [_own(date(2026, 9, 1), 1, 3)]
    months = months_of({date(2026, 9, 1): (1, 0)}, own, TODAY)
    assert [(one.first.month, one.done, one.is_enough) for one in months] == [
        (11, 0, True),
        (10, 0, True),
        (9, 1, True),
    ]
    assert all(one.is_of_several for one in months)


def test_the_months_go_from_the_first_act_to_this_one_the_newest_first():
    months = months_of({OCT: (3, 1)}, [_own(OCT)], TODAY)
    assert [one.first for one in months] == [NOV, OCT]
    assert [(one.done, one.imported, one.missing) for one in months] == [(0, 0, 4), (3, 1, 1)]
    assert not months[0].is_of_several and months[0].expected.span == month_of(NOV)


def test_where_no_number_is_known_nothing_is_guessed():
    (month,) = months_of({}, [], TODAY)
    assert (month.expected, month.is_enough, month.missing) == (None, None, 0)


def test_months_without_an_act_and_without_a_number_of_her_own_are_left_out():
    months = months_of({date(2021, 5, 1): (7, 7)}, [], TODAY)
    assert [one.first for one in months] == [NOV, date(2021, 5, 1)]
    months = months_of({date(2021, 5, 1): (7, 7)}, [_own(OCT)], TODAY)
    assert [one.first for one in months] == [NOV, OCT, date(2021, 5, 1)]


def test_old_months_are_cut():
    assert len(months_of({}, [_own(date(2020, 1, 1))], TODAY)) == MOST_MONTHS
    every = {date(year, month, 1): (1, 0) for year in (2024, 2025) for month in range(1, 13)}
    assert [one.first for one in months_of(every, [], TODAY)][:2] == [NOV, date(2025, 12, 1)]
    assert len(months_of(every, [], TODAY)) == MOST_MONTHS


def test_a_number_that_begins_next_month_changes_nothing_yet():
    (month,) = months_of({}, [_own(date(2026, 12, 1))], TODAY)
    assert (month.first, month.expected) == (NOV, None)


@pytest.mark.parametrize(
    ("number", "months", "source", "field"),
    [
        (-1, 1, "Plan", "number"),
        (21, 1, "Plan", "number"),
        (4, 2, "Plan", "months"),
        (4, 1, "", "source"),
    ],
)
def test_a_number_that_cannot_be_is_refused_on_its_field(number, months, source, field):
    with pytest.raises(RuleBroken) as broken:
        check_number(number, months, source)
    assert broken.value.field == field


def test_a_number_that_can_be_is_kept():
    check_number(0, 1, "Plan")
    check_number(20, 3, "Plan")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", NOV),
        ("2026-13", None),
        ("", None),
        ("x", None),
        ("9999-12", None),
        ("2026-11-01", None),
    ],
)
def test_a_month_is_read_from_an_address(text, month):
    assert month_from(text) == month


def test_a_span_of_three_months_ends_with_the_last_day_of_the_third():
    found = expected_of(NOV, [_own(number=1, months=3)])
    assert found.span == Span(NOV, date(2027, 1, 31))
