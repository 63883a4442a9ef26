"""The five files of the pilot, as a provider has them, read into plain rows."""

from collections import Counter
from pathlib import Path

import pytest

from jobsearch.core.money import Money
from jobsearch.core.sheets import Sheet
from jobsearch.core.workbooks import read_sheets
from jobsearch.feedback.imports import parse_feedback
from jobsearch.feedback.rules import Question
from jobsearch.outcomes.imports import Result, parse_outcomes
from jobsearch.programmes.costs.imports import parse_costs
from jobsearch.programmes.costs.rules import WAGE_KINDS
from jobsearch.recruitment.rules import ExitReason, SessionForm, Stage
from jobsearch.recruitment.sheets.imports import parse_candidates
from jobsearch.tracker.imports import parse_tracker

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot"


def sheets(name: str) -> tuple[Sheet, ...]:
    return read_sheets((PILOT / name).read_bytes(), name)


@pytest.fixture(scope="module")
def tracker():
    return parse_tracker(sheets("seurantataulukko.xlsx"))


def test_the_candidates_give_the_funnel_of_the_pilot():
    found = parse_candidates(sheets("asiakkaat.csv"))
    left = Counter(candidate.exit_reason for candidate in found if candidate.exit_reason)
    signed = [one for one in found if one.stage in (Stage.SIGNED, Stage.STARTED)]
    assert len(found) == 34
    assert left == {
        ExitReason.DID_NOT_COME: 6,
        ExitReason.NOT_REACHED: 3,
        ExitReason.FOUND_WORK: 3,
        ExitReason.STUDIES: 1,
        ExitReason.DECLINED: 1,
    }
    assert len(signed) == 21
    assert sum(one.stage is Stage.STARTED for one in found) == 20


def test_who_found_work_after_signing_leaves_and_who_came_back_starts():
    by_name = {one.name: one for one in parse_candidates(sheets("asiakkaat.csv"))}
    minna, juha = by_name["Minna Tähti"], by_name["Juha Rinne"]
    assert (minna.stage, minna.exit_reason) == (Stage.SIGNED, ExitReason.FOUND_WORK)
    assert (juha.stage, juha.exit_reason, juha.returned) == (Stage.STARTED, None, True)
    assert by_name["Aada Hakala"].session_form is SessionForm.ONE_TO_ONE


def test_the_tracker_gives_240_person_days(tracker):
    assert len(tracker) == 240
    assert Counter(day.group for day in tracker) == {
        "Ryhmä 1": 72,
        "Ryhmä 2": 72,
        "Ryhmä 3": 60,
        "Ryhmä 4": 36,
    }
    assert len({day.name for day in tracker}) == 20


@pytest.mark.parametrize(
    ("kind", "total", "people"),
    [
        ("advertised_application", 107, 20),
        ("employer_contact", 164, 20),
        ("agency_application", 41, 10),
        ("interview", 20, 12),
    ],
)
def test_the_tracker_gives_the_totals_of_the_pilot(tracker, kind, total, people):
    assert sum(day.done[kind] for day in tracker) == total
    assert len({day.name for day in tracker if day.done[kind]}) == people


def test_hours_as_text_are_hours_and_a_day_off_sick_is_only_marked_absent(tracker):
    assert Counter(day.minutes for day in tracker) == {180: 76, 270: 159, 0: 5}
    assert [day.minutes for day in tracker if day.absent] == [0] * 5
    assert not any("sairas" in repr(day) or "CV valmis" in repr(day) for day in tracker)


def test_the_outcomes_are_eleven_found_and_two_open():
    found = Counter(one.result for one in parse_outcomes(sheets("tulokset.csv")))
    assert found == {Result.FOUND_WORK: 11, Result.NOT_IN_WORK: 7, Result.OPEN: 2}


def test_the_feedback_gives_the_four_sums_of_twelve():
    answers = parse_feedback(sheets("palaute.csv"))
    assert len(answers) == 12
    assert [sum(one.scores[q] for one in answers) for q in Question] == [51, 47, 53, 48]
    assert {len(one.scores) for one in answers} == {4}


def test_the_costs_are_59000_euros_and_29_percent_of_them_wages():
    costs = parse_costs(sheets("kustannukset.csv"))
    wages = Money.total(cost.amount for cost in costs if cost.kind in WAGE_KINDS)
    assert Money.total(cost.amount for cost in costs) == Money.of("59000.00")
    assert wages == Money.of("17201.00")
