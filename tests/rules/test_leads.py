"""Leads: which moves there are, next steps, and when nothing has been heard for long."""

from datetime import date, timedelta

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.tracker.leads.rules import (
    ENDS,
    NEXT,
    OPEN_STAGES,
    SOURCE_NAMES,
    STAGE_NAMES,
    LeadSource,
    LeadStage,
    Signs,
    activity_of,
    check_move,
    check_next_step,
    is_silent,
    next_stage,
)
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.settings.rules import check_settings

TODAY = date(2026, 11, 24)


def _allowed(stage: LeadStage, to: LeadStage) -> bool:
    if stage is to:
        return False
    return stage in OPEN_STAGES or to in OPEN_STAGES


@pytest.mark.parametrize("stage", LeadStage)
@pytest.mark.parametrize("to", LeadStage)
def test_open_leads_move_anywhere_and_ended_ones_are_opened_first(
    stage: LeadStage, to: LeadStage
) -> None:
    if _allowed(stage, to):
        check_move(stage, to)
    else:
        with pytest.raises(RuleBroken):
            check_move(stage, to)
    assert set(NEXT) == set(LeadStage) == set(STAGE_NAMES)
    assert set(ENDS) | set(OPEN_STAGES) == set(LeadStage)


def test_the_likely_next_stage_is_one_of_the_moves() -> None:
    found = {stage: next_stage(stage) for stage in LeadStage}
    assert found[LeadStage.FOUND] is LeadStage.APPLIED
    assert found[LeadStage.OFFER] is LeadStage.HIRED
    assert all(found[end] is None for end in ENDS)
    assert all(to in NEXT[stage] for stage, to in found.items() if to)


@pytest.mark.parametrize(
    ("step", "on", "field"),
    [
        ("", None, None),
        ("Call", TODAY, None),
        ("Call", None, "next_step_on"),
        ("", TODAY, "next_step"),
    ],
)
def test_a_next_step_has_words_and_a_day_or_there_is_none(step, on, field) -> None:
    if field is None:
        check_next_step(step, on)
        return
    with pytest.raises(RuleBroken) as broken:
        check_next_step(step, on)
    assert broken.value.field == field


@pytest.mark.parametrize("source", LeadSource)
def test_what_is_logged_follows_from_where_it_was_heard(source: LeadSource) -> None:
    expected = {
        LeadSource.ADVERT: Activity.ADVERTISED_APPLICATION,
        LeadSource.PUBLIC_SERVICE: Activity.ADVERTISED_APPLICATION,
        LeadSource.AGENCY: Activity.AGENCY_APPLICATION,
    }
    assert activity_of(source) is expected.get(source, Activity.EMPLOYER_CONTACT)
    assert source in SOURCE_NAMES


@pytest.mark.parametrize(("days", "silent"), [(6, False), (7, True), (30, True)])
@pytest.mark.parametrize("sign", ["moved_on", "acted_on", "asked_on", "touched_on"])
def test_the_latest_sign_counts_whichever_it_is(sign: str, days: int, silent: bool) -> None:
    signs = {"moved_on": TODAY - timedelta(days=60)} | {sign: TODAY - timedelta(days=days)}
    assert is_silent(Signs(**signs), TODAY, 7) is silent
    assert Signs(**signs).quiet_days(TODAY) == days


@pytest.mark.parametrize(
    ("cooling", "quiet", "field"),
    [
        (0, 1, None),
        (30, 60, None),
        (31, 7, "cooling_days"),
        (-1, 7, "cooling_days"),
        (1, 0, "quiet_days"),
        (1, 61, "quiet_days"),
    ],
)
def test_settings_have_bounds(cooling: int, quiet: int, field: str | None) -> None:
    if field is None:
        check_settings(cooling, quiet)
        return
    with pytest.raises(RuleBroken) as broken:
        check_settings(cooling, quiet)
    assert broken.value.field == field
