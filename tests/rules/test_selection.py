"""Rules of selection: every pair of states, plans, seats, the hour of an offer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from jobsearch.core.errors import RuleBroken
from jobsearch.recruitment.rules import ExitReason, Stage
from jobsearch.recruitment.selection.rules import (
    EXITS,
    NEXT_DECISION,
    NEXT_OFFER,
    NEXT_PLACE,
    REASONS,
    Answer,
    Decision,
    DecisionState,
    OfferState,
    PlaceState,
    Plan,
    Reason,
    answer_by,
    check_criteria,
    check_decision_step,
    check_offer_step,
    check_place_step,
    check_plan,
    check_seat,
    check_second_look,
    check_waiting,
    is_offering_time,
    to_offer,
)

HOME = "Europe/Helsinki"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SEAT = Plan(Decision.SELECT, Reason.FITS, "", {"a": Answer.YES})


@pytest.mark.parametrize(("now", "to"), [*product(DecisionState, DecisionState)])
def test_every_pair_of_decision_states(now: DecisionState, to: DecisionState) -> None:
    s = DecisionState
    allowed = {
        (s.PROPOSED, s.HOLDS),
        (s.PROPOSED, s.RETURNED),
        (s.PROPOSED, s.ENDED),
        (s.HOLDS, s.REPLACED),
        (s.HOLDS, s.ENDED),
    }
    _check(check_decision_step, now, to, allowed=(now, to) in allowed)
    assert set(NEXT_DECISION) == set(DecisionState)


@pytest.mark.parametrize(("now", "to"), [*product(PlaceState, PlaceState)])
def test_every_pair_of_places_in_line(now: PlaceState, to: PlaceState) -> None:
    s = PlaceState
    lives = {s.WAITING, s.OFFERED}
    _check(check_place_step, now, to, allowed=now in lives and to is not now)
    assert set(NEXT_PLACE) == set(PlaceState)


@pytest.mark.parametrize(("now", "to"), [*product(OfferState, OfferState)])
def test_every_pair_of_offer_states(now: OfferState, to: OfferState) -> None:
    allowed = now is OfferState.OPEN and to is not OfferState.OPEN
    _check(check_offer_step, now, to, allowed=allowed)
    assert set(NEXT_OFFER) == set(OfferState)


def _check(step, now, to, *, allowed: bool) -> None:
    if allowed:
        step(now, to)
    else:
        with pytest.raises(RuleBroken):
            step(now, to)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (OfferState.ACCEPTED, "answered this offer already"),
        (OfferState.DECLINED, "answered this offer already"),
        (OfferState.LAPSED, "time to answer is over"),
        (OfferState.TAKEN_BACK, "taken back"),
    ],
)
def test_each_end_of_an_offer_has_its_own_sentence(state: OfferState, sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        check_offer_step(state, OfferState.ACCEPTED)


class Seats(RuleBasedStateMachine):
    """Whatever is decided, answered and let pass: never more seats than there are."""

    SEATS = 3

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0
        self.line: list[PlaceState] = []
        self.offers: list[OfferState] = []

    def _open(self) -> int:
        return self.offers.count(OfferState.OPEN)

    @rule()
    def select(self) -> None:
        try:
            check_seat(self.taken, self._open(), self.SEATS)
        except RuleBroken:
            assert self.taken + self._open() >= self.SEATS
        else:
            self.taken += 1

    @rule()
    def wait(self) -> None:
        try:
            check_waiting(self.taken, self._open(), self.SEATS)
        except RuleBroken:
            assert self.taken + self._open() < self.SEATS
        else:
            self.line.append(PlaceState.WAITING)

    @precondition(lambda self: self.taken)
    @rule()
    def leave(self) -> None:
        self.taken -= 1

    @rule()
    def offer(self) -> None:
        waiting = [str(n) for n, one in enumerate(self.line) if one is PlaceState.WAITING]
        for key in to_offer(waiting, self.taken, self._open(), self.SEATS):
            check_place_step(self.line[int(key)], PlaceState.OFFERED)
            self.line[int(key)] = PlaceState.OFFERED
            self.offers.append(OfferState.OPEN)

    @precondition(lambda self: OfferState.OPEN in self.offers)
    @rule(to=st.sampled_from([one for one in OfferState if one is not OfferState.OPEN]))
    def answer(self, to: OfferState) -> None:
        at = self.offers.index(OfferState.OPEN)
        check_offer_step(self.offers[at], to)
        self.offers[at] = to
        place = self.line.index(PlaceState.OFFERED)
        after = {
            OfferState.ACCEPTED: PlaceState.SEATED,
            OfferState.TAKEN_BACK: PlaceState.WAITING,
        }.get(to, PlaceState.LEFT)
        check_place_step(self.line[place], after)
        self.line[place] = after
        if to is OfferState.ACCEPTED:
            check_seat(self.taken, self._open(), self.SEATS)
            self.taken += 1

    @invariant()
    def never_too_many(self) -> None:
        assert self.taken + self._open() <= self.SEATS
        assert self.line.count(PlaceState.OFFERED) == self._open()


TestSeats = Seats.TestCase


def test_every_reason_belongs_to_one_decision_and_every_refusal_to_an_exit() -> None:
    listed = [reason for reasons in REASONS.values() for reason in reasons]
    assert len(listed) == len(set(listed))
    assert set(EXITS) == set(REASONS[Decision.REFUSE])


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"reason": Reason.GROUP_FULL}, "reason", "belongs to this decision"),
        ({"answers": {}}, "decision", "every criterion"),
        ({"answers": {"a": Answer.YES, "b": Answer.NO}}, "decision", "every criterion"),
        ({"words": "x" * 301}, "words", "At most 300"),
        ({"words": "Hänellä on masennus."}, "words", "health"),
        (
            {"decision": Decision.REFUSE, "reason": Reason.OTHER_SERVICE},
            "words",
            "second person reads it",
        ),
    ],
)
def test_what_a_decision_cannot_be_has_its_own_sentence(change, field, sentence) -> None:
    with pytest.raises(RuleBroken, match=sentence) as broken:
        check_plan(replace(SEAT, **change), ["a"], Stage.ATTENDED, None)
    assert broken.value.field == field


@pytest.mark.parametrize(("stage", "decision"), [*product(Stage, Decision)])
def test_every_stage_and_decision(stage: Stage, decision: Decision) -> None:
    plan = Plan(decision, REASONS[decision][0], "Words.", {"a": Answer.NO})
    open_stages = {Stage.CONTACTED, Stage.INVITED, Stage.ATTENDED}
    if stage in open_stages:
        check_plan(plan, ["a"], stage, None)
        with pytest.raises(RuleBroken, match="has left"):
            check_plan(plan, ["a"], stage, ExitReason.STUDIES)
    else:
        with pytest.raises(RuleBroken):
            check_plan(plan, ["a"], stage, None)


def test_nobody_looks_at_her_own_refusal() -> None:
    check_second_look("one", "other")
    with pytest.raises(RuleBroken, match="yourself"):
        check_second_look("one", "one")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "at least one"),
        (["x"] * 2, "twice"),
        ([f"{n}" for n in range(13)], "at most 12"),
        (["y" * 161], "Line 1 is longer"),
        (["On terve eikä sairaana"], "health"),
    ],
)
def test_criteria_that_cannot_be_kept_say_why(lines, sentence) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        check_criteria(lines)


def test_an_offer_waits_two_days_but_never_past_the_afternoon_before_the_start() -> None:
    assert answer_by(NOW, date(2026, 12, 7), HOME) == NOW + timedelta(hours=48)
    assert answer_by(NOW, date(2026, 11, 26), HOME) == datetime(2026, 11, 25, 14, tzinfo=UTC)
    assert answer_by(NOW, date(2026, 11, 25), HOME) == datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert answer_by(NOW + timedelta(hours=3), date(2026, 11, 25), HOME) is None


def test_offers_go_out_by_day_also_when_the_clocks_change() -> None:
    assert not is_offering_time(datetime(2027, 3, 28, 4, 59, tzinfo=UTC), HOME)  # 7.59
    assert is_offering_time(datetime(2027, 3, 28, 5, 0, tzinfo=UTC), HOME)
    assert is_offering_time(datetime(2026, 10, 25, 17, 59, tzinfo=UTC), HOME)
    assert not is_offering_time(datetime(2026, 10, 25, 18, 0, tzinfo=UTC), HOME)


@given(
    st.lists(st.text(min_size=1), unique=True),
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(1, 6),
)
def test_as_many_are_asked_as_seats_are_free_in_their_order(line, taken, offered, seats) -> None:
    asked = list(to_offer(line, taken, offered, seats))
    assert asked == line[: len(asked)]
    assert len(asked) == min(len(line), max(0, seats - taken - offered))
