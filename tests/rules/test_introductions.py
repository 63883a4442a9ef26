"""An asked introduction: every state and act, who does what, and what a text may hold."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.consents.introductions.rules import (
    DOERS,
    MOST_LETTERS,
    NEXT,
    Act,
    IntroductionState,
    Refusal,
    check_doer,
    check_text,
    next_state,
    refusal_of,
    standing,
    warnings_of,
)
from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken

S, A = IntroductionState, Act
ALLOWED = {
    (S.ASKED, A.WRITE): S.WRITTEN,
    (S.ASKED, A.DECLINE): S.DECLINED,
    (S.WRITTEN, A.WRITE): S.WRITTEN,
    (S.WRITTEN, A.READ): S.WRITTEN,
    (S.WRITTEN, A.COMMENT): S.WRITTEN,
    (S.DECLINED, A.WRITE): S.WRITTEN,
}


@pytest.mark.parametrize(("state", "act"), list(itertools.product(S, A)))
def test_every_state_and_act(state, act):
    if (state, act) in ALLOWED:
        assert next_state(state, act) is ALLOWED[state, act]
    else:
        with pytest.raises(RuleBroken):
            next_state(state, act)


@pytest.mark.parametrize("act", A)
def test_nothing_is_done_to_what_has_ended_and_nothing_ends_by_an_act(act):
    with pytest.raises(RuleBroken, match="permission has ended"):
        next_state(S.ENDED, act)
    assert S.ENDED not in NEXT.values()


@pytest.mark.parametrize("state", S)
def test_without_a_live_permission_every_state_has_ended(state):
    assert standing(state, is_live=False) is S.ENDED
    assert standing(state, is_live=True) is state


@pytest.mark.parametrize(("role", "act"), list(itertools.product(Role, A)))
def test_each_act_has_its_one_role(role, act):
    if role is DOERS[act]:
        check_doer(role, act)
    else:
        with pytest.raises(RuleBroken):
            check_doer(role, act)


@pytest.mark.parametrize(
    ("coach", "named", "is_asked", "why"),
    [
        (None, None, False, Refusal.NO_COACH),
        (None, "mia", False, Refusal.NO_COACH),
        ("mia", None, False, Refusal.NO_PERMISSION),
        ("nils", "mia", False, Refusal.OTHER_COACH),
        ("mia", "mia", True, Refusal.ASKED_ALREADY),
        ("mia", "mia", False, None),
    ],
)
def test_why_it_cannot_be_asked_for(coach, named, is_asked, why):
    assert refusal_of(coach, named, is_asked) is why


_WHO = st.sampled_from([None, "mia", "nils"])


@given(_WHO, _WHO, st.booleans())
def test_it_is_asked_for_once_and_only_from_whom_the_permission_names(coach, named, is_asked):
    if refusal_of(coach, named, is_asked) is None:
        assert coach is not None and coach == named and not is_asked


@pytest.mark.parametrize("text", ["", "x" * (MOST_LETTERS + 1), "Kirsi 010190-999P on tuttu."])
def test_an_empty_or_too_long_text_and_an_identity_code_are_refused(text):
    with pytest.raises(RuleBroken) as broken:
        check_text("text", text, MOST_LETTERS)
    assert broken.value.field == "text"


def test_the_longest_text_is_accepted():
    check_text("text", "x" * MOST_LETTERS, MOST_LETTERS)


def test_words_of_health_and_phone_numbers_are_pointed_out():
    warned = warnings_of("Ollut sairaana. Soita 040 123 4567.")
    assert warned.health == ("sairaana",) and warned.has_phone
    assert not warnings_of("Oppii nopeasti.").health
