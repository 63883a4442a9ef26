"""The funnel's moves and exits, and where a person stands on a day of follow-up."""

from datetime import date
from itertools import product

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.outcomes.rules import (
    Answer,
    Followed,
    OutcomeKind,
    State,
    When,
    check_outcome,
    closes_on,
    state_on,
    when_it_began,
)
from jobsearch.programmes.costs.rules import CostKind, kind_of
from jobsearch.recruitment.rules import (
    NEXT,
    ExitReason,
    Stage,
    check_exit,
    check_move,
    reached,
)
from jobsearch.recruitment.sheets.rules import reason_in, stage_from_sheet


@pytest.mark.parametrize(("now", "to"), list(product(Stage, Stage)))
def test_a_candidate_moves_only_along_the_table(now, to):
    if to in NEXT[now]:
        check_move(now, to)
    else:
        with pytest.raises(RuleBroken):
            check_move(now, to)


def test_who_has_left_neither_moves_nor_leaves_again():
    with pytest.raises(RuleBroken, match="bring them back"):
        check_move(Stage.SIGNED, Stage.STARTED, ExitReason.FOUND_WORK)
    with pytest.raises(RuleBroken, match="left already"):
        check_exit(Stage.SIGNED, ExitReason.DECLINED, ExitReason.FOUND_WORK)


@pytest.mark.parametrize(("stage", "reason"), list(product(Stage, ExitReason)))
def test_every_exit_is_allowed_but_those_that_cannot_be_true(stage, reason):
    impossible = (
        stage is Stage.STARTED
        or (reason is ExitReason.DID_NOT_COME and stage in (Stage.REFERRED, Stage.CONTACTED))
        or (reason is ExitReason.NOT_REACHED and stage not in (Stage.REFERRED, Stage.CONTACTED))
    )
    if impossible:
        with pytest.raises(RuleBroken):
            check_exit(stage, reason)
    else:
        check_exit(stage, reason)


def test_a_stage_reached_counts_every_one_before_it():
    assert reached(Stage.INVITED) == (Stage.REFERRED, Stage.CONTACTED, Stage.INVITED)


@pytest.mark.parametrize(
    ("words", "stage", "reason", "returned"),
    [
        (("saapui", "valittu", True, ""), Stage.STARTED, None, False),
        (
            ("saapui", "valittu", True, "työllistyi ennen aloitusta"),
            Stage.SIGNED,
            ExitReason.FOUND_WORK,
            False,
        ),
        (
            ("saapui", "valittu", True, "työllistyi ennen aloitusta, palasi kun keikka päättyi"),
            Stage.STARTED,
            None,
            True,
        ),
        (("ei saapunut", "ei valittu", True, ""), Stage.INVITED, ExitReason.DID_NOT_COME, False),
        (("", "ei valittu", False, "ei tavoitettu"), Stage.REFERRED, ExitReason.NOT_REACHED, False),
        (("", "ei valittu", True, "opiskelupaikka"), Stage.INVITED, ExitReason.STUDIES, False),
        (("saapui", "ei valittu", True, ""), Stage.ATTENDED, ExitReason.OTHER, False),
        (("", "", False, ""), Stage.REFERRED, None, False),
    ],
)
def test_the_words_of_a_row_tell_the_stage(words, stage, reason, returned):
    came, decision, invited, note = words
    told = stage_from_sheet(came=came, decision=decision, invited=invited, note=note)
    assert (told.stage, told.exit_reason, told.returned) == (stage, reason, returned)


def test_an_unknown_reason_is_other_and_no_note_is_none():
    assert reason_in("muutti pois") is ExitReason.OTHER
    assert reason_in("  ") is None


WINDOW = date(2022, 1, 7)


@pytest.mark.parametrize(
    ("found_on", "answer", "as_of", "state"),
    [
        (date(2021, 10, 18), None, date(2022, 1, 10), State.FOUND_WORK),
        (date(2021, 10, 18), None, date(2021, 10, 17), State.OPEN),
        (date(2021, 10, 1), None, date(2021, 10, 7), State.FOUND_WORK),
        (date(2022, 1, 8), Answer.NOT_IN_WORK, date(2022, 1, 10), State.NOT_IN_WORK),
        (None, None, date(2022, 1, 7), State.OPEN),
        (None, None, date(2022, 1, 8), State.UNKNOWN),
        (None, Answer.UNKNOWN, date(2022, 1, 8), State.UNKNOWN),
        (None, Answer.NOT_IN_WORK, date(2022, 1, 8), State.NOT_IN_WORK),
        (None, Answer.NOT_IN_WORK, date(2022, 1, 7), State.OPEN),
    ],
)
def test_where_a_person_stands_on_a_day(found_on, answer, as_of, state):
    assert state_on(Followed(WINDOW, found_on, answer), as_of) is state


def test_the_window_of_group_three_had_closed_on_the_tenth_and_of_group_four_not():
    assert closes_on(date(2021, 10, 7)) == WINDOW
    assert closes_on(date(2021, 11, 11)) == date(2022, 2, 11)
    assert closes_on(date(2021, 11, 30)) == date(2022, 2, 28)


def test_work_begins_before_during_or_after():
    first, last = date(2021, 9, 20), date(2021, 10, 7)
    assert when_it_began(date(2021, 9, 19), first, last) is When.BEFORE_START
    assert when_it_began(last, first, last) is When.DURING
    assert when_it_began(date(2021, 10, 8), first, last) is When.AFTER


def test_an_outcome_cannot_end_before_it_begins_nor_lie_far_ahead():
    kind, day = OutcomeKind.FIXED_TERM_PART_TIME, date(2021, 9, 20)
    check_outcome(kind, day, day, day)
    with pytest.raises(RuleBroken, match="before the beginning"):
        check_outcome(kind, day, date(2021, 9, 19), day)
    with pytest.raises(RuleBroken, match="a year ahead"):
        check_outcome(kind, date(2023, 1, 1), None, day)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Työnhakijoiden palkat, lomakorvaukset ja kulukorvaukset", CostKind.WAGES),
        ("Tulosbonukset", CostKind.BONUSES),
        ("Työnantajan sivukulut", CostKind.ON_COSTS),
        ("Valmennus ja yksilöohjaus", CostKind.COACHING),
        ("Työsuhdehallinto", CostKind.EMPLOYMENT_ADMINISTRATION),
        ("Palkkahallinto", CostKind.EMPLOYMENT_ADMINISTRATION),
        ("Asiakasohjaus ja infot", CostKind.RECRUITMENT),
        ("Tutkimus ja tiedotus", CostKind.RESEARCH),
        ("Kahvi", CostKind.OTHER),
    ],
)
def test_a_cost_label_tells_its_kind(label, kind):
    assert kind_of(label) is kind
