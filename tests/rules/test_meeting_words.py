"""The plan of the morning, the debrief and good news: what may be said and what is missing."""

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.standup.words.rules import (
    CHEERS,
    GROUP_CHEERS,
    NEWS_NAMES,
    PLANS,
    SHORT_PLANS,
    WAY_NAMES,
    News,
    Plan,
    Way,
    check_debrief,
    check_news,
    check_plan,
)


def _field(broken: pytest.ExceptionInfo[RuleBroken]) -> str | None:
    return broken.value.field


def test_a_plan_says_which_employer_how_and_when() -> None:
    plan = check_plan("Rannikon Leipomo", "call", 615)
    assert plan == Plan("Rannikon Leipomo", Way.CALL, 615) and plan.at.hour == 10
    assert check_plan("X", "visit", 0).minute == 0  # midnight is a time


@pytest.mark.parametrize(
    ("employer", "way", "minute", "field"),
    [
        ("", "call", 615, "employer"),
        ("x" * 81, "call", 615, "employer"),
        ("Leipomo", "", 615, "way"),
        ("Leipomo", "fly", 615, "way"),
        ("Leipomo", "call", None, "at"),
    ],
)
def test_a_plan_that_lacks_something_says_on_which_field(employer, way, minute, field) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_plan(employer, way, minute)
    assert _field(broken) == field


def test_a_debrief_may_say_one_of_the_two_but_not_nothing() -> None:
    check_debrief("Short calls work.", "", about_work=False)
    check_debrief("", "I call again.", about_work=False)
    with pytest.raises(RuleBroken) as broken:
        check_debrief("", "", about_work=False)
    assert _field(broken) == "learned"


@pytest.mark.parametrize(
    ("learned", "following", "field"),
    [
        ("Olin sairaana", "", "learned"),
        ("", "Go to the doctor", "next_step"),
        ("x" * 501, "", "learned"),
        ("", "x" * 201, "next_step"),
    ],
)
def test_a_debrief_holds_nothing_of_health_and_not_too_much(learned, following, field) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_debrief(learned, following, about_work=False)
    assert _field(broken) == field


def test_a_workplace_may_be_named_by_who_says_that_it_is_one() -> None:
    check_debrief("Soitin sairaalaan, siellä haetaan siistijää.", "", about_work=True)


def test_news_needs_no_words_and_has_few() -> None:
    check_news("")
    check_news("x" * 80)
    with pytest.raises(RuleBroken):
        check_news("x" * 81)


def test_every_way_and_every_piece_of_news_has_its_words() -> None:
    assert set(WAY_NAMES) == set(PLANS) == set(SHORT_PLANS) == set(Way)
    assert set(NEWS_NAMES) == set(CHEERS) == set(GROUP_CHEERS) == set(News)
