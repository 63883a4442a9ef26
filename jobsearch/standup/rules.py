"""The phases of a morning meeting and how it moves through them."""

from enum import StrEnum


class Phase(StrEnum):
    """The order of the morning (30 minutes), then the wrap-up of the day."""

    ATTENDANCE = "attendance"
    YESTERDAY = "yesterday"
    COACHING = "coaching"
    GOALS = "goals"
    ASSIGNMENT = "assignment"
    WRAP_UP = "wrap_up"


ORDER = tuple(Phase)
MINUTES = {
    Phase.ATTENDANCE: 3,
    Phase.YESTERDAY: 7,
    Phase.COACHING: 8,
    Phase.GOALS: 8,
    Phase.ASSIGNMENT: 4,
    Phase.WRAP_UP: 30,
}


def phase_after(phase: Phase) -> Phase:
    """The next phase; the wrap-up is the last and stays."""
    return ORDER[min(ORDER.index(phase) + 1, len(ORDER) - 1)]


def phase_before(phase: Phase) -> Phase:
    """The phase before; the first stays."""
    return ORDER[max(ORDER.index(phase) - 1, 0)]
