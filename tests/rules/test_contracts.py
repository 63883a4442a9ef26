"""Rules of contracts: states over every pair, the law's lists, terms, endings, checklist."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.hiring.checklist.rules import (
    Doer,
    Item,
    Known,
    Mood,
    checklist,
    is_ready,
)
from jobsearch.payroll.contracts.editions.rules import (
    NEXT,
    OPEN,
    Act,
    ContractState,
    ContractTerms,
    Side,
    Standing,
    Usual,
    check_declining,
    check_draft,
    check_ending,
    check_offer,
    check_signing,
    next_state,
    possible_times,
)
from jobsearch.payroll.contracts.editions.wordings import shipped_words
from jobsearch.payroll.contracts.law.imports import shipped_law
from jobsearch.payroll.contracts.law.rules import (
    WRITTEN_TERMS,
    EndingKey,
    EndingTime,
    GroundKey,
    LimitKey,
    TermKey,
    check_earlier,
)
from jobsearch.payroll.contracts.rules import born_on
from jobsearch.payroll.contracts.settings.rules import ContractSettings, check_settings

S = ContractState
TODAY = date(2026, 11, 24)
TERM = Span(date(2026, 12, 7), date(2026, 12, 24))
USUAL = Usual(TERM, 2880, Money.of("11.50"), Money.of("20"), Money.of("150"))
TERMS = ContractTerms(
    term=TERM,
    hourly=Money.of("11.50"),
    allowance=Money.of("20"),
    outcome_bonus=Money.of("150"),
    agreed_minutes=2880,
    agreement="Collective agreement",
    ground=GroundKey.LONG_TERM_UNEMPLOYED,
    ground_reason="",
    trial_days=9,
    place="Pori",
    tasks="",
    language="fi",
)
ALLOWED = {
    (S.DRAFT, Act.EDIT),
    (S.DRAFT, Act.OFFER),
    (S.DRAFT, Act.END),
    (S.OFFERED, Act.SIGN),
    (S.OFFERED, Act.DECLINE),
    (S.OFFERED, Act.REPLACE),
    (S.OFFERED, Act.END),
    (S.SIGNED_BY_ONE, Act.SIGN),
    (S.SIGNED_BY_ONE, Act.DECLINE),
    (S.SIGNED_BY_ONE, Act.REPLACE),
    (S.SIGNED_BY_ONE, Act.END),
    (S.SIGNED, Act.REPLACE),
    (S.SIGNED, Act.END),
}


@pytest.mark.parametrize(("state", "act"), list(product(S, Act)))
def test_every_pair_of_state_and_act_is_allowed_or_refused_in_words(state: S, act: Act) -> None:
    if (state, act) in ALLOWED:
        assert next_state(state, act) in S
    else:
        with pytest.raises(RuleBroken) as refused:
            next_state(state, act)
        assert str(refused.value).endswith(".")


@given(st.lists(st.sampled_from(list(Act)), max_size=12))
def test_whatever_is_done_a_version_is_signed_only_after_an_offer_and_two_signatures(
    acts: list[Act],
) -> None:
    state, done = S.DRAFT, []
    for act in acts:
        try:
            state = next_state(state, act)
        except RuleBroken:
            continue
        done.append(act)
    if S.SIGNED is state or (state is S.ENDED and done.count(Act.SIGN) == 2):
        assert done.index(Act.OFFER) < done.index(Act.SIGN)
        assert done.count(Act.SIGN) == 2
    assert done.count(Act.SIGN) <= 2
    assert done.count(Act.OFFER) <= 1
    assert sum(done.count(act) for act in (Act.DECLINE, Act.REPLACE, Act.END)) <= 1


@given(st.lists(st.sampled_from(list(Side)), max_size=6))
def test_in_any_order_each_side_signs_once_and_both_make_it_signed(sides: list[Side]) -> None:
    state, signed = S.OFFERED, set()
    for side in sides:
        try:
            state = check_signing(state, signed, side, TERM.first, TODAY)
        except RuleBroken:
            assert side in signed or state is S.SIGNED
            continue
        signed.add(side)
    assert (state is S.SIGNED) == (signed == set(Side))
    assert (state is S.SIGNED_BY_ONE) == (len(signed) == 1)


def test_nothing_leaves_a_state_that_is_over() -> None:
    over = set(S) - OPEN - {S.SIGNED}
    assert not {state for state, _act in NEXT} & over


def test_work_that_would_have_begun_is_not_signed_any_more() -> None:
    with pytest.raises(RuleBroken, match="in the past"):
        check_signing(S.OFFERED, set(), Side.EMPLOYEE, TODAY - timedelta(days=1), TODAY)
    assert check_signing(S.OFFERED, set(), Side.EMPLOYEE, TODAY, TODAY) is S.SIGNED_BY_ONE


def test_who_has_signed_declines_no_more_but_may_when_only_the_other_has() -> None:
    with pytest.raises(RuleBroken, match="signed this contract already"):
        check_declining(S.SIGNED_BY_ONE, {Side.EMPLOYEE})
    assert check_declining(S.SIGNED_BY_ONE, {Side.EMPLOYER}) is S.DECLINED


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"hourly": Money.of("0")}, "hourly", "above zero"),
        ({"hourly": Money.of("11.49")}, "hourly", "below the pay terms"),
        ({"allowance": Money(-1)}, "allowance", "negative"),
        ({"outcome_bonus": Money(-1)}, "outcome_bonus", "negative"),
        ({"agreed_minutes": 0}, "agreed_minutes", "above zero"),
        ({"agreed_minutes": 2881}, "agreed_minutes", "at most those of the group"),
        ({"agreement": " "}, "agreement", "collective agreement"),
        ({"place": ""}, "place", "where"),
        ({"language": "de"}, "language", "language"),
        ({"trial_days": 10}, "trial_days", "half of the fixed term"),
        ({"trial_days": -1}, "trial_days", "half of the fixed term"),
        ({"ground": GroundKey.NATURE_OF_WORK}, "ground_reason", "reason of the fixed term"),
        ({"ground": GroundKey.OWN_WISH}, "ground_reason", "reason of the fixed term"),
        ({"ground": GroundKey.FIRST_CONTRACT}, "ground", "no ground for a fixed term"),
        ({"term": Span(date(2026, 12, 7))}, "ends_on", "the fixed term ends"),
        ({"term": Span(date(2026, 12, 1), TERM.last)}, "starts_on", "within these days"),
        ({"term": Span(TERM.first, date(2026, 12, 31))}, "starts_on", "within these days"),
    ],
)
def test_each_wrong_term_has_its_own_sentence(changes, field: str, says: str) -> None:
    with pytest.raises(RuleBroken, match=says) as refused:
        check_draft(replace(TERMS, **changes), USUAL, "a reason", shipped_law())
    assert refused.value.field == field


def test_a_term_longer_than_a_year_is_refused() -> None:
    long = Span(date(2026, 1, 1), date(2027, 1, 1))
    usual = replace(USUAL, term=long)
    with pytest.raises(RuleBroken, match="longer than a year"):
        check_draft(replace(TERMS, term=long), usual, "x", shipped_law())


@pytest.mark.parametrize(
    "changes",
    [
        {"hourly": Money.of("12.00")},
        {"allowance": Money.of("0")},
        {"outcome_bonus": Money.of("0")},
        {"term": Span(date(2026, 12, 8), TERM.last), "trial_days": 5},
    ],
)
def test_other_terms_than_the_programmes_need_a_reason(changes) -> None:
    with pytest.raises(RuleBroken, match="differ") as refused:
        check_draft(replace(TERMS, **changes), USUAL, " ", shipped_law())
    assert refused.value.field == "reason"
    check_draft(replace(TERMS, **changes), USUAL, "agreed with her", shipped_law())


def test_the_usual_terms_need_no_reason() -> None:
    check_draft(TERMS, USUAL, "", shipped_law())


@pytest.mark.parametrize(("days", "longest"), [(21, 10), (18, 9), (20, 10), (1, 0), (2, 1)])
def test_the_trial_period_is_at_most_half_of_the_term(days: int, longest: int) -> None:
    term = Span(date(2026, 12, 1), date(2026, 12, 1) + timedelta(days=days - 1))
    assert shipped_law().longest_trial(term) == longest


@given(st.integers(1, 400))
def test_twice_the_trial_period_never_exceeds_the_term(days: int) -> None:
    term = Span(date(2026, 12, 1), date(2026, 12, 1) + timedelta(days=days - 1))
    assert 2 * shipped_law().longest_trial(term) <= days


def test_a_day_without_a_limit_is_refused_and_not_guessed() -> None:
    with pytest.raises(RuleBroken, match="not known"):
        shipped_law().limit_on(LimitKey.TRIAL_SHARE_PERCENT, date(1999, 1, 1))


def test_every_row_of_the_law_names_law_source_and_confidence() -> None:
    law = shipped_law()
    for row in (*law.grounds, *law.endings, *law.limits):
        assert row.law
        assert row.source
        assert row.confidence
    assert {row.key for row in law.grounds} == set(GroundKey)
    assert {row.key for row in law.endings} == set(EndingKey)


def test_the_ground_of_long_unemployment_holds_from_2017_and_the_bill_of_2025_not_yet() -> None:
    law = shipped_law()
    assert GroundKey.LONG_TERM_UNEMPLOYED not in {
        one.key for one in law.grounds_on(date(2016, 12, 31))
    }
    assert law.ground_on(GroundKey.LONG_TERM_UNEMPLOYED, date(2017, 1, 1)).law == "55/2001 1:3a"
    with pytest.raises(RuleBroken, match="no ground"):
        law.ground_on(GroundKey.FIRST_CONTRACT, TODAY)


def test_a_ground_allows_three_contracts_and_a_year_in_all() -> None:
    ground = shipped_law().ground_on(GroundKey.LONG_TERM_UNEMPLOYED, TODAY)
    three_weeks = Span(date(2026, 1, 1), date(2026, 1, 21))
    check_earlier(ground, TERM, [three_weeks] * 2)
    with pytest.raises(RuleBroken, match="has had 3"):
        check_earlier(ground, TERM, [three_weeks] * 3)
    with pytest.raises(RuleBroken, match="a year in all"):
        check_earlier(ground, TERM, [Span(date(2025, 1, 1), date(2025, 12, 20))])
    wish = shipped_law().ground_on(GroundKey.OWN_WISH, TODAY)
    check_earlier(wish, TERM, [three_weeks] * 9)


def test_the_written_terms_are_those_of_the_law_each_once_and_each_has_words() -> None:
    assert [term.key for term in WRITTEN_TERMS] == list(TermKey)
    within_a_week = {term.key for term in WRITTEN_TERMS if term.within_days == 7}
    assert within_a_week == set(list(TermKey)[:11])
    assert all(
        "2, section 4" in term.law and "tyosuojelu.fi" in term.source for term in WRITTEN_TERMS
    )
    for edition in shipped_words():
        for term in WRITTEN_TERMS:
            words = edition.clauses[term.key]
            for text in (words.title, words.plain, *words.texts.values()):
                assert set(text) == {"fi", "sv", "en"}


def test_an_offer_needs_a_day_ahead_and_an_identity_code() -> None:
    check_offer(TODAY, TODAY, has_identity=True)
    with pytest.raises(RuleBroken, match="in the past"):
        check_offer(TODAY - timedelta(days=1), TODAY, has_identity=True)
    with pytest.raises(RuleBroken, match="identity code is missing"):
        check_offer(TODAY, TODAY, has_identity=False)


@pytest.mark.parametrize(
    ("state", "day", "times"),
    [
        (S.DRAFT, TODAY, {EndingTime.UNSIGNED}),
        (S.OFFERED, date(2027, 1, 1), {EndingTime.UNSIGNED}),
        (S.SIGNED, TODAY, {EndingTime.BEFORE_START}),
        (S.SIGNED, date(2026, 12, 7), {EndingTime.RUNNING, EndingTime.TRIAL}),
        (S.SIGNED, date(2026, 12, 15), {EndingTime.RUNNING, EndingTime.TRIAL}),
        (S.SIGNED, date(2026, 12, 16), {EndingTime.RUNNING}),
        (S.SIGNED, date(2026, 12, 25), {EndingTime.LAST_DAY}),
        (S.ENDED, TODAY, set()),
        (S.DECLINED, TODAY, set()),
        (S.REPLACED, TODAY, set()),
    ],
)
def test_when_a_contract_can_end_follows_its_state_and_the_day(state, day, times) -> None:
    assert possible_times(Standing(state, TERM, 9), day) == times


def test_a_contract_ends_only_in_a_way_that_is_possible_then() -> None:
    endings = {one.key: one for one in shipped_law().endings_on(TODAY)}
    at = Standing(S.SIGNED, TERM, 9)
    check_ending(at, endings[EndingKey.AGREED_BEFORE_START], TODAY, TODAY)
    with pytest.raises(RuleBroken, match="at this point"):
        check_ending(at, endings[EndingKey.TRIAL_BY_EMPLOYEE], TODAY, TODAY)
    day = date(2026, 12, 9)
    check_ending(at, endings[EndingKey.TRIAL_BY_EMPLOYER], day, day)
    with pytest.raises(RuleBroken, match="lies within"):
        check_ending(at, endings[EndingKey.AGREED], date(2026, 12, 1), day)
    with pytest.raises(RuleBroken, match="has not come"):
        check_ending(at, endings[EndingKey.AGREED], date(2026, 12, 10), day)
    with pytest.raises(RuleBroken, match="ended already"):
        check_ending(Standing(S.ENDED, TERM, 9), endings[EndingKey.AGREED], day, day)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": " "}, "address"),
        ({"pension_insurer": ""}, "pension_insurer"),
        ({"accident_insurer": ""}, "accident_insurer"),
        ({"accident_policy": ""}, "accident_policy"),
        ({"pay_days": 32}, "pay_days"),
        ({"trial_days": 181}, "trial_days"),
    ],
)
def test_settings_without_insurers_or_with_impossible_days_are_refused(changes, field) -> None:
    good = ContractSettings(TODAY, "Valtakatu 1", "Elo", "LähiTapiola", "1", 10, 9)
    check_settings(good)
    with pytest.raises(RuleBroken) as refused:
        check_settings(replace(good, **changes))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("code", "born"),
    [
        ("010594Y9032", date(1994, 5, 1)),
        ("020594X903P", date(1994, 5, 2)),
        ("030594W903B", date(1994, 5, 3)),
        ("040594V9030", date(1994, 5, 4)),
        ("050594U903M", date(1994, 5, 5)),
        ("131052-308T", date(1952, 10, 13)),
        ("010516B903X", date(2016, 5, 1)),
        ("020516C903K", date(2016, 5, 2)),
        ("030516D9037", date(2016, 5, 3)),
        ("010501E9032", date(2001, 5, 1)),
        ("020503F9037", date(2003, 5, 2)),
        ("020504A902E", date(2004, 5, 2)),
        ("131052+308T", date(1852, 10, 13)),
    ],
)
def test_the_day_of_birth_follows_every_sign_of_the_century(code: str, born: date) -> None:
    assert born_on(code) == born


KNOWN = Known(
    starts_on=TERM.first,
    has_identity_code=True,
    has_bank_account=True,
    has_tax_card=True,
    has_insurance=True,
    oriented_on=TERM.first,
    contract=S.SIGNED,
    signed=frozenset(Side),
    contract_fits=True,
)


def _line(known: Known, item: Item, day: date = TODAY):
    return next(line for line in checklist(known, day) if line.item is item)


def test_with_everything_in_order_nothing_is_left() -> None:
    lines = checklist(KNOWN, TODAY)
    assert [line.item for line in lines] == list(Item)
    assert all(line.is_done and line.doers == () for line in lines)
    assert is_ready(lines)


@pytest.mark.parametrize(
    ("changes", "item", "doers"),
    [
        ({"has_identity_code": False}, Item.IDENTITY_CODE, (Doer.PERSON, Doer.OFFICE)),
        ({"has_bank_account": False}, Item.BANK_ACCOUNT, (Doer.PERSON, Doer.OFFICE)),
        ({"has_tax_card": False}, Item.TAX_CARD, (Doer.PERSON, Doer.OFFICE)),
        ({"has_insurance": False}, Item.INSURANCE, (Doer.MANAGER,)),
        ({"contract_fits": False}, Item.TERMS, (Doer.OFFICE,)),
        ({"contract": S.DRAFT}, Item.TERMS, (Doer.OFFICE,)),
        ({"contract": None}, Item.CONTRACT, (Doer.OFFICE,)),
        ({"contract": S.DECLINED}, Item.CONTRACT, (Doer.OFFICE,)),
        (
            {"contract": S.OFFERED, "signed": frozenset()},
            Item.CONTRACT,
            (Doer.MANAGER, Doer.PERSON),
        ),
        (
            {"contract": S.SIGNED_BY_ONE, "signed": frozenset({Side.EMPLOYEE})},
            Item.CONTRACT,
            (Doer.MANAGER,),
        ),
        (
            {"contract": S.SIGNED_BY_ONE, "signed": frozenset({Side.EMPLOYER})},
            Item.CONTRACT,
            (Doer.PERSON,),
        ),
    ],
)
def test_what_is_missing_names_who_does_it_and_makes_her_not_ready(changes, item, doers) -> None:
    known = replace(KNOWN, **changes)
    line = _line(known, item)
    assert (line.mood, line.doers) == (Mood.WAITING, doers)
    assert not is_ready(checklist(known, TODAY))


def test_the_introduction_belongs_to_the_first_day_itself() -> None:
    known = replace(KNOWN, oriented_on=None)
    assert is_ready(checklist(known, TODAY))
    assert _line(known, Item.ORIENTATION).due_on == TERM.first
    assert _line(known, Item.ORIENTATION, TERM.first + timedelta(days=1)).mood is Mood.LATE


def test_what_is_due_on_a_weekend_is_due_on_the_friday_before() -> None:
    known = replace(KNOWN, has_tax_card=False)
    line = _line(known, Item.TAX_CARD)  # the day before Monday 7.12. is a Sunday
    assert line.due_on == date(2026, 12, 4)
    assert _line(known, Item.TAX_CARD, date(2026, 12, 5)).mood is Mood.LATE
