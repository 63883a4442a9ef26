"""The client analysis: every state with every act, and what a text may hold."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.analyses.rules import (
    HINTS,
    MOST_LETTERS,
    NEXT,
    TITLES,
    Act,
    AnalysisState,
    SectionKey,
    as_points,
    check_showable,
    check_text,
    edition_after,
    may_decide,
    next_state,
    standing,
    writing_act,
)
from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken

S, A = AnalysisState, Act

# the whole table, written out once more and by hand
EXPECTED = {
    S.DRAFT: {A.WRITE: S.DRAFT, A.WRITE_OWN: S.DRAFT, A.SHOW: S.SHOWN, A.CHOOSE: S.DRAFT,
              A.WITHDRAW: S.DRAFT},
    S.SHOWN: {A.WRITE: S.DRAFT, A.WRITE_OWN: S.SHOWN, A.CHOOSE: S.SHOWN, A.CONSENT: S.RELEASED,
              A.DECLINE: S.DECLINED, A.WITHDRAW: S.SHOWN},
    S.DECLINED: {A.WRITE: S.DRAFT, A.WRITE_OWN: S.SHOWN, A.CHOOSE: S.DECLINED,
                 A.CONSENT: S.RELEASED, A.WITHDRAW: S.DECLINED},
    S.RELEASED: {A.WRITE: S.DRAFT, A.WRITE_OWN: S.SHOWN, A.WITHDRAW: S.ENDED},
    S.ENDED: {A.WRITE: S.DRAFT, A.WRITE_OWN: S.SHOWN, A.CHOOSE: S.ENDED, A.CONSENT: S.RELEASED},
}  # fmt: skip


@pytest.mark.parametrize(("state", "act"), list(itertools.product(S, A)))
def test_every_state_with_every_act(state, act):
    following = EXPECTED[state].get(act)
    if following is None:
        with pytest.raises(RuleBroken) as refused:
            next_state(state, act)
        assert str(refused.value)
    else:
        assert next_state(state, act) is following


def test_nothing_is_released_but_by_consent():
    assert {act for (_state, act), after in NEXT.items() if after is S.RELEASED} == {A.CONSENT}


def test_a_draft_is_never_agreed_to():
    assert not may_decide(S.DRAFT)
    assert {state for state in S if may_decide(state)} == {S.SHOWN, S.DECLINED, S.ENDED}


@given(st.lists(st.sampled_from(A), max_size=40))
def test_whatever_the_order_of_acts_what_is_released_is_the_edition_that_was_agreed_to(acts):
    state, edition, text, shown = S.DRAFT, 0, 0, {}
    released: tuple[int, int] | None = None
    issued: set[int] = set()
    for act in acts:
        try:
            following = next_state(state, act)
        except RuleBroken:
            continue
        if act in (A.WRITE, A.WRITE_OWN, A.CHOOSE):
            text += 1
        before = edition
        edition = edition_after(edition, state, act, is_issued=edition in issued)
        if edition != before:
            assert edition not in shown, "an edition is one text"
        if edition != before or (act is A.CHOOSE and edition not in issued):
            shown[edition] = text
        if act is A.CONSENT:
            released = (edition, text)
            issued.add(edition)
        state = following
        if state is S.RELEASED:
            assert released is not None
            assert shown[released[0]] == released[1] == text


@pytest.mark.parametrize("state", S)
def test_only_what_was_released_ends_when_its_permission_does(state):
    assert standing(state, is_live=True) is state
    assert standing(state, is_live=False) is (S.ENDED if state is S.RELEASED else state)


@pytest.mark.parametrize("key", SectionKey)
@pytest.mark.parametrize("role", Role)
def test_who_writes_which_section(role, key):
    if role is Role.PARTICIPANT:
        own = key is SectionKey.OWN_WORDS
        assert writing_act(role, key) is (A.WRITE_OWN if own else A.WRITE)
    elif role is Role.COACH and key is not SectionKey.OWN_WORDS:
        assert writing_act(role, key) is A.WRITE
    else:
        with pytest.raises(RuleBroken):
            writing_act(role, key)


def test_a_section_of_20000_characters_is_kept_and_one_more_is_refused_in_words():
    check_text(SectionKey.WORKED, "å" * MOST_LETTERS)
    with pytest.raises(RuleBroken) as refused:
        check_text(SectionKey.WORKED, "å" * (MOST_LETTERS + 1))
    assert refused.value.field == "text_worked"
    assert "20001" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["010594Y9032", "Pian tunnus on 131052-308T.", "020516C903K", "010190-999w", "131052 -308T",
     "(010594y9032)"],
)  # fmt: skip
def test_an_identity_code_in_the_text_is_refused(text):
    with pytest.raises(RuleBroken):
        check_text(SectionKey.SITUATION, text)


def test_a_refused_identity_code_is_told_by_its_line_and_its_day_alone():
    with pytest.raises(RuleBroken) as refused:
        check_text(SectionKey.SITUATION, "Hyvä alku.\n\nPian tunnus on 131052-308T.")
    assert "on line 3: “131052…”" in str(refused.value)
    assert "308T" not in str(refused.value) and "308T" not in str(refused.value.gaps)


@pytest.mark.parametrize(
    "text",
    ["Soita 040 123 4567", "2026-11-24", "Viikolla 48 12 hakemusta", "24.11.2026–3.12.2026",
     "Y-tunnus 1234567-1", "991399-123A"],
)  # fmt: skip
def test_dates_and_phone_numbers_are_no_identity_codes(text):
    check_text(SectionKey.SITUATION, text)


def test_a_list_becomes_points_and_a_sentence_stays_a_sentence():
    assert as_points("- yksi\n\n- kaksi") == ("yksi", "kaksi")
    assert as_points("- yksi\nkaksi") == ()
    assert as_points("- yksi") == ()


def test_an_empty_analysis_is_not_shown():
    with pytest.raises(RuleBroken):
        check_showable(dict.fromkeys(SectionKey, ""))
    check_showable({SectionKey.WORKED: "x"})


def test_every_section_has_its_title_and_hint():
    assert set(TITLES) == set(HINTS) == set(SectionKey)


@pytest.mark.parametrize("state", S)
def test_choosing_makes_a_new_edition_only_of_one_that_was_issued(state):
    assert edition_after(1, state, A.CHOOSE) == 1
    if (state, A.CHOOSE) in NEXT:
        # a draft is shown again before anybody agrees, and that makes its edition
        issued = edition_after(1, state, A.CHOOSE, is_issued=True)
        assert issued == (1 if state is S.DRAFT else 2)
