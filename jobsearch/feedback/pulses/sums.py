"""What staff may know of pulses: sums by kind, day and template, made in SQL; no single answer.

An answer about a block counts from the day after it, and a score of confidence once its question
is closed: from then on nobody can change it, so whoever opens the page again and again sees no
single answer join or move. A participant may still take hers back; then the sums tell what it was,
and not whose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    distinct,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.feedback.pulses.models import BlockPulse, ConfidencePulse
from jobsearch.feedback.pulses.rules import (
    CONFIDENCE_DAYS,
    FIRST_TIME,
    LAST_TIME,
    ConfidenceItem,
    Usefulness,
)
from jobsearch.programmes.models import Template, TemplateBlock, TemplateDay
from jobsearch.programmes.rules import BlockKind

_ALL, _KIND, _DAY, _ITEM, _VERSION = "all", "kind", "day", "item", "version"
UNKNOWN = ""
"""The key of groups that were made from no template."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over answers: how many answers, of how many people; `total` adds what is counted."""

    total: int
    answers: int
    people: int


@dataclass(frozen=True, slots=True)
class UsefulnessSums:
    """How often a block was useful: in all, by kind of block, day number and template version."""

    whole: Sum
    kinds: Mapping[BlockKind, Sum]
    days: Mapping[int, Sum]
    versions: Mapping[str, Sum]


def sum_usefulness(programme_id: str, before: date) -> UsefulnessSums:
    """The answers about days before a day; `total` counts each "yes". One statement."""
    made_from = _made_from(programme_id)
    parts: tuple[tuple[str, ColumnElement[Any]], ...] = (
        (_ALL, literal("")),
        (_KIND, cast(CohortBlock.kind, String)),
        (_DAY, cast(CohortDay.position, String)),
        (_VERSION, func.coalesce(made_from.c.template_id, UNKNOWN)),
    )
    yes = func.count(BlockPulse.id).filter(BlockPulse.usefulness == Usefulness.YES)
    found: dict[str, dict[str, Sum]] = {name: {} for name, _key in parts}
    selects = [
        select(literal(name), key, yes, *_counts(BlockPulse.id))
        .select_from(BlockPulse)
        .join(CohortBlock, CohortBlock.id == BlockPulse.cohort_block_id)
        .join(CohortDay, CohortDay.id == CohortBlock.cohort_day_id)
        .join(Enrolment, Enrolment.id == BlockPulse.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(made_from, made_from.c.cohort_id == Cohort.id)
        .where(Cohort.programme_id == programme_id, CohortDay.on < before)
        .group_by(key)
        for name, key in parts
    ]
    for name, key, *figures in db.session.execute(union_all(*selects)):
        found[name][key] = Sum(*figures)
    return UsefulnessSums(
        whole=found[_ALL].get("", Sum(0, 0, 0)),
        kinds={BlockKind(key): one for key, one in found[_KIND].items()},
        days={int(key): one for key, one in found[_DAY].items()},
        versions=found[_VERSION],
    )


def _counts(key: Any) -> tuple[ColumnElement[int], ColumnElement[int]]:
    return func.count(key), func.count(distinct(Enrolment.person_id))


def _made_from(programme_id: str) -> Any:
    """The template that each of the programme's groups was made from, by its blocks."""
    return (
        select(Cohort.id.label("cohort_id"), func.min(TemplateDay.template_id).label("template_id"))
        .join(CohortDay, CohortDay.cohort_id == Cohort.id)
        .join(CohortBlock, CohortBlock.cohort_day_id == CohortDay.id)
        .join(TemplateBlock, TemplateBlock.id == CohortBlock.template_block_id)
        .join(TemplateDay, TemplateDay.id == TemplateBlock.template_day_id)
        .where(Cohort.programme_id == programme_id)
        .group_by(Cohort.id)
        .subquery()
    )


@dataclass(frozen=True, slots=True)
class ConfidenceSums:
    """Confidence by day number: of each item, and of each template version over all items."""

    items: Mapping[tuple[ConfidenceItem, int], Sum]
    versions: Mapping[tuple[str, int], Sum]


def _is_closed(pulse: Any, today: date) -> ColumnElement[bool]:
    """Whether a question is asked no more: the group's next such day has come, or it is over.

    As `rules.confidence_day`, on a joined `Cohort`.
    """
    working = aliased(CohortDay)
    days = (
        select(func.count(working.id))
        .where(working.cohort_id == Cohort.id, working.cancelled_at.is_(None))
        .correlate(Cohort)
    )
    come = days.where(working.on <= today).scalar_subquery()
    return or_(
        Cohort.ends_on < today,
        and_(pulse.day_number < LAST_TIME, come == days.scalar_subquery()),
        and_(pulse.day_number == FIRST_TIME, come >= CONFIDENCE_DAYS[1]),
    )


def sum_confidence(programme_id: str, today: date) -> ConfidenceSums:
    """The scores whose questions are closed on a day; `total` adds them up. One statement."""
    made_from = _made_from(programme_id)
    parts: tuple[tuple[str, ColumnElement[Any]], ...] = (
        (_ITEM, cast(ConfidencePulse.item, String)),
        (_VERSION, func.coalesce(made_from.c.template_id, UNKNOWN)),
    )
    found: dict[str, dict[tuple[str, int], Sum]] = {name: {} for name, _key in parts}
    selects = [
        select(
            literal(name),
            key,
            ConfidencePulse.day_number,
            func.sum(ConfidencePulse.score),
            *_counts(ConfidencePulse.id),
        )
        .select_from(ConfidencePulse)
        .join(Enrolment, Enrolment.id == ConfidencePulse.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(made_from, made_from.c.cohort_id == Cohort.id)
        .where(Cohort.programme_id == programme_id, _is_closed(ConfidencePulse, today))
        .group_by(key, ConfidencePulse.day_number)
        for name, key in parts
    ]
    for name, key, number, *figures in db.session.execute(union_all(*selects)):
        found[name][key, number] = Sum(*figures)
    return ConfidenceSums(
        items={(ConfidenceItem(key), day): one for (key, day), one in found[_ITEM].items()},
        versions=found[_VERSION],
    )


def sum_changes(programme_id: str, today: date) -> dict[ConfidenceItem, Sum]:
    """From day 1 to day 12, of those who answered an item on both; `total` adds the differences.

    One statement.
    """
    then = aliased(ConfidencePulse)
    statement: Select[*tuple[Any, ...]] = (
        select(
            ConfidencePulse.item,
            func.sum(then.score - ConfidencePulse.score),
            *_counts(ConfidencePulse.id),
        )
        .join(
            then,
            and_(
                then.enrolment_id == ConfidencePulse.enrolment_id, then.item == ConfidencePulse.item
            ),
        )
        .join(Enrolment, Enrolment.id == ConfidencePulse.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Cohort.programme_id == programme_id,
            ConfidencePulse.day_number == FIRST_TIME,
            then.day_number == LAST_TIME,
            _is_closed(then, today),
        )
        .group_by(ConfidencePulse.item)
    )
    return {item: Sum(*figures) for item, *figures in db.session.execute(statement)}


@dataclass(frozen=True, slots=True)
class Version:
    """A template version: its name and edition."""

    id: str
    name: str
    edition: int


def list_versions(programme_id: str) -> list[Version]:
    """The template versions that the programme's groups were made from; one statement."""
    made_from = _made_from(programme_id)
    statement = (
        select(Template.id, Template.name, Template.edition)
        .where(Template.id.in_(select(made_from.c.template_id)))
        .order_by(Template.name, Template.edition, Template.id)
        .limit(50)
    )
    return [Version(*row) for row in db.session.execute(statement)]
