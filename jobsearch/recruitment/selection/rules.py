"""Selection: criteria, decisions that need a reason, refusals that two people see, the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from jobsearch.core.errors import RuleBroken
from jobsearch.core.health_words import words_of_health
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.rules import ExitReason, Stage, check_move

FEWEST_IN_GROUP = 3
"""Under three there is no group to speak of (mission, section 3): a warning, never a refusal."""
MOST_CRITERIA, LONGEST_CRITERION = 12, 160
LONGEST_WORDS = 300


class Decision(StrEnum):
    """What is decided about a candidate."""

    SELECT = "select"
    WAIT = "wait"
    REFUSE = "refuse"


class DecisionState(StrEnum):
    """Where a decision is; a refusal is proposed until a second person has seen it."""

    PROPOSED = "proposed"
    HOLDS = "holds"
    RETURNED = "returned"
    REPLACED = "replaced"
    ENDED = "ended"


class Reason(StrEnum):
    """Why so; the words beside it say the rest."""

    FITS = "fits"
    ACCEPTED_OFFER = "accepted_offer"
    GROUP_FULL = "group_full"
    CRITERIA_NOT_MET = "criteria_not_met"
    CANNOT_TAKE_PART = "cannot_take_part"
    OTHER_SERVICE = "other_service"


class Answer(StrEnum):
    """What one criterion says of a candidate; none weighs more than another."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class PlaceState(StrEnum):
    """Where a place on the waiting list is."""

    WAITING = "waiting"
    OFFERED = "offered"
    SEATED = "seated"
    LEFT = "left"


class OfferState(StrEnum):
    """Where an offer of a seat is; while it is open it holds the seat."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken_back"


NEXT_DECISION: Mapping[DecisionState, frozenset[DecisionState]] = {
    DecisionState.PROPOSED: frozenset(
        {DecisionState.HOLDS, DecisionState.RETURNED, DecisionState.ENDED}
    ),
    DecisionState.HOLDS: frozenset({DecisionState.REPLACED, DecisionState.ENDED}),
    DecisionState.RETURNED: frozenset(),
    DecisionState.REPLACED: frozenset(),
    DecisionState.ENDED: frozenset(),
}
NEXT_PLACE: Mapping[PlaceState, frozenset[PlaceState]] = {
    PlaceState.WAITING: frozenset({PlaceState.OFFERED, PlaceState.SEATED, PlaceState.LEFT}),
    PlaceState.OFFERED: frozenset({PlaceState.WAITING, PlaceState.SEATED, PlaceState.LEFT}),
    PlaceState.SEATED: frozenset(),
    PlaceState.LEFT: frozenset(),
}
NEXT_OFFER: Mapping[OfferState, frozenset[OfferState]] = {
    OfferState.OPEN: frozenset(OfferState) - {OfferState.OPEN},
    OfferState.ACCEPTED: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.LAPSED: frozenset(),
    OfferState.TAKEN_BACK: frozenset(),
}
REASONS: Mapping[Decision, tuple[Reason, ...]] = {
    Decision.SELECT: (Reason.FITS,),
    Decision.WAIT: (Reason.GROUP_FULL,),
    Decision.REFUSE: (Reason.CRITERIA_NOT_MET, Reason.CANNOT_TAKE_PART, Reason.OTHER_SERVICE),
}
EXITS: Mapping[Reason, ExitReason] = {
    Reason.CRITERIA_NOT_MET: ExitReason.NOT_ELIGIBLE,
    Reason.CANNOT_TAKE_PART: ExitReason.NOT_ELIGIBLE,
    Reason.OTHER_SERVICE: ExitReason.OTHER,
}
"""What the funnel calls a refusal for each reason."""


def check_decision_step(state: DecisionState, to: DecisionState) -> None:
    """Raise RuleBroken unless a decision may go from one state to the other."""
    if to not in NEXT_DECISION[state]:
        raise RuleBroken(N_("This decision is settled already: look at it again."))


def check_place_step(state: PlaceState, to: PlaceState) -> None:
    """Raise RuleBroken unless a place on the waiting list may go from one state to the other."""
    if to not in NEXT_PLACE[state]:
        raise RuleBroken(N_("This place on the waiting list has changed: look at it again."))


def check_offer_step(state: OfferState, to: OfferState) -> None:
    """Raise RuleBroken unless an offer may go from one state to the other, said to its holder."""
    if to in NEXT_OFFER[state]:
        return
    said = {
        OfferState.LAPSED: N_("The time to answer is over, and the seat was offered to the next."),
        OfferState.TAKEN_BACK: N_("This offer was taken back. Call us, we will tell you why."),
    }
    raise RuleBroken(said.get(state, N_("You have answered this offer already.")))


def check_criteria(lines: Sequence[str]) -> None:
    """A short list of things that are so or not, none of them about health. Raises RuleBroken."""
    if not lines:
        raise RuleBroken(N_("Write at least one criterion."), field="lines")
    if len(lines) > MOST_CRITERIA:
        raise RuleBroken(N_("Write at most %(most)d criteria."), field="lines", most=MOST_CRITERIA)
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_CRITERION:
            raise RuleBroken(
                N_("Line %(number)d is longer than %(most)d characters."),
                field="lines",
                number=number,
                most=LONGEST_CRITERION,
            )
    if len({line.casefold() for line in lines}) < len(lines):
        raise RuleBroken(N_("One criterion stands there twice."), field="lines")
    _refuse_health("lines", *lines)


def _refuse_health(field: str, *texts: str) -> None:
    """An employer keeps nothing about health that it does not need (759/2004 section 5)."""
    telling = words_of_health(*texts)
    if telling:
        raise RuleBroken(
            N_("This may tell of someone's health: %(words)s. Leave it out."),
            field=field,
            words=", ".join(telling),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A decision before it is kept: what, why, in words, and what each criterion says."""

    decision: Decision
    reason: Reason
    words: str
    answers: Mapping[str, Answer]


def check_plan(plan: Plan, criteria: Sequence[str], stage: Stage, left: ExitReason | None) -> None:
    """A decision has a reason of its kind, words without health, and every criterion answered.

    `criteria` are the keys of the edition in use. Raises RuleBroken on its field.
    """
    if left is not None:
        raise RuleBroken(N_("The candidate has left; bring them back before deciding."))
    if plan.decision is Decision.SELECT:
        check_move(stage, Stage.SELECTED)
    elif stage not in (Stage.CONTACTED, Stage.INVITED, Stage.ATTENDED):
        raise RuleBroken(N_("Decide between the first call and the contract."), field="decision")
    if plan.reason not in REASONS[plan.decision]:
        raise RuleBroken(N_("Choose a reason that belongs to this decision."), field="reason")
    if plan.decision is Decision.REFUSE and not plan.words:
        raise RuleBroken(N_("Say in a few words why; the second person reads it."), field="words")
    if len(plan.words) > LONGEST_WORDS:
        raise RuleBroken(
            N_("At most %(most)d characters fit here."), field="words", most=LONGEST_WORDS
        )
    _refuse_health("words", plan.words)
    if plan.decision is not Decision.WAIT and set(plan.answers) != set(criteria):
        raise RuleBroken(N_("Answer every criterion: yes, no or not known."), field="decision")


def check_second_look(decided_by: str, seen_by: str) -> None:
    """A refusal is seen by somebody else than who proposed it. Raises RuleBroken."""
    if decided_by == seen_by:
        raise RuleBroken(
            N_("You proposed this refusal yourself. Another person has to look at it.")
        )


def check_seat(taken: int, offered: int, seats: int) -> None:
    """A seat is free when it is neither taken nor offered to somebody. Raises RuleBroken."""
    if taken >= seats:
        raise RuleBroken(
            N_("The last seat has just been given: all %(seats)d are taken."),
            field="decision",
            seats=seats,
        )
    if taken + offered >= seats:
        raise RuleBroken(
            N_("The free seat is offered to somebody on the waiting list, who may still answer."),
            field="decision",
        )


def check_waiting(taken: int, offered: int, seats: int) -> None:
    """A waiting list is for a group whose seats are all taken or offered. Raises RuleBroken."""
    if taken + offered < seats:
        raise RuleBroken(
            N_("A seat is free, so there is nothing to wait for. Select the candidate instead."),
            field="decision",
        )


def check_open_for_seats(starts_on: date, today: date) -> None:
    """Seats of a group are given until it starts. Raises RuleBroken."""
    if starts_on < today:
        raise RuleBroken(N_("This group has started. Choose one that is still ahead."))


_ANSWER_WITHIN = timedelta(hours=48)
_LAST_HOUR = time(16)
_LEAST_TIME = timedelta(hours=4)
_MORNING, _EVENING = time(8), time(20)


def is_offering_time(now: datetime, zone: str) -> bool:
    """Whether offers go out now: between 8 and 20, when people read and can call."""
    return _MORNING <= now.astimezone(ZoneInfo(zone)).time() < _EVENING


def answer_by(now: datetime, starts_on: date, zone: str) -> datetime | None:
    """Until when an offer is answered: two days, at 16 at the latest on the day before the start.

    None when less than four hours would be left: then a telephone call is better than an offer.
    """
    last = datetime.combine(starts_on - timedelta(days=1), _LAST_HOUR, ZoneInfo(zone))
    end = min(now + _ANSWER_WITHIN, last.astimezone(now.tzinfo))
    return end if end - now >= _LEAST_TIME else None


def to_offer(waiting: Sequence[str], taken: int, offered: int, seats: int) -> Sequence[str]:
    """Who is offered a seat now: as many of the waiting, in their order, as seats are free."""
    return waiting[: max(0, seats - taken - offered)]
