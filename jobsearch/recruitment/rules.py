"""The funnel: stages from referral to the first day, and the coded reasons for leaving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
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


def reached(stage: Stage) -> tuple[Stage, ...]:
    """The stage and every one before it."""
    return ORDER[: ORDER.index(stage) + 1]


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
    if ORDER.index(now) < ORDER.index(_EARLIEST.get(reason, Stage.REFERRED)):
        raise RuleBroken(N_("Who was not invited cannot have failed to come."), "reason")
    if ORDER.index(now) > ORDER.index(_LATEST.get(reason, Stage.STARTED)):
        raise RuleBroken(N_("Who was invited has been reached; choose another reason."), "reason")


def check_return(left: ExitReason | None) -> None:
    """Raise RuleBroken unless there is someone to bring back."""
    if left is None:
        raise RuleBroken(N_("The candidate has not left."))


@dataclass(frozen=True, slots=True)
class SheetStage:
    """What a row of a candidates' sheet says: the stage, why it ended there, and a return."""

    stage: Stage
    exit_reason: ExitReason | None = None
    returned: bool = False


SELECTED_WORDS = frozenset({"valittu", "vald", "selected"})
NOT_SELECTED_WORDS = frozenset({"ei valittu", "inte vald", "not selected", ""})
CAME_WORDS = frozenset({"saapui", "kom", "came"})
STAYED_AWAY_WORDS = frozenset({"ei saapunut", "kom inte", "did not come"})

_REASONS: tuple[tuple[str, ExitReason], ...] = (
    ("ei tavoit", ExitReason.NOT_REACHED),
    ("ei saapu", ExitReason.DID_NOT_COME),
    ("työllisty", ExitReason.FOUND_WORK),
    ("sai töitä", ExitReason.FOUND_WORK),
    ("opisk", ExitReason.STUDIES),
    ("ei halun", ExitReason.DECLINED),
    ("kieltäyty", ExitReason.DECLINED),
    ("ei täyt", ExitReason.NOT_ELIGIBLE),
)
_RETURNED = "palasi"
_BEFORE_START = "ennen aloitusta"


def reason_in(note: str) -> ExitReason | None:
    """The coded reason that a note's first words name; other words are "other", none is None."""
    words = note.casefold().strip()
    if not words:
        return None
    return next((code for start, code in _REASONS if words.startswith(start)), ExitReason.OTHER)


def stage_from_sheet(*, came: str, decision: str, invited: bool, note: str) -> SheetStage:
    """The stage that a row's words tell; all words come trimmed and in lower case.

    Whoever was selected has signed and started, unless the note says that work was found before
    the start; "came back" in the note undoes that. Of the note nothing else is kept.
    """
    if decision in SELECTED_WORDS:
        if _RETURNED in note:
            return SheetStage(Stage.STARTED, returned=True)
        if reason_in(note) is ExitReason.FOUND_WORK and _BEFORE_START in note:
            return SheetStage(Stage.SIGNED, ExitReason.FOUND_WORK)
        return SheetStage(Stage.STARTED)
    if came in CAME_WORDS:
        return SheetStage(Stage.ATTENDED, reason_in(note) or ExitReason.OTHER)
    if came in STAYED_AWAY_WORDS:
        return SheetStage(Stage.INVITED, reason_in(note) or ExitReason.DID_NOT_COME)
    return SheetStage(Stage.INVITED if invited else Stage.REFERRED, reason_in(note))
