"""What is said in a call and a tip, how names are sorted, and how people are paired."""

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.people.rules import counts_everyone
from jobsearch.tracker.helping.rules import (
    MOST_CALL,
    check_call,
    check_pairs,
    check_tip,
    name_order,
    pairs_of,
)


def test_a_call_for_help_is_short_and_says_something() -> None:
    check_call("How do I begin a call?", about_work=False)
    check_call("x" * MOST_CALL, about_work=False)
    for words in ("", "x" * (MOST_CALL + 1)):
        with pytest.raises(RuleBroken) as broken:
            check_call(words, about_work=False)
        assert broken.value.field == "words"


@pytest.mark.parametrize("words", ["Olen sairas", "Jag är sjuk", "My depression is back"])
def test_a_call_and_a_tip_tell_nothing_of_health_unless_it_is_a_workplace(words: str) -> None:
    with pytest.raises(RuleBroken):
        check_call(words, about_work=False)
    with pytest.raises(RuleBroken):
        check_tip("Satasairaala", "siistijä", words, about_work=False)
    check_call(words, about_work=True)
    check_tip("Satasairaala", "siistijä", words, about_work=True)


def test_a_hospital_is_a_company_and_a_doctor_a_job() -> None:
    check_tip("Satasairaala", "lääkärin sihteeri", "They need people.", about_work=False)


@pytest.mark.parametrize(
    ("tip", "field"),
    [
        (("", "", ""), "company"),
        (("x" * 121, "", ""), "company"),
        (("A", "x" * 121, ""), "role_title"),
        (("A", "", "x" * 301), "known"),
    ],
)
def test_a_tip_names_its_company_and_has_an_end(tip: tuple[str, str, str], field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_tip(*tip, about_work=False)
    assert broken.value.field == field


def test_names_are_sorted_as_finnish_sorts_them() -> None:
    names = ["Öyvind", "zoe", "Ärla", "Åke", "Aino", "anna"]
    assert sorted(names, key=name_order) == ["Aino", "anna", "zoe", "Åke", "Ärla", "Öyvind"]


@pytest.mark.parametrize(
    ("people", "pairs"),
    [
        ("", {}),
        ("a", {}),
        ("ab", {"a": 1, "b": 1}),
        ("abc", {"a": 1, "b": 1, "c": 1}),
        ("abcd", {"a": 1, "b": 1, "c": 2, "d": 2}),
        ("abcde", {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2}),
    ],
)
def test_people_are_paired_in_order_and_the_odd_one_makes_a_three(
    people: str, pairs: dict[str, int]
) -> None:
    assert pairs_of(list(people)) == pairs
    check_pairs(pairs)


@pytest.mark.parametrize("pairs", [{"a": 1}, {"a": 1, "b": 1, "c": 1, "d": 1}, {"a": 1, "b": 2}])
def test_a_pair_is_two_people_or_three(pairs: dict[str, int]) -> None:
    with pytest.raises(RuleBroken):
        check_pairs(pairs)


@pytest.mark.parametrize(
    ("hidden", "counted"), [(0, True), (1, False), (2, False), (3, True), (6, True)]
)
def test_totals_count_who_has_no_row_when_nobody_can_subtract(hidden: int, counted: bool) -> None:
    assert counts_everyone(hidden) is counted
