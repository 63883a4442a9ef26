"""The table of results: exactly the pilot's, and honest where nothing is known."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobsearch.core.money import Money
from jobsearch.core.ratios import Rate95, Ratio, wilson_95
from jobsearch.reports.rules import (
    ActivityCount,
    CostCount,
    Counts,
    FeedbackCount,
    OutcomeCount,
    People,
    compose,
)

PILOT = Path(__file__).parents[2] / "jobsearch" / "demo" / "pilot"

PILOT_COUNTS = Counts(
    people=People(34, 21, 20, 240, {"did_not_come": 6, "not_reached": 3}),
    activities={
        "advertised_application": ActivityCount(107, 20),
        "employer_contact": ActivityCount(164, 20),
        "agency_application": ActivityCount(41, 10),
        "interview": ActivityCount(20, 12),
    },
    outcomes=OutcomeCount(found=11, follow_up_open=2, closed=17, closed_found=10),
    feedback=FeedbackCount(
        12,
        {
            "coaching_content": (51, 12),
            "assignments": (47, 12),
            "individual_support": (53, 12),
            "overall": (48, 12),
        },
        of_files=1,
    ),
    cost=CostCount(Money.of("59000"), Money.of("17201")),
)


def in_order(value: object) -> object:
    """Keys and values as they stand, so that also the order is compared."""
    if isinstance(value, dict):
        return [(key, in_order(inner)) for key, inner in value.items()]
    return [in_order(inner) for inner in value] if isinstance(value, list) else value


def test_the_pilots_counts_give_the_published_table_key_by_key():
    results = compose("pilot-2021", date(2022, 1, 10), PILOT_COUNTS)
    published = json.loads((PILOT / "results.json").read_text(encoding="utf-8"))
    assert in_order(results.to_json_dict()) == in_order(published)


def test_a_bit_under_a_third_of_the_cost_was_wages():
    results = compose("pilot-2021", date(2022, 1, 10), PILOT_COUNTS)
    assert results.cost.wage_share.percent == "29"


def test_open_applications_have_two_averages_with_their_denominators():
    made = compose("p", date(2022, 1, 10), PILOT_COUNTS).activities["agency_application"]
    assert (made.per_person.value, made.per_person.denominator) == ("2.05", 20)
    assert (made.per_active_person.value, made.per_active_person.denominator) == ("4.10", 10)


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Ratio(1, 8), "0.13"),
        (Ratio(20, 312, 3), "0.064"),
        (Ratio(0, 20), "0.00"),
        (Ratio(7, 0), None),
        (Ratio(5, 2, 0), "3"),
        (Ratio(-1, 8), "-0.13"),
    ],
)
def test_a_ratio_is_printed_half_up_with_its_decimals(ratio, text):
    assert ratio.value == text


def test_under_five_people_there_is_no_percentage():
    assert Ratio(2, 4).percent is None
    assert Ratio(11, 20, 3).percent == "55"


def test_the_interval_of_the_pilot_is_wilsons():
    assert wilson_95(11, 20) == ("0.342", "0.742")
    assert wilson_95(10, 17) == ("0.360", "0.784")
    assert wilson_95(0, 0) is None


def test_nobody_gives_no_figures_instead_of_a_crash():
    empty = compose(
        "p", date(2022, 1, 10), Counts(People(), {}, OutcomeCount(), FeedbackCount(), CostCount())
    ).to_json_dict()
    assert empty["cost"] == {"total": "0.00", "per_person": None, "per_placement": None}
    assert empty["outcomes"]["found_work"]["wilson_95"] is None
    assert empty["feedback"]["overall"] == {"value": None, "numerator": 0, "denominator": 0}


def test_unknown_people_stay_in_n_and_widen_the_range():
    counts = Counts(
        People(started=20), {}, OutcomeCount(11, 2, 3, 17, 10), FeedbackCount(), CostCount()
    )
    outcomes = compose("p", date(2022, 4, 1), counts).outcomes
    assert (outcomes.follow_up_open, outcomes.unknown, outcomes.open) == (2, 3, 5)
    assert (outcomes.low.numerator, outcomes.high.numerator) == (11, 16)


@settings(deadline=None)
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_inside_nothing_and_all(pair):
    found, of = pair
    low, high = (float(text) for text in Rate95.of(found, of).wilson_95)
    assert 0 <= low <= found / of + 0.0005
    assert found / of - 0.0005 <= high <= 1


def test_replies_are_divided_by_those_who_were_asked_however_many_surveys_there_were() -> None:
    people = People(started=20)
    # one to eighteen of them, one to all of them, and one from a file that does not say to whom
    feedback = FeedbackCount(30, {"overall": (120, 30)}, invited=38, of_files=1)
    counts = Counts(people, {}, OutcomeCount(), feedback, CostCount())
    found = compose("p", date(2022, 1, 10), counts).feedback
    assert found.response_rate == Ratio(30, 58)
