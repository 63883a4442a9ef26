"""A provider's own dated figures: what may be entered, who may approve, which one is used."""

from datetime import date
from itertools import product

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Rate
from jobsearch.core.periods import Span
from jobsearch.rates.imports import shipped_rates
from jobsearch.rates.own.rules import (
    NEXT,
    STATE_NAMES,
    Figure,
    ProposalState,
    check_figure,
    check_four_eyes,
    check_free,
    check_state,
    unit_of,
)
from jobsearch.rates.rules import Confidence, RateKey, RateRow, RateTable, Unit, gaps

NEW_YEAR = Span(date(2027, 1, 1), date(2027, 12, 31))


def figure(value: int = 91, valid: Span = NEW_YEAR, source: str = "stm.fi 2027") -> Figure:
    return Figure(RateKey.UI_EMPLOYEE, value, valid, source, Confidence.H)


def own(value: int, valid: Span) -> RateRow:
    return RateRow(RateKey.UI_EMPLOYEE, Unit.PCT, value, valid, "stm.fi", Confidence.H, is_own=True)


def test_each_figure_counts_what_the_shipped_one_counts() -> None:
    assert {row.key: row.unit for row in shipped_rates().rows} == {
        key: unit_of(key) for key in RateKey
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (figure(-1), "value"),
        (figure(10001), "value"),
        (figure(source="x"), "source"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(wrong: Figure, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_figure(wrong)
    assert refused.value.field == field


def test_nothing_and_everything_per_cent_may_be_and_so_may_an_open_end() -> None:
    check_figure(figure(0))
    check_figure(figure(10000, Span(date(2027, 1, 1))))


def test_two_own_figures_are_never_in_use_on_one_day() -> None:
    check_free(figure(), [Span(date(2026, 1, 1), date(2026, 12, 31))])
    with pytest.raises(RuleBroken) as refused:
        check_free(figure(), [Span(date(2026, 6, 1), date(2027, 1, 1))])
    assert refused.value.field == "valid_from"


@pytest.mark.parametrize(("now", "then"), list(product(ProposalState, ProposalState)))
def test_a_figure_goes_only_where_the_table_says(now: ProposalState, then: ProposalState) -> None:
    allowed = {
        (ProposalState.PROPOSED, ProposalState.APPROVED),
        (ProposalState.PROPOSED, ProposalState.REFUSED),
        (ProposalState.PROPOSED, ProposalState.WITHDRAWN),
        (ProposalState.APPROVED, ProposalState.REPLACED),
    }
    assert set(NEXT) == set(STATE_NAMES) == set(ProposalState)
    if (now, then) in allowed:
        check_state(now, then)
    else:
        with pytest.raises(RuleBroken):
            check_state(now, then)


def test_nobody_approves_her_own_figure() -> None:
    check_four_eyes("paula", "aino")
    with pytest.raises(RuleBroken):
        check_four_eyes("paula", "paula")


def test_an_own_figure_goes_before_the_shipped_one_on_its_days_alone() -> None:
    shipped = shipped_rates().rows
    table = RateTable((*shipped, own(95, Span(date(2026, 7, 1), date(2026, 12, 31)))))
    assert table.percent(RateKey.UI_EMPLOYEE, date(2026, 6, 30)) == Rate(89)
    assert table.percent(RateKey.UI_EMPLOYEE, date(2026, 7, 1)) == Rate(95)


def test_an_own_figure_fills_a_gap_and_no_other() -> None:
    rows = (*shipped_rates().rows, own(91, NEW_YEAR))
    assert (
        gaps(rows, RateKey.UI_EMPLOYEE, date(2028, 12, 31))
        == [Span(date(2028, 1, 1), date(2028, 12, 31))]
        or gaps(rows, RateKey.UI_EMPLOYEE, date(2028, 12, 31)) == []
    )
    assert RateTable(rows).find(RateKey.UI_EMPLOYEE, date(2028, 1, 1)) is None
