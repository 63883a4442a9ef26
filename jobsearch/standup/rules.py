"""The phases of a morning meeting, its timer, whose turn it is, and whose name the board shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import Activity


class Phase(StrEnum):
    """The order of the morning (30 minutes), then the wrap-up of the day."""

    ATTENDANCE = "attendance"
    YESTERDAY = "yesterday"
    COACHING = "coaching"
    GOALS = "goals"
    ASSIGNMENT = "assignment"
    WRAP_UP = "wrap_up"


ORDER = tuple(Phase)
MORNING = ORDER[:-1]
MINUTES = {
    Phase.ATTENDANCE: 3,
    Phase.YESTERDAY: 7,
    Phase.COACHING: 8,
    Phase.GOALS: 8,
    Phase.ASSIGNMENT: 4,
    Phase.WRAP_UP: 30,
}
PHASE_NAMES: dict[Phase, str] = {
    Phase.ATTENDANCE: N_("Attendance"),
    Phase.YESTERDAY: N_("Yesterday's results"),
    Phase.COACHING: N_("Coaching"),
    Phase.GOALS: N_("Goals of the day"),
    Phase.ASSIGNMENT: N_("Assignment"),
    Phase.WRAP_UP: N_("Results of the day"),
}


def phase_after(phase: Phase) -> Phase:
    """The next phase; the wrap-up is the last and stays."""
    return ORDER[min(ORDER.index(phase) + 1, len(ORDER) - 1)]


def phase_before(phase: Phase) -> Phase:
    """The phase before; the first stays."""
    return ORDER[max(ORDER.index(phase) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Timer:
    """The timer of a phase: since when it runs, and since when it stands still, if it does."""

    phase: Phase
    started_at: datetime
    paused_at: datetime | None = None

    def seconds_left(self, now: datetime) -> int:
        """Seconds until the phase should end; below zero it runs over. Nothing moves by itself."""
        ends_at = self.started_at + timedelta(minutes=MINUTES[self.phase])
        return round((ends_at - (self.paused_at or now)).total_seconds())

    def resumed(self, now: datetime) -> datetime:
        """When the phase began, had it never stood still: its time left is what it was."""
        return (
            self.started_at if self.paused_at is None else self.started_at + (now - self.paused_at)
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A phase in the list of the morning: its planned minutes of the day, and where it stands."""

    phase: Phase
    first_minute: int
    last_minute: int
    state: str  # done, now or ahead


def steps_of(phase: Phase | None, starts_minute: int) -> list[Step]:
    """The morning's phases from the minute of the day on which it starts; the wrap-up by itself."""
    if phase is Phase.WRAP_UP:
        return [Step(phase, 0, 0, "now")]
    steps, minute = [], starts_minute
    here = -1 if phase is None else MORNING.index(phase)
    for number, one in enumerate(MORNING):
        state = "now" if number == here else "done" if number < here else "ahead"
        steps.append(Step(one, minute, minute + MINUTES[one], state))
        minute += MINUTES[one]
    return steps


def check_has_come(on: date, today: date) -> None:
    """A meeting is run on its day or afterwards, not before. Raises RuleBroken."""
    if on > today:
        raise RuleBroken(N_("This day has not come yet."))


def phase_of(value: str) -> Phase:
    """The phase of a form. Raises NotVisible."""
    if value not in ORDER:
        raise NotVisible
    return Phase(value)


def activity_of(value: str) -> Activity:
    """The activity of an address. Raises NotVisible."""
    if value not in tuple(Activity):
        raise NotVisible
    return Activity(value)


@dataclass(frozen=True, slots=True)
class Shown:
    """A person's name as she chose it for the board; only in the totals she has none."""

    given_name: str
    family_name: str
    choice: str  # first, full or totals


def board_names(people: Iterable[Shown]) -> list[str | None]:
    """What the board calls each person: her first name, her full name, or nothing at all.

    Two of the same first name are told apart by the first letter of the family name.
    """
    everyone = list(people)
    first = [one.given_name for one in everyone if one.choice == "first"]
    return [_name(one, first) for one in everyone]


def _name(person: Shown, first_names: Sequence[str]) -> str | None:
    if person.choice == "totals":
        return None
    if person.choice == "full":
        return f"{person.given_name} {person.family_name}".strip()
    if first_names.count(person.given_name) > 1 and person.family_name:
        return f"{person.given_name} {person.family_name[0]}."
    return person.given_name


def board_day(days: Sequence[date], today: date) -> int:
    """Which of a group's days (in order) its board shows: today, else the latest, else the first.

    Raises NotVisible when the group has no day.
    """
    if not days:
        raise NotVisible
    past = [number for number, day in enumerate(days) if day <= today]
    return past[-1] if past else 0
