"""Who needs a word and why: each rule with who it names and whom it leaves alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jobsearch.attendance.rules import Mark
from jobsearch.desk.staff.words.rules import (
    RULES,
    DayOf,
    Deed,
    Known,
    Reason,
    Talked,
    Why,
    next_working_day,
    who_needs_a_word,
    whys_of,
)

TODAY = date(2026, 11, 24)  # a Tuesday
MON, WED, TUE = date(2026, 11, 23), date(2026, 11, 18), date(2026, 11, 17)
SOON = datetime(2026, 11, 25, 9, tzinfo=UTC)
ENOUGH = Talked(held=2, latest=SOON - timedelta(days=3), next=None, days_gone=2, days=4)


def _day(on, mark=Mark.PRESENT, goal=0, done=0, has_told=False):
    return DayOf(f"{on}", on, 270, mark, has_told, goal, done)


WELL = Known(
    enrolment_id="e",
    person_id="p",
    cohort_id="c",
    group="Group 7",
    given_name="Jari",
    family_name="Koskimies",
    first=date(2026, 11, 16),
    last_logged=TODAY,
    is_signed=True,
    talks=ENOUGH,
    days=(_day(TODAY, None), _day(MON, goal=2, done=2), _day(WED, goal=2, done=1), _day(TUE)),
)


def _reasons(one, today=TODAY):
    return [why.reason for why in whys_of(one, today)]


def test_nobody_who_is_well_under_way_is_named():
    assert whys_of(WELL, TODAY) == []
    assert who_needs_a_word([WELL], TODAY) == []


@pytest.mark.parametrize(
    ("last", "said"),
    [(None, True), (TUE, True), (WED, False), (date(2026, 11, 19), False), (TODAY, False)],
)
def test_no_action_since_the_last_two_days_at_work_is_a_reason(last, said):
    found = whys_of(replace(WELL, last_logged=last), TODAY)
    assert found == ([Why(Reason.SILENT, on=last)] if said else [])


def test_days_away_are_no_days_without_an_action():
    days = (_day(MON, Mark.PAID_ABSENCE), _day(WED), _day(TUE, Mark.UNPAID_ABSENCE))
    assert _reasons(replace(WELL, last_logged=None, days=days)) == []
    # the day before the absence counts with the one after it
    days = (_day(MON), _day(WED, Mark.PAID_ABSENCE), _day(TUE))
    assert _reasons(replace(WELL, last_logged=date(2026, 11, 16), days=days)) == [Reason.SILENT]


def test_a_day_that_nobody_marked_is_no_absence():
    days = (_day(TODAY, None), _day(MON, None), _day(WED, None))
    assert _reasons(replace(WELL, last_logged=None, days=days)) == [Reason.SILENT]


@pytest.mark.parametrize(
    ("monday", "wednesday", "said"),
    [
        ((3, 1), (2, 0), True),
        ((3, 1), (2, 1), False),  # a half is no less than half
        ((1, 0), (3, 1), True),
        ((0, 0), (3, 1), False),  # no goal, nothing missed
        ((3, 1), (3, 3), False),
    ],
)
def test_less_than_half_on_both_days_is_a_reason(monday, wednesday, said):
    days = (_day(MON, Mark.PRESENT, *monday), _day(WED, Mark.PRESENT, *wednesday))
    found = whys_of(replace(WELL, days=days), TODAY)
    done, goal = monday[1] + wednesday[1], monday[0] + wednesday[0]
    assert found == ([Why(Reason.BELOW_HALF, WED, MON, done, goal)] if said else [])


def test_who_logged_nothing_is_not_told_of_her_goals_too():
    days = (_day(MON, goal=3), _day(WED, goal=3))
    assert _reasons(replace(WELL, days=days, last_logged=TUE)) == [Reason.SILENT]


@pytest.mark.parametrize(
    ("mark", "has_told", "said"),
    [
        (Mark.UNSETTLED_ABSENCE, False, True),
        (Mark.UNSETTLED_ABSENCE, True, False),
        (Mark.PAID_ABSENCE, False, False),  # who settled it has talked with her
        (Mark.PRESENT, False, False),
        (None, False, False),  # not marked is not away
    ],
)
def test_away_today_without_a_word_is_a_reason(mark, has_told, said):
    days = (_day(TODAY, mark, has_told=has_told), *WELL.days[1:])
    assert (Reason.AWAY_UNTOLD in _reasons(replace(WELL, days=days))) is said


@pytest.mark.parametrize(
    ("today", "monday", "wednesday", "span"),
    [
        (Mark.PAID_ABSENCE, Mark.UNPAID_ABSENCE, Mark.PRESENT, (MON, TODAY)),
        (None, Mark.PAID_ABSENCE, Mark.PAID_ABSENCE, (WED, MON)),
        (Mark.PRESENT, Mark.PAID_ABSENCE, Mark.PAID_ABSENCE, None),
        (None, Mark.PAID_ABSENCE, Mark.PRESENT, None),
        (None, Mark.PAID_ABSENCE, None, None),
    ],
)
def test_two_days_away_in_a_row_are_a_reason_of_whatever_kind(today, monday, wednesday, span):
    days = (_day(TODAY, today), _day(MON, monday), _day(WED, wednesday))
    found = whys_of(replace(WELL, days=days), TODAY)
    assert found == ([Why(Reason.AWAY_IN_A_ROW, *span)] if span else [])


@pytest.mark.parametrize(
    ("talks", "said"),
    [
        (Talked(0, None, None, 2, 4), True),
        (Talked(1, SOON, None, 2, 4), True),
        (Talked(0, None, None, 1, 4), False),  # the week is young
        (Talked(0, None, SOON, 2, 4), False),  # one is booked
        (Talked(2, SOON, None, 4, 4), False),
        (Talked(0, None, None, 0, 0), False),  # a week without work
        (None, False),  # not this reader's to know
    ],
)
def test_too_few_talks_are_a_reason_where_none_is_booked(talks, said):
    assert (Reason.FEW_TALKS in _reasons(replace(WELL, talks=talks))) is said


@pytest.mark.parametrize(
    ("first", "today", "said"),
    [
        (TODAY + timedelta(days=1), TODAY, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=2), TODAY, False),
        (date(2026, 11, 30), date(2026, 11, 27), True),  # Friday asks for Monday
        (date(2026, 12, 1), date(2026, 11, 27), False),
        (TODAY - timedelta(days=1), TODAY, True),
        (TODAY - timedelta(days=15), TODAY, True),
    ],
)
def test_an_unsigned_contract_is_a_reason_from_the_working_day_before_the_start_on(
    first, today, said
):
    coming = replace(WELL, first=first, is_signed=False, days=(), last_logged=None)
    assert _reasons(coming, today) == ([Reason.UNSIGNED] if said else [])
    assert _reasons(replace(coming, is_signed=True), today) == []


def test_before_a_signature_nothing_but_the_contract_is_asked():
    days = (_day(TODAY, Mark.UNSETTLED_ABSENCE), _day(MON, goal=2), _day(WED, goal=2))
    one = replace(WELL, last_logged=None, days=days, is_signed=False)
    assert _reasons(one) == [Reason.UNSIGNED]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (TODAY, True),
        (TODAY + timedelta(days=1), True),
        (TODAY + timedelta(days=2), False),
        (MON, False),
        (None, False),
    ],
)
def test_an_interview_of_today_or_of_the_next_working_day_is_a_reason(on, said):
    at = datetime(on.year, on.month, on.day, 13, tzinfo=UTC) if on else None
    found = whys_of(replace(WELL, interview_at=at), TODAY)
    assert found == ([Why(Reason.INTERVIEW, on=on, at=at)] if said else [])


def test_on_a_friday_the_interview_of_monday_is_near():
    at = datetime(2026, 11, 30, 13, tzinfo=UTC)
    one = replace(WELL, interview_at=at, talks=None)
    assert _reasons(one, date(2026, 11, 27)) == [Reason.INTERVIEW]


def test_who_asks_for_help_is_named_first_for_that():
    one = replace(WELL, asked_on=MON, last_logged=None)
    assert whys_of(one, TODAY)[0] == Why(Reason.ASKED_FOR_HELP, on=MON)
    assert _reasons(one) == [Reason.ASKED_FOR_HELP, Reason.SILENT]
    assert who_needs_a_word([one], TODAY)[0].deed is Deed.WRITE


NOTHING_DONE = replace(
    WELL,
    last_logged=None,
    talks=Talked(0, None, None, 2, 4),
    days=(_day(TODAY, None), _day(MON, None), _day(WED, None), _day(TUE, None)),
)


@pytest.mark.parametrize(
    ("since", "reasons"),
    [
        (TODAY, []),
        (MON, [Reason.FEW_TALKS]),
        (WED, [Reason.SILENT, Reason.FEW_TALKS]),
        (date(2026, 11, 9), [Reason.SILENT, Reason.FEW_TALKS]),
    ],
)
def test_who_joined_later_is_judged_by_the_days_since_then(since, reasons):
    assert _reasons(replace(NOTHING_DONE, waiting_from=since)) == reasons


def test_where_no_signing_is_known_the_first_marked_day_is_the_day_of_joining():
    days = (_day(TODAY, None), _day(MON), _day(WED, None), _day(TUE, None))
    one = replace(NOTHING_DONE, days=days)
    assert one.since == MON
    assert _reasons(one) == [Reason.FEW_TALKS]
    assert replace(one, days=()).since == one.first


def test_on_her_first_day_nothing_has_stopped_yet():
    days = (_day(TODAY, None, goal=0),)
    one = replace(WELL, first=TODAY, last_logged=None, days=days, talks=Talked(0, None, None, 1, 4))
    assert whys_of(one, TODAY) == []


def test_nobody_is_put_before_another():
    worse = replace(WELL, given_name="Mira", last_logged=None, days=(_day(MON), _day(WED)))
    away = replace(WELL, given_name="Aino", days=(_day(TODAY, Mark.UNSETTLED_ABSENCE),))
    for people in ([worse, away], [away, worse]):
        assert [word.who for word in who_needs_a_word(people, TODAY)] == people


@pytest.mark.parametrize(
    ("change", "deed"),
    [
        ({"last_logged": None}, Deed.OFFER),
        ({"last_logged": None, "talks": replace(ENOUGH, next=SOON)}, Deed.TALKS),
        ({"last_logged": None, "talks": None}, Deed.PERSON),
        ({"days": (_day(TODAY, Mark.UNSETTLED_ABSENCE),)}, Deed.WRITE),
        ({"days": (_day(TODAY, Mark.UNSETTLED_ABSENCE),), "talks": None}, Deed.PERSON),
        ({"first": TODAY + timedelta(days=1), "is_signed": False}, Deed.CHECKLIST),
    ],
)
def test_each_has_the_one_deed_that_helps(change, deed):
    (word,) = who_needs_a_word([replace(WELL, **change)], TODAY)
    assert word.deed is deed


def test_the_latest_talk_is_told_by_her_own_coach_alone():
    (word,) = who_needs_a_word([replace(WELL, last_logged=None)], TODAY)
    assert word.tells_talks
    (word,) = who_needs_a_word([replace(WELL, last_logged=None, talks=None)], TODAY)
    assert not word.tells_talks
    (word,) = who_needs_a_word([replace(WELL, talks=Talked(0, None, None, 2, 4))], TODAY)
    assert not word.tells_talks  # "no talk this week" says it


def test_every_reason_has_its_rule_and_its_source():
    assert set(RULES) == set(Reason)
    assert all(rule.words and rule.source for rule in RULES.values())


@pytest.mark.parametrize(
    ("today", "following"),
    [
        (TODAY, TODAY + timedelta(days=1)),
        (date(2026, 11, 27), date(2026, 11, 30)),  # Friday, Monday
        (date(2027, 3, 25), date(2027, 3, 30)),  # over Good Friday and Easter Monday
    ],
)
def test_the_next_working_day_is_neither_on_a_weekend_nor_on_a_holiday(today, following):
    assert next_working_day(today) == following


def test_before_easter_the_contracts_of_the_tuesday_after_it_are_asked_for():
    coming = replace(WELL, first=date(2027, 3, 30), is_signed=False, days=(), last_logged=None)
    assert _reasons(coming, date(2027, 3, 25)) == [Reason.UNSIGNED]
