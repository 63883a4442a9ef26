"""What the words of a candidates' sheet say of a stage and of a reason for leaving."""

from __future__ import annotations

from dataclasses import dataclass

from jobsearch.recruitment.rules import ExitReason, Stage


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
