"""What came of the actions: each figure with what it is divided by, and nobody beside another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from jobsearch.core.ratios import FEW, Ratio
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import (
    ACTIVITIES,
    CHANNEL_NAMES,
    LOOKS,
    SEARCH_ACTIVITIES,
    Activity,
    Channel,
)

_TEN = 10


class Other(StrEnum):
    """What stands in a line of its own beside kinds and channels."""

    NOT_TOLD = "none"
    FROM_FILE = "file"


OTHER_NAMES: dict[Other, str] = {
    Other.NOT_TOLD: N_("Not told"),
    Other.FROM_FILE: N_("From a file"),
}


class Step(StrEnum):
    """How far an action leads, in order."""

    ACTIONS = "actions"
    REPLIES = "replies"
    INTERVIEWS = "interviews"
    OFFERS = "offers"
    JOBS = "jobs"


STEP_NAMES: dict[Step, str] = {
    Step.ACTIONS: N_("Actions"),
    Step.REPLIES: N_("Replies of employers"),
    Step.INTERVIEWS: N_("Interviews"),
    Step.OFFERS: N_("Job offers"),
    Step.JOBS: N_("Jobs found"),
}


@dataclass(frozen=True, slots=True)
class Steps:
    """How many came how far.

    `answerable` are the actions of which a reply can be known: those that were logged, not those
    of a file. Of `asked` employer contacts it was told whether who decides was reached; `reached`
    of them did reach her.
    """

    actions: int = 0
    answerable: int = 0
    replies: int = 0
    interviews: int = 0
    offers: int = 0
    jobs: int = 0
    asked: int = 0
    reached: int = 0

    def __add__(self, other: "Steps") -> "Steps":
        names = [one.name for one in fields(self)]
        return Steps(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def replied(self) -> Ratio:
        """Replies to the actions of which a reply can be known."""
        return Ratio(self.replies, self.answerable)

    @property
    def reaching(self) -> Ratio:
        """Contacts that reached who decides, of those where it was told."""
        return Ratio(self.reached, self.asked)

    @property
    def interviewed(self) -> Ratio:
        """Interviews of all actions."""
        return Ratio(self.interviews, self.actions)

    @property
    def per_ten(self) -> str | None:
        """Interviews per ten actions, one decimal; None under five actions, where it misleads."""
        return Ratio(_TEN * self.interviews, self.actions, 1).value if self.actions >= FEW else None

    @property
    def in_order(self) -> list[tuple[Step, int]]:
        """Each step with its figure."""
        return [(step, getattr(self, step.value)) for step in Step]


@dataclass(frozen=True, slots=True)
class Made:
    """One kind of action: how many, by how many people, of how many."""

    total: int
    makers: int
    people: int

    @property
    def per_person(self) -> Ratio:
        """Over everyone."""
        return Ratio(self.total, self.people)

    @property
    def per_maker(self) -> Ratio:
        """Over those who made any."""
        return Ratio(self.total, self.makers)


@dataclass(frozen=True, slots=True)
class ActionSum:
    """A sum of actions of one kind and channel: from a file, or logged."""

    activity: Activity
    channel: Channel | None
    is_imported: bool
    done: int
    replies: int = 0
    asked: int = 0
    reached: int = 0


@dataclass(frozen=True, slots=True)
class FruitSum:
    """Interviews that were logged, offers and jobs that began with actions of a kind and channel.

    Which action that was is not told where an interview has no lead, or a lead no action.
    """

    origin: Activity | None
    channel: Channel | None
    interviews: int
    offers: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its key, what it is called, and its steps."""

    key: str
    name: str
    steps: Steps

    @property
    def is_worth(self) -> bool:
        """Whether there is anything in it."""
        return self.steps != Steps()


@dataclass(frozen=True, slots=True)
class Funnel:
    """Every figure of somebody, of a group or of a programme; n is `people`."""

    people: int
    made: Mapping[Activity, Made]
    kinds: tuple[Line, ...]
    channels: tuple[Line, ...]
    total: Steps

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was done."""
        return self.total == Steps()


def compose(
    people: int,
    makers: Mapping[Activity, int],
    actions: Iterable[ActionSum],
    fruit: Iterable[FruitSum],
) -> Funnel:
    """Put the sums together. A file tells the kind of an action, yet not how the employer was
    reached, nor which action led to an interview: those are in a line of its own."""
    done = dict.fromkeys(ACTIVITIES, 0)
    kinds: dict[str, Steps] = {}
    channels: dict[str, Steps] = {}
    for one in actions:
        done[one.activity] += one.done
        is_untold = one.is_imported and one.activity is Activity.INTERVIEW
        _add(kinds, Other.FROM_FILE if is_untold else one.activity, _steps_of(one))
        _add(channels, Other.FROM_FILE if one.is_imported else one.channel, _steps_of(one))
    for came in fruit:
        steps = Steps(interviews=came.interviews, offers=came.offers, jobs=came.jobs)
        done[Activity.INTERVIEW] += came.interviews
        _add(kinds, came.origin, steps)
        _add(channels, came.channel, steps)
    return Funnel(
        people=people,
        made={kind: Made(count, makers.get(kind, 0), people) for kind, count in done.items()},
        kinds=_lines(kinds, {kind: LOOKS[kind].plural for kind in SEARCH_ACTIVITIES}),
        channels=_lines(channels, CHANNEL_NAMES),
        total=sum(kinds.values(), Steps()),
    )


def _steps_of(one: ActionSum) -> Steps:
    if one.activity is Activity.INTERVIEW:
        return Steps(interviews=one.done)
    return Steps(
        actions=one.done,
        answerable=0 if one.is_imported else one.done,
        replies=one.replies,
        asked=one.asked,
        reached=one.reached,
    )


def _add(lines: dict[str, Steps], key: StrEnum | None, steps: Steps) -> None:
    key = key or Other.NOT_TOLD
    lines[key] = lines.get(key, Steps()) + steps


def _lines(found: Mapping[str, Steps], names: Mapping[Any, str]) -> tuple[Line, ...]:
    """Every name in its order; not told and from a file stand last, where there are any."""
    known = [Line(key.value, name, found.get(key, Steps())) for key, name in names.items()]
    others = [
        Line(key.value, name, found[key]) for key, name in OTHER_NAMES.items() if key in found
    ]
    return (*known, *others)
