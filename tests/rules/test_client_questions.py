"""What a municipal coach may ask, how often, and that limits tell nothing of the answer."""

from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.analyses.inbox.rules import SOON, Show, ends_soon, shown_by
from jobsearch.analyses.questions.rules import (
    BETWEEN,
    HINTS,
    MOST_LETTERS,
    STANDS_FOR,
    TITLES,
    Asked,
    QuestionKind,
    Shared,
    check_question,
    expires_on,
    kinds_for,
    week_of_question,
)
from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken
from jobsearch.handover.rules import NOBODY, heir_of

TODAY = date(2026, 11, 24)
K = QuestionKind
EVERYTHING = list(K)


@pytest.mark.parametrize(("release", "left", "started"), list(product([True, False], repeat=3)))
def test_what_can_be_asked_follows_from_what_is_shared_and_nothing_else(release, left, started):
    kinds = set(kinds_for(Shared(release, left, started)))
    if not release and not started:
        assert kinds == set()
    elif not release:
        assert kinds == {K.PERMISSION, K.TALK}
    else:
        assert kinds == {K.NEWER, K.LONGER, K.TALK} | ({K.LEFT_OUT} if left else set())


def test_every_kind_has_its_words():
    assert set(TITLES) == set(HINTS) == set(K)


@pytest.mark.parametrize("days", [0, 1, 6, 7, 8])
def test_one_question_a_week(days):
    before = [Asked(K.TALK, TODAY - timedelta(days=days))]
    if days < BETWEEN.days:
        with pytest.raises(RuleBroken, match="a week after"):
            check_question(K.NEWER, "", EVERYTHING, before, TODAY)
    else:
        check_question(K.NEWER, "", EVERYTHING, before, TODAY)


@pytest.mark.parametrize(("days", "allowed"), [(7, False), (29, False), (30, False), (31, True)])
def test_one_question_of_a_kind_stands_at_a_time_for_thirty_days(days, allowed):
    before = [Asked(K.TALK, TODAY - timedelta(days=days))]
    if allowed:
        check_question(K.TALK, "", EVERYTHING, before, TODAY)
    else:
        with pytest.raises(RuleBroken, match="asked for this already"):
            check_question(K.TALK, "", EVERYTHING, before, TODAY)
    assert expires_on(TODAY) == TODAY + STANDS_FOR


@pytest.mark.parametrize(
    ("words", "match"),
    [("a" * (MOST_LETTERS + 1), "At most"), ("Soita 131052-308T", "identity code")],
)
def test_words_that_do_not_belong_are_refused_on_their_field(words, match):
    with pytest.raises(RuleBroken, match=match) as broken:
        check_question(K.TALK, words, EVERYTHING, [], TODAY)
    assert broken.value.field == "words"


def test_only_what_is_on_the_list_can_be_asked():
    with pytest.raises(RuleBroken, match="Choose one"):
        check_question(K.LONGER, "", [K.TALK], [], TODAY)
    check_question(K.TALK, "a" * MOST_LETTERS, [K.TALK], [], TODAY)


@given(st.lists(st.tuples(st.sampled_from(EVERYTHING), st.integers(0, 90)), max_size=40))
def test_whatever_is_tried_nobody_is_asked_twice_in_a_week_or_twice_at_once(tries):
    asked: list[Asked] = []
    for kind, later in sorted(tries, key=lambda one: one[1]):
        day = TODAY + timedelta(days=later)
        standing = [one for one in asked if expires_on(one.on) >= day]
        try:
            check_question(kind, "", EVERYTHING, standing, day)
        except RuleBroken:
            continue
        asked.append(Asked(kind, day))
    days = [one.on for one in asked]
    assert all(b - a >= BETWEEN for a, b in pairwise(days))
    assert len({week_of_question(day) for day in days}) == len(days)
    for a, b in product(asked, asked):
        if a.kind is b.kind and a.on < b.on:
            assert b.on > expires_on(a.on)


@pytest.mark.parametrize(("text", "show"), [*((s.value, s) for s in Show), ("x", Show.ALL)])
def test_an_address_shows_what_it_names_or_everything(text, show):
    assert shown_by(text) is show


def test_a_permission_ends_soon_from_two_weeks_on():
    assert ends_soon(TODAY + SOON, TODAY) and ends_soon(TODAY, TODAY)
    assert not ends_soon(TODAY + SOON + timedelta(days=1), TODAY)


@pytest.mark.parametrize("acting", [Role.MUNICIPAL_ADMIN, Role.OPERATOR])
def test_who_has_clients_does_not_leave_before_it_is_said_who_gets_them(acting):
    assert heir_of(acting, 0, "") is None
    assert heir_of(acting, 3, NOBODY) is None
    with pytest.raises(RuleBroken, match="Choose who gets these clients"):
        heir_of(acting, 1, "")


def test_an_operator_moves_nobody():
    assert heir_of(Role.MUNICIPAL_ADMIN, 1, "nils") == "nils"
    with pytest.raises(RuleBroken, match="administrator moves"):
        heir_of(Role.OPERATOR, 1, "nils")


def test_what_a_permission_is_asked_for_is_said_truly_after_one_that_was_taken_back():
    assert HINTS[K.PERMISSION] == "Nothing is open to you now."
