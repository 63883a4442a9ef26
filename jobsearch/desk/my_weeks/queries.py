"""What a participant's own timetable shows: every day with its blocks and the hours marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import CohortBlock, CohortDay
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.text import Words
from jobsearch.desk.my_day.queries import MyCohort, MyDayLine, find_my_cohort
from jobsearch.desk.my_day.rules import Block
from jobsearch.programmes.models import TemplateResource


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the own timetable with its blocks."""

    line: MyDayLine
    title: Words
    blocks: Sequence[Block]
    resources: Sequence[TemplateResource]


@dataclass(frozen=True, slots=True)
class MyWeeks:
    """The own timetable: every week with its days."""

    today: date
    cohort: MyCohort
    weeks: Sequence[Sequence[WeekDay]]


def my_weeks(actor: Actor) -> MyWeeks | None:
    """A participant's own timetable with the hours that are marked; three statements."""
    assert actor.person_id is not None
    day = today(actor.zone)
    cohort = find_my_cohort(actor.person_id, day)
    if cohort is None:
        return None
    titles, blocks = _whole_timetable(cohort.cohort_id)
    resources = _resources(cohort.cohort_id)
    weeks: dict[int, list[WeekDay]] = {}
    for line in cohort.days:
        week_day = WeekDay(
            line,
            titles.get(line.id, Words()),
            blocks.get(line.id, []),
            resources.get(line.id, []),
        )
        weeks.setdefault(line.week, []).append(week_day)
    return MyWeeks(day, cohort, [weeks[number] for number in sorted(weeks)])


def _resources(cohort_id: str) -> dict[str, list[TemplateResource]]:
    """The links and files of each day."""
    statement = (
        select(CohortDay.id, TemplateResource)
        .join(CohortBlock, CohortBlock.cohort_day_id == CohortDay.id)
        .join(TemplateResource, TemplateResource.template_block_id == CohortBlock.template_block_id)
        .where(CohortDay.cohort_id == cohort_id)
        .order_by(CohortDay.on, CohortBlock.position, TemplateResource.position)
    )
    found: dict[str, list[TemplateResource]] = {}
    for day_id, resource in db.session.execute(statement):
        found.setdefault(day_id, []).append(resource)
    return found


def my_cohort_id(actor: Actor) -> str:
    """The participant's own group. Raises NotVisible when she has none."""
    cohort = find_my_cohort(actor.person_id or "", today(actor.zone))
    if cohort is None:
        raise NotVisible
    return cohort.cohort_id


def _whole_timetable(cohort_id: str) -> tuple[dict[str, Words], dict[str, list[Block]]]:
    statement = (
        select(
            CohortDay.id,
            CohortDay.title,
            CohortBlock.kind,
            CohortBlock.starts_minute,
            CohortBlock.minutes,
            CohortBlock.text,
        )
        .outerjoin(CohortBlock, CohortBlock.cohort_day_id == CohortDay.id)
        .where(CohortDay.cohort_id == cohort_id)
        .order_by(CohortDay.on, CohortBlock.position)
    )
    titles: dict[str, Words] = {}
    blocks: dict[str, list[Block]] = {}
    for day_id, title, kind, starts, minutes, text in db.session.execute(statement):
        titles[day_id] = title
        if kind is not None:
            blocks.setdefault(day_id, []).append(Block(kind, starts, minutes, text))
    return titles, blocks
