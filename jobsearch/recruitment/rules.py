"""The funnel: stages from referral to the first day, and the coded reasons for leaving it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.health_words import words_of_health
from jobsearch.core.text import mark as N_


class Stage(StrEnum):
    """How far a candidate has come; each stage has its own day."""

    REFERRED = "referred"
    CONTACTED = "contacted"
    INVITED = "invited"
    ATTENDED = "attended"
    SELECTED = "selected"
    SIGNED = "signed"
    STARTED = "started"


class ExitReason(StrEnum):
    """Why a candidate left on the way; the reason matters more than the number."""

    NOT_REACHED = "not_reached"
    DID_NOT_COME = "did_not_come"
    FOUND_WORK = "found_work"
    STUDIES = "studies"
    DECLINED = "declined"
    NOT_ELIGIBLE = "not_eligible"
    OTHER = "other"


class SessionForm(StrEnum):
    """How a candidate met the programme: in a group, or one to one for whoever could not come."""

    GROUP = "group"
    ONE_TO_ONE = "one_to_one"


class Channel(StrEnum):
    """How a candidate came to the provider the first time."""

    PERSONAL_LINK = "personal_link"
    SIGNED_IN = "signed_in"
    IMPORTED = "imported"
    OWN_APPLICATION = "own_application"


class MoveKind(StrEnum):
    """What one line of a candidate's history did."""

    MOVE = "move"
    EXIT = "exit"
    RETURN = "return"
    UNDO = "undo"


class CallWhy(StrEnum):
    """Why somebody is on the call list."""

    FIRST_CALL = "first_call"
    TRY_AGAIN = "try_again"
    CALL_BACK = "call_back"
    MISSED_SESSION = "missed_session"
    SEAT_OFFERED = "seat_offered"
    INTRODUCED_AGAIN = "introduced_again"


ORDER = tuple(Stage)

# Info sessions are not compulsory, so a candidate may be selected straight from a call.
NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.REFERRED: frozenset({Stage.CONTACTED}),
    Stage.CONTACTED: frozenset({Stage.INVITED, Stage.SELECTED}),
    Stage.INVITED: frozenset({Stage.ATTENDED, Stage.SELECTED}),
    Stage.ATTENDED: frozenset({Stage.SELECTED}),
    Stage.SELECTED: frozenset({Stage.SIGNED}),
    Stage.SIGNED: frozenset({Stage.STARTED}),
    Stage.STARTED: frozenset(),
}

# Some reasons need a stage behind them: nobody fails to come who was not invited.
_EARLIEST: Mapping[ExitReason, Stage] = {ExitReason.DID_NOT_COME: Stage.INVITED}
_LATEST: Mapping[ExitReason, Stage] = {ExitReason.NOT_REACHED: Stage.CONTACTED}

MOST_WORDS = 200
TRIES_BEFORE_CLOSING = 3
FORGET_AFTER_MONTHS = 6


def reached(stage: Stage) -> tuple[Stage, ...]:
    """The stage and every one before it."""
    return ORDER[: ORDER.index(stage) + 1]


def is_before(one: Stage, other: Stage) -> bool:
    """Whether one stage comes before the other."""
    return ORDER.index(one) < ORDER.index(other)


def check_move(now: Stage, to: Stage, left: ExitReason | None = None) -> None:
    """Raise RuleBroken unless a candidate who is at one stage may go to the other."""
    if left is not None:
        raise RuleBroken(N_("The candidate has left; bring them back before moving on."))
    if to not in NEXT[now]:
        raise RuleBroken(N_("The candidate cannot go from this stage to that one."), "stage")


def check_exit(now: Stage, reason: ExitReason, left: ExitReason | None = None) -> None:
    """Raise RuleBroken unless a candidate at this stage can leave for this reason.

    Whoever has started is an employee: leaving then ends an employment, not a candidacy.
    """
    if left is not None:
        raise RuleBroken(N_("The candidate has left already."))
    if now is Stage.STARTED:
        raise RuleBroken(N_("The employment has begun; end it in the cohort instead."))
    if is_before(now, _EARLIEST.get(reason, Stage.REFERRED)):
        raise RuleBroken(N_("Who was not invited cannot have failed to come."), "reason")
    if is_before(_LATEST.get(reason, Stage.STARTED), now):
        raise RuleBroken(N_("Who was invited has been reached; choose another reason."), "reason")


def exits_from(now: Stage) -> tuple[ExitReason, ...]:
    """The reasons for which a candidate at this stage can leave, in their order."""
    if now is Stage.STARTED:
        return ()
    return tuple(
        reason
        for reason in ExitReason
        if not is_before(now, _EARLIEST.get(reason, Stage.REFERRED))
        and not is_before(_LATEST.get(reason, Stage.STARTED), now)
    )


def check_exit_words(reason: ExitReason, words: str) -> None:
    """Another reason is said in a few words; no other reason has any. Raises RuleBroken.

    An employer keeps nothing about health that it does not need (759/2004 section 5).
    """
    if reason is not ExitReason.OTHER:
        if words:
            raise RuleBroken(
                N_("Words belong to “another reason” only. Leave them out."), field="words"
            )
        return
    if not words:
        raise RuleBroken(N_("Say the other reason in a few words."), field="words")
    if len(words) > MOST_WORDS:
        raise RuleBroken(
            N_("At most %(most)d characters fit here."), field="words", most=MOST_WORDS
        )
    telling = words_of_health(words)
    if telling:
        raise RuleBroken(
            N_("This may tell of someone's health: %(words)s. Leave it out."),
            field="words",
            words=", ".join(telling),
        )


def check_effort(reason: ExitReason, tries: int, least: int) -> None:
    """Nobody is closed as not reached before so many attempts. Raises RuleBroken."""
    if reason is ExitReason.NOT_REACHED and tries < least:
        raise RuleBroken(
            N_("There have been %(tries)d attempts. Try at least %(least)d times before closing."),
            field="reason",
            tries=tries,
            least=least,
        )


def check_seat_given_back(*, has_seat: bool) -> None:
    """Nobody leaves the funnel and keeps a seat that the next could have. Raises RuleBroken."""
    if has_seat:
        raise RuleBroken(
            N_("The candidate has a seat in a group. Take the seat back first, so that it is free.")
        )


def check_return(left: ExitReason | None) -> None:
    """Raise RuleBroken unless there is someone to bring back."""
    if left is None:
        raise RuleBroken(N_("The candidate has not left."))


def check_undo(*, is_last: bool, kind: MoveKind, is_own: bool) -> None:
    """Only the last move can be undone, and only by what made it. Raises RuleBroken."""
    if kind is MoveKind.UNDO:
        raise RuleBroken(N_("This was undone already."))
    if not is_last:
        raise RuleBroken(N_("The candidate has moved on since. Only the last move can be undone."))
    if not is_own:
        raise RuleBroken(N_("This came with another decision. Take that one back instead."))


def check_settings(tries: int, months: int) -> None:
    """How often to try, and when to forget; both within reason. Raises RuleBroken."""
    if not 1 <= tries <= 20:
        raise RuleBroken(N_("Choose from 1 to 20 attempts."), field="tries")
    if not 1 <= months <= 24:
        raise RuleBroken(N_("Choose from 1 to 24 months."), field="months")
