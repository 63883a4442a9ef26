"""How long things are kept: every end in every order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.analyses.keeping.rules import (
    USUAL,
    ConsentEnd,
    Erased,
    Terms,
    check_terms,
    content_goes_on,
    proof_goes_on,
)
from jobsearch.core.errors import RuleBroken

GROUP = date(2026, 12, 3)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
TERMS = st.builds(Terms, st.integers(1, 24), st.integers(1, 24), st.integers(24, 120))


@pytest.mark.parametrize(
    ("consents", "goes_on"),
    [
        ((), date(2027, 6, 3)),
        ((ConsentEnd(date(2027, 3, 3)),), date(2027, 9, 3)),
        ((ConsentEnd(date(2027, 3, 3), date(2026, 12, 4)),), date(2027, 6, 4)),
        # taken back before the group ended: the group's end counts
        ((ConsentEnd(date(2027, 3, 3), date(2026, 11, 30)),), date(2027, 6, 3)),
        ((ConsentEnd(date(2026, 12, 20)), ConsentEnd(date(2027, 8, 31))), date(2028, 2, 29)),
    ],
)
def test_a_text_goes_months_after_whatever_ended_last(consents, goes_on) -> None:
    assert content_goes_on(USUAL, GROUP, consents) == goes_on


def test_what_was_never_sent_has_months_of_its_own() -> None:
    assert content_goes_on(Terms(24, 1, 36), GROUP, ()) == date(2027, 1, 3)


def test_a_proof_goes_months_after_the_last_day_that_it_named() -> None:
    end = ConsentEnd(date(2027, 3, 3), date(2026, 12, 4))
    assert proof_goes_on(USUAL, end) == date(2030, 3, 4)


@given(TERMS, DAYS, st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=4), DAYS)
def test_nothing_that_may_still_be_read_is_over(terms, group, ends, day) -> None:
    consents = tuple(ConsentEnd(*end) for end in ends)
    live = any(consent.ended_on >= day for consent in consents)
    if live or group >= day:
        assert content_goes_on(terms, group, consents) > day


@given(TERMS, DAYS, st.none() | DAYS)
def test_a_proof_outlives_its_consent_by_a_year_at_least(terms, valid_to, withdrawn_on) -> None:
    end = ConsentEnd(valid_to, withdrawn_on)
    assert (proof_goes_on(terms, end) - end.ended_on).days > 365


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(0, 6, 36), "analysis_months"),
        (Terms(25, 6, 36), "analysis_months"),
        (Terms(6, 0, 36), "unsent_months"),
        (Terms(6, 25, 36), "unsent_months"),
        (Terms(6, 6, 11), "proof_months"),
        (Terms(6, 6, 121), "proof_months"),
        (Terms(24, 6, 23), "proof_months"),
    ],
)
def test_months_out_of_bounds_are_refused_on_their_field(terms, field) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_terms(terms)
    assert refused.value.field == field


def test_the_usual_months_are_within_the_bounds() -> None:
    check_terms(USUAL)


def test_erased_adds_up_and_knows_nothing_from_something() -> None:
    assert not Erased().is_something
    assert Erased(1, 2) + Erased(0, 1, 3, 4) == Erased(1, 3, 3, 4)
    assert Erased(proofs=1).is_something
