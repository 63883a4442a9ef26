"""Who is stuck: whom each rule names and whom it leaves alone; when alerts begin and end."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jobsearch.attendance.rules import Mark
from jobsearch.coaching.alerts.mail import news_of
from jobsearch.coaching.alerts.precision import Line
from jobsearch.coaching.alerts.queries import What
from jobsearch.coaching.alerts.raising import Ended, to_end, to_raise
from jobsearch.coaching.alerts.rules import (
    ALERT_RULES,
    DEEDS,
    UNANSWERED,
    AlertRule,
    DayOf,
    Fact,
    Searcher,
    Sent,
    facts_of,
)
from jobsearch.feedback.pulses.rules import has_fallen

TODAY = date(2026, 11, 24)  # a Tuesday
MON, WED, TUE = date(2026, 11, 23), date(2026, 11, 18), date(2026, 11, 17)
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def _day(on, mark=Mark.PRESENT, goal=0, done=0):
    return DayOf(f"{on}", on, 270, mark, False, goal, done)


WELL = Searcher(
    enrolment_id="e",
    person_id="p",
    cohort_id="c",
    first=date(2026, 11, 16),
    waiting_from=None,
    last_logged=MON,
    days=(_day(TODAY, None), _day(MON, goal=2, done=2), _day(WED, goal=2, done=1), _day(TUE)),
)
SILENT = replace(WELL, last_logged=TUE)


def _rules(one):
    return [fact.rule for fact in facts_of(one, TODAY)]


def test_nobody_who_is_well_under_way_is_named():
    assert facts_of(WELL, TODAY) == []


def test_two_days_at_work_without_an_action_are_a_reason_and_days_away_are_none():
    assert facts_of(SILENT, TODAY) == [Fact(AlertRule.NO_ACTION, on=TUE)]
    away = (_day(MON, Mark.PAID_ABSENCE), _day(WED), _day(TUE, Mark.UNPAID_ABSENCE))
    assert _rules(replace(SILENT, days=away)) == []


def test_who_has_not_begun_is_named_for_nothing():
    unmarked = tuple(replace(day, mark=None) for day in WELL.days)
    assert _rules(replace(SILENT, days=unmarked)) == []
    assert _rules(replace(SILENT, days=unmarked, waiting_from=TUE)) == [AlertRule.NO_ACTION]


def test_far_under_the_goals_is_said_where_something_is_done_at_all():
    days = (_day(MON, goal=3, done=1), _day(WED, goal=3, done=1))
    assert facts_of(replace(WELL, days=days), TODAY) == [Fact(AlertRule.UNDER_GOAL, WED, MON, 2, 6)]
    assert _rules(replace(SILENT, days=days)) == [AlertRule.NO_ACTION]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (Sent(UNANSWERED, TUE), True),
        (Sent(UNANSWERED - 1, TUE), False),
        (Sent(30, TUE, is_answered=True), False),
    ],
)
def test_many_actions_without_any_reply_are_a_reason(sent, said):
    found = facts_of(replace(WELL, sent=sent), TODAY)
    assert found == ([Fact(AlertRule.NO_REPLY, on=TUE, count=10)] if said else [])


def test_who_asks_for_help_is_named_first_and_beside_what_else_holds():
    assert _rules(replace(SILENT, asked_on=MON)) == [
        AlertRule.ASKED_FOR_HELP,
        AlertRule.NO_ACTION,
    ]


def test_an_open_alert_is_not_raised_again():
    key = ("e", AlertRule.NO_ACTION)
    assert [fact.rule for _one, fact in to_raise([SILENT], set(), {}, TODAY)] == [key[1]]
    assert to_raise([SILENT], {key}, {}, TODAY) == []


@pytest.mark.parametrize(("ended_on", "said"), [(MON, False), (WED, True), (TUE, True)])
def test_after_a_coach_has_ended_it_a_rule_is_silent_for_two_days_at_work(ended_on, said):
    ended = {("e", AlertRule.NO_ACTION): Ended(AT, ended_on)}
    one = replace(SILENT, last_logged=None)
    assert bool(to_raise([one], set(), ended, TODAY)) is said


def test_about_replies_it_is_silent_for_five_days_at_work():
    one = replace(WELL, sent=Sent(12, TUE))
    assert to_raise([one], set(), {("e", AlertRule.NO_REPLY): Ended(AT, TUE)}, TODAY) == []
    longer = replace(one, days=tuple(_day(date(2026, 11, n)) for n in (23, 20, 19, 18, 17)))
    assert to_raise([longer], set(), {("e", AlertRule.NO_REPLY): Ended(AT, TUE)}, TODAY)


def test_a_new_call_for_help_is_heard_at_once_and_the_old_one_not_twice():
    ended = {("e", AlertRule.ASKED_FOR_HELP): Ended(AT, MON)}
    old = replace(WELL, asked_at=AT.replace(hour=7), asked_on=MON)
    assert to_raise([old], set(), ended, TODAY) == []
    new = replace(WELL, asked_at=AT.replace(hour=9), asked_on=MON)
    assert len(to_raise([new], set(), ended, TODAY)) == 1


def test_an_alert_ends_when_its_rule_holds_no_more_and_not_before():
    key = ("e", AlertRule.NO_ACTION)
    assert to_end({key}, [SILENT], TODAY) == set()
    assert to_end({key}, [WELL], TODAY) == {key}
    assert to_end({key}, [], TODAY) == set()  # the group does not work today


def test_goals_that_are_hidden_behind_silence_do_not_end():
    key = ("e", AlertRule.UNDER_GOAL)
    days = (_day(MON, goal=3), _day(WED, goal=3))
    assert to_end({key}, [replace(SILENT, days=days)], TODAY) == set()


def test_what_a_person_let_her_coach_know_is_not_ended_by_the_morning():
    assert to_end({("e", AlertRule.CONFIDENCE_DOWN)}, [WELL], TODAY) == set()


@pytest.mark.parametrize(
    ("scores", "fallen"),
    [
        ([], False),
        ([("a", 1, 4)], False),
        ([("a", 1, 4), ("a", 6, 3)], False),  # one step is the mood of a day
        ([("a", 1, 4), ("a", 6, 2)], True),
        ([("a", 6, 2), ("a", 1, 4)], True),
        ([("a", 1, 4), ("a", 6, 3), ("b", 1, 3), ("b", 6, 2)], True),
        ([("a", 1, 4), ("a", 6, 2), ("b", 1, 3), ("b", 6, 4)], False),
        ([("a", 1, 4), ("b", 6, 1)], False),  # not over the same question
        ([("a", 1, 4), ("a", 6, 1), ("a", 12, 4)], False),  # it has come back
    ],
)
def test_confidence_has_gone_down_when_the_same_questions_lose_two_points_in_all(scores, fallen):
    assert has_fallen(scores) is fallen


def test_every_rule_has_words_a_source_a_name_and_two_deeds():
    assert set(ALERT_RULES) == set(DEEDS) == set(AlertRule)
    assert all(rule.words and rule.source and rule.name for rule in ALERT_RULES.values())


def test_a_message_counts_by_group_and_rule_and_names_nobody():
    told = [("Group 8", AlertRule.NO_ACTION), ("Group 7", AlertRule.NO_ACTION)] * 2
    lines = news_of([*told, ("Group 7", AlertRule.ASKED_FOR_HELP)])
    assert [str(line) for line in lines] == [
        "Group 7: people who have asked for help: 1.",
        "Group 7: people who have logged nothing for two days at work: 2.",
        "Group 8: people who have logged nothing for two days at work: 2.",
    ]


@pytest.mark.parametrize(
    ("helpful", "needless", "percent", "interval"),
    [(4, 0, None, None), (4, 1, "80", ("38", "96")), (0, 0, None, None)],
)
def test_under_five_verdicts_there_is_no_share(helpful, needless, percent, interval):
    rate = Line(None, {What.HELPFUL: helpful, What.NEEDLESS: needless}).rate
    assert (rate.ratio.percent, rate.interval) == (percent, interval)
