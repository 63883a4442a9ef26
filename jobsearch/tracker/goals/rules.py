"""Goals that grow week by week: what is proposed, and what a person may change herself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jobsearch.core.errors import RuleBroken
from jobsearch.core.ratios import Ratio
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import SEARCH_ACTIVITIES, Activity

MOST_WEEKS = 12
WEEKS = 3
PILOT = Ratio(312, 240, 1)
"""The pilot's people did 312 actions in 240 person-days: 1.3 a day."""

_WEEKS: tuple[tuple[int, int, int], ...] = ((1, 1, 0), (1, 2, 0), (1, 3, 1))
Ramp = Mapping[int, Mapping[Activity, int]]
"""Goals a day by week and activity."""


def shipped_ramp(weeks: int = WEEKS) -> dict[int, dict[Activity, int]]:
    """What is proposed where a programme has set nothing: 1-2, then 3, then 5 actions a day.

    Source: the evidence behind this product, section 3.2, rule 2; contacts grow most (rule 7).
    """
    return {
        week: dict(zip(SEARCH_ACTIVITIES, _WEEKS[min(week, WEEKS) - 1], strict=True))
        for week in range(1, weeks + 1)
    }


def check_ramp(weeks: Iterable[int]) -> None:
    """A ramp has from 1 to 12 weeks. Raises RuleBroken."""
    if not all(1 <= week <= MOST_WEEKS for week in weeks):
        raise RuleBroken(N_("A ramp has from 1 to %(most)d weeks."), most=MOST_WEEKS)


def check_not_behind(on: date, today: date) -> None:
    """Goals are set for today and the days ahead. Raises RuleBroken."""
    if on < today:
        raise RuleBroken(N_("This day is over. Its goals are only to read."))


@dataclass(frozen=True, slots=True)
class GoalDay:
    """One working day of a person: goals and what was done, by activity.

    `proposed` are the activities whose goal is the ramp's, as nobody has set it.
    """

    day_id: str
    on: date
    week: int
    goals: Mapping[Activity, int]
    done: Mapping[Activity, int]
    proposed: frozenset[Activity] = frozenset()
    today: date = date.min

    @property
    def is_today(self) -> bool:
        """Whether it is now."""
        return self.on == self.today

    @property
    def can_be_set(self) -> bool:
        """Whether its goals may still be changed here."""
        return self.on >= self.today

    @property
    def goal_in_all(self) -> int:
        """Goals of every kind."""
        return sum(self.goals.values())

    @property
    def done_in_all(self) -> int:
        """Actions of the kinds that have goals."""
        return sum(self.done.get(kind, 0) for kind in SEARCH_ACTIVITIES)


@dataclass(frozen=True, slots=True)
class Missing:
    """A person and a working day ahead without any goal, and what the ramp proposes for it."""

    enrolment_id: str
    person_id: str
    on: date
    goals: Mapping[Activity, int] = field(default_factory=dict)


def proposals(
    days: Iterable[tuple[date, int]],
    people: Iterable[tuple[str, str]],
    known: Iterable[tuple[str, date]],
    ramp: Ramp,
) -> list[Missing]:
    """For everyone's days without any goal, what the ramp says of their week; nothing of others.

    `days` are (day, week), `people` (enrolment, person), `known` (enrolment, day) that have goals.
    """
    have, last = set(known), max(ramp, default=0)
    everyone = list(people)
    return [
        Missing(enrolment_id, person_id, on, ramp[min(week, last)])
        for on, week in days
        for enrolment_id, person_id in everyone
        if last and (enrolment_id, on) not in have and any(ramp[min(week, last)].values())
    ]
