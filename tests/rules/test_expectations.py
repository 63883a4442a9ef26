"""Rules of expectations: the pay, the estimate of benefits by dated figures, the self-check."""

from datetime import date
from itertools import product

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import Words
from jobsearch.rates.imports import shipped_rates
from jobsearch.recruitment.expectations.rules import (
    Question,
    Reply,
    Verdict,
    Week,
    advise,
    check_words,
    estimate,
    longest_trial_days,
    pay_of,
)

WEEKS = [Week(1, 4, 720), Week(2, 4, 1080), Week(3, 4, 1080)]
PAY = pay_of(WEEKS, Money.of("11.50"), Money.of("20"), Money.of("150"))


def test_the_pay_of_the_whole_term_is_that_of_the_law_file() -> None:
    assert (PAY.minutes, PAY.wage) == (2880, Money.of("552.00"))


def test_the_estimate_is_that_of_section_8_of_the_law_file() -> None:
    found = estimate(PAY, shipped_rates(), date(2026, 11, 24))
    assert found is not None
    assert found.gross == Money.of("601.68")
    assert found.less == Money.of("300.84")
    assert found.left == Money.of("300.84")
    assert (found.counts_as_half, found.counts_as_full) == (True, False)
    assert any("yleistuki" in row.source for row in found.sources)


def test_before_yleistuki_the_same_share_came_from_another_source() -> None:
    found = estimate(PAY, shipped_rates(), date(2025, 3, 1))
    assert found is not None and found.less == Money.of("300.84")
    assert not any("yleistuki" in row.source for row in found.sources)


def test_the_protected_sum_of_its_time_is_left_out() -> None:
    found = estimate(PAY, shipped_rates(), date(2023, 5, 2))
    assert found is not None
    assert found.protected == Money.of("300.00")
    assert found.less == Money.of("150.84")
    assert found.half_month_from is None


def test_without_figures_for_the_day_there_is_no_estimate() -> None:
    assert estimate(PAY, shipped_rates(), date(2019, 1, 1)) is None


def test_a_wage_below_the_limit_counts_as_nothing() -> None:
    small = pay_of(WEEKS[:1], Money.of("11.50"), Money.of("0"), Money.of("0"))
    found = estimate(small, shipped_rates(), date(2026, 11, 24))
    assert found is not None
    assert (found.counts_as_half, found.counts_as_full) == (False, False)


def test_a_trial_period_is_at_most_half_of_the_term() -> None:
    assert [longest_trial_days(days) for days in (21, 22, 20)] == [10, 11, 10]


def test_whoever_says_yes_to_everything_is_told_that_it_fits() -> None:
    assert advise(dict.fromkeys(Question, Reply.YES)).verdict is Verdict.FITS


@pytest.mark.parametrize(("question", "reply"), [*product(Question, (Reply.UNSURE, Reply.NO))])
def test_every_other_reply_is_something_to_talk_about(question: Question, reply: Reply) -> None:
    advice = advise({**dict.fromkeys(Question, Reply.YES), question: reply})
    is_no_to_days = question is Question.DAYS and reply is Reply.NO
    assert advice.verdict is (Verdict.LATER if is_no_to_days else Verdict.TALK)
    assert len(advice.talk_about) == 1


def test_a_question_without_a_reply_is_asked_for() -> None:
    with pytest.raises(RuleBroken, match="every question"):
        advise({Question.DAYS: Reply.YES})


def test_own_words_are_short() -> None:
    with pytest.raises(RuleBroken) as broken:
        check_words(Words.of({"sv": "x" * 1501}))
    assert broken.value.field == "words_sv"
