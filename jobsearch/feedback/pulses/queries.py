"""What is asked of a participant now: about a block of her group's day, or about confidence.

The start page asks nothing more for it: `RIDERS` ride along in its own statement of the group's
days and today's blocks, and `ask_of` reads them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now
from jobsearch.core.periods import minute_of
from jobsearch.core.prepared import Prepared
from jobsearch.feedback.pulses.models import BlockPulse, ConfidencePulse
from jobsearch.feedback.pulses.rules import (
    Ask,
    DayBlock,
    confidence_day,
    what_to_ask,
)

RIDERS = (
    CohortBlock.id.label("block_id"),
    select(BlockPulse.usefulness)
    .where(BlockPulse.enrolment_id == Enrolment.id, BlockPulse.cohort_block_id == CohortBlock.id)
    .correlate(Enrolment, CohortBlock)
    .scalar_subquery()
    .label("usefulness"),
    select(func.count(ConfidencePulse.id))
    .where(
        ConfidencePulse.enrolment_id == Enrolment.id,
        ConfidencePulse.day_number == CohortDay.position,
    )
    .correlate(Enrolment, CohortDay)
    .scalar_subquery()
    .label("items_answered"),
)
"""Columns for a statement over a person's enrolment, all days of her group and the blocks of today.

Its other columns are named `left_on`, `position`, `on`, `is_cancelled`, and of the block `kind`,
`block_starts`, `block_minutes` and `text`.
"""

_DAYS = Prepared(
    select(
        Enrolment.id.label("enrolment_id"),
        Enrolment.left_on,
        CohortDay.position,
        CohortDay.on,
        CohortDay.cancelled_at.is_not(None).label("is_cancelled"),
        CohortBlock.kind,
        CohortBlock.starts_minute.label("block_starts"),
        CohortBlock.minutes.label("block_minutes"),
        CohortBlock.text,
        *RIDERS,
    )
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .join(CohortDay, CohortDay.cohort_id == Cohort.id)
    .outerjoin(
        CohortBlock,
        and_(CohortBlock.cohort_day_id == CohortDay.id, CohortDay.on == bindparam("today")),
    )
    .where(
        Enrolment.person_id == bindparam("person_id"),
        has_seat(),
        Cohort.state == CohortState.OPEN,
        Cohort.ends_on >= bindparam("today"),
    )
    .order_by(Cohort.starts_on, Cohort.id, CohortDay.on, CohortBlock.position)
)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """Where a participant is in her group now: today's blocks, and whose confidence is asked."""

    enrolment_id: str
    blocks: tuple[DayBlock, ...]
    minute: int
    number: int | None
    items_answered: int

    @property
    def ask(self) -> Ask | None:
        """The one thing to ask now."""
        return what_to_ask(self.blocks, self.minute, self.number, self.items_answered)


def own_day(actor: Actor) -> OwnDay | None:
    """Where the participant is now in her group; None when she has no seat. One statement."""
    here = local(now(), actor.zone)
    rows = _DAYS.rows(person_id=actor.person_id, today=here.date())
    own = [row for row in rows if row.enrolment_id == rows[0].enrolment_id]
    return _day_of(own, here.date(), minute_of(here))


def ask_of(rows: Sequence[Any], today: date, minute: int) -> Ask | None:
    """What to ask now, from rows of one enrolment that carry the `RIDERS`; no statement.

    Nothing is asked of who has left, before the first day and after the last.
    """
    day = _day_of(rows, today, minute)
    return None if day is None else day.ask


def _day_of(rows: Sequence[Any], today: date, minute: int) -> OwnDay | None:
    working = [row for row in rows if not row.is_cancelled]
    if not working or working[0].left_on is not None:
        return None
    days = sorted({row.on for row in working})
    number = confidence_day(days, today)
    blocks = (_block_of(row) for row in working if row.on == today and row.block_id)
    answered = {row.position: row.items_answered for row in rows}
    return OwnDay(
        enrolment_id=working[0].enrolment_id,
        blocks=tuple(blocks),
        minute=minute,
        number=number,
        items_answered=answered.get(number, 0),
    )


def _block_of(row: Any) -> DayBlock:
    return DayBlock(
        id=row.block_id,
        on=row.on,
        starts_minute=row.block_starts,
        minutes=row.block_minutes,
        kind=row.kind,
        text=row.text,
        usefulness=row.usefulness,
    )
