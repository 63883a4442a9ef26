"""What nobody has marked, set or written yet, a line for each place where it is mended; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jobsearch.attendance.rules import Mark
from jobsearch.attendance.weeks.rules import LATE_AFTER
from jobsearch.desk.staff.programme.rules import Block, Present, UnwrittenTalk
from jobsearch.desk.staff.words.rules import Known, LooseDay
from jobsearch.programmes.rules import BlockKind


class Gap(StrEnum):
    """What is missing, in the order in which it is shown of one day and group."""

    UNMARKED_TODAY = "unmarked_today"
    NO_GOAL = "no_goal"
    HOURS = "hours"
    ABSENCE = "absence"
    STEP = "step"


ICONS: dict[Gap, str] = {
    Gap.UNMARKED_TODAY: "users",
    Gap.NO_GOAL: "target",
    Gap.HOURS: "clock",
    Gap.ABSENCE: "clock",
    Gap.STEP: "messages-square",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: of whom, in which group, of which day, and the keys of its link.

    `day_id` is there where it is about one person's day.
    """

    gap: Gap
    names: Sequence[str]
    group: str
    cohort_id: str
    on: date
    enrolment_id: str = ""
    day_id: str = ""
    minutes: int = 0
    has_note: bool = False

    @property
    def icon(self) -> str:
        """The sign of what is missing."""
        return ICONS[self.gap]


def missing_of(
    people: Iterable[Known],
    loose: Iterable[LooseDay],
    talks: Iterable[UnwrittenTalk],
    blocks: Iterable[Block],
    today: date,
    minute: int,
) -> list[Missing]:
    """Everything that is missing: today's, then the oldest day first, by group, kind and name."""
    found = [*_today(people, blocks, today, minute), *_behind(loose), *_steps(talks)]
    order = {gap: place for place, gap in enumerate(Gap)}
    return sorted(
        found,
        key=lambda one: (one.on < today, one.on, one.group, order[one.gap], list(one.names)),
    )


def present_of(people: Iterable[Known], today: date) -> dict[str, Present]:
    """How many of each group are marked today, and how many of them present."""
    found: dict[str, Present] = {}
    for one in people:
        day = one.day(today)
        if day is None:
            continue
        before = found.get(one.cohort_id, Present())
        found[one.cohort_id] = Present(
            before.present + (day.mark is Mark.PRESENT),
            before.marked + (day.mark is not None),
            before.people + 1,
        )
    return found


def _today(
    people: Iterable[Known], blocks: Iterable[Block], today: date, minute: int
) -> list[Missing]:
    """Who is not marked once her day has begun, and who has no goal after the morning meeting."""
    begins, goals_from = _hours_of(blocks)
    unmarked: dict[str, list[Known]] = {}
    without: dict[str, list[Known]] = {}
    for one in people:
        day, key = one.day(today), one.cohort_id
        if day is None or day.is_away:
            continue
        if day.mark is None and minute > begins.get(key, minute) + LATE_AFTER:
            unmarked.setdefault(key, []).append(one)
        is_expected = day.mark is Mark.PRESENT or not day.has_told
        if is_expected and not day.goal and minute >= goals_from.get(key, minute + 1):
            without.setdefault(key, []).append(one)
    found = (Gap.UNMARKED_TODAY, unmarked), (Gap.NO_GOAL, without)
    return [
        Missing(gap, [one.given_name for one in some], some[0].group, key, today)
        for gap, groups in found
        for key, some in groups.items()
    ]


def _hours_of(blocks: Iterable[Block]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """When each group's day begins, and when its morning meeting, in which goals are set, ends."""
    begins: dict[str, int] = {}
    goals_from: dict[str, int] = {}
    for block in blocks:
        begins[block.cohort_id] = min(block.starts, begins.get(block.cohort_id, block.starts))
        if block.kind is BlockKind.MORNING_MEETING:
            goals_from[block.cohort_id] = block.ends
    return begins, goals_from


def _behind(loose: Iterable[LooseDay]) -> list[Missing]:
    """Unmarked hours of a day once for its group, and each absence by itself."""
    hours: dict[tuple[str, date], Missing] = {}
    absences = []
    for one in loose:
        gap = Gap.HOURS if one.day.mark is None else Gap.ABSENCE
        line = Missing(
            gap,
            [one.name],
            one.group,
            one.cohort_id,
            one.day.on,
            one.enrolment_id,
            one.day.id,
            one.day.minutes,
        )
        if gap is Gap.ABSENCE:
            absences.append(line)
            continue
        key = (one.cohort_id, one.day.on)
        before = hours.get(key)
        # of several people the page of the group's hours is the place, of one her day
        names = [*(before.names if before else ()), one.name]
        hours[key] = replace(line, names=names, day_id="" if before else line.day_id)
    return [*hours.values(), *absences]


def _steps(talks: Iterable[UnwrittenTalk]) -> list[Missing]:
    return [
        Missing(
            Gap.STEP,
            [talk.name],
            talk.group,
            "",
            talk.on,
            talk.enrolment_id,
            has_note=talk.has_note,
        )
        for talk in talks
    ]
