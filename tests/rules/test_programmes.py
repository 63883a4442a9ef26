"""Templates and pay terms."""

from dataclasses import replace
from datetime import date

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import LANGUAGES
from jobsearch.programmes.pilot import pilot_template
from jobsearch.programmes.rules import (
    EVERY_DAY,
    BlockKind,
    Terms,
    check_template,
    check_terms,
    missing_parts,
)

DAYS = pilot_template().days
TERMS = Terms(date(2026, 1, 1), Money.of("11.50"), Money.of("20"), Money.of("150"), "Agreement")


def test_the_pilots_template_has_three_weeks_of_12_and_18_and_18_hours() -> None:
    hours = {week: sum(d.paid_minutes for d in DAYS if d.week == week) // 60 for week in (1, 2, 3)}
    assert hours == {1: 12, 2: 18, 3: 18}
    assert [d.weekday for d in DAYS] == [0, 1, 2, 3] * 3


def test_the_pilots_template_speaks_three_languages_and_lacks_no_part() -> None:
    for day in DAYS:
        assert missing_parts(block.kind for block in day.blocks) == []
        for words in (day.title, *(block.text for block in day.blocks)):
            assert set(words) == set(LANGUAGES)
            assert all(words[language].strip() for language in LANGUAGES)
            assert len({words[language].count("\n") for language in LANGUAGES}) == 1


def test_every_long_day_but_the_intensive_one_protects_time_for_sparring() -> None:
    with_sparring = [
        n for n, d in enumerate(DAYS, 1) if BlockKind.SPARRING in {b.kind for b in d.blocks}
    ]
    assert with_sparring == [5, 6, 7, 8, 9, 11, 12]


@pytest.mark.parametrize(
    "days",
    [
        DAYS[:11],
        (*DAYS[:11], replace(DAYS[11], paid_minutes=300)),
        (DAYS[1], DAYS[0], *DAYS[2:]),
        (*DAYS[:11], replace(DAYS[11], weekday=2)),
        (*DAYS[:11], replace(DAYS[11], blocks=DAYS[11].blocks[:-1])),
        (
            *DAYS[:11],
            replace(DAYS[11], paid_minutes=240, blocks=DAYS[11].blocks[:-1]),
        ),
    ],
    ids=["a day short", "unfilled", "order", "same day", "a gap", "47.5 h"],
)
def test_a_template_that_is_not_48_hours_in_12_days_is_refused(days) -> None:
    with pytest.raises(RuleBroken):
        check_template(days)


@pytest.mark.parametrize("kind", EVERY_DAY)
def test_a_missing_part_is_named(kind: BlockKind) -> None:
    assert missing_parts(set(EVERY_DAY) - {kind}) == [kind]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hourly_wage": Money.zero()}, "hourly_wage"),
        ({"allowance": Money(-1)}, "allowance"),
        ({"outcome_bonus": Money(-1)}, "outcome_bonus"),
        ({"agreement": "  "}, "agreement"),
    ],
)
def test_pay_terms_that_cannot_be_are_refused_on_their_field(change, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_terms(replace(TERMS, **change), None)
    assert broken.value.field == field


def test_new_terms_follow_the_ones_before_them() -> None:
    check_terms(TERMS, date(2025, 12, 31))
    with pytest.raises(RuleBroken):
        check_terms(TERMS, date(2026, 1, 1))
