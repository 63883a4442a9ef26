"""What stands of sparring on a participant's day: her open steps and her next talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select, type_coerce

from jobsearch.coaching.sparring.models import NextStep, SparringSlot
from jobsearch.cohorts.models import Enrolment

_MOST = 3
_TALK = (
    select(func.min(SparringSlot.starts_at))
    .where(
        SparringSlot.enrolment_id == bindparam("enrolment_id"),
        SparringSlot.withdrawn_at.is_(None),
        SparringSlot.starts_at > bindparam("at", type_=SparringSlot.starts_at.type),
    )
    .scalar_subquery()
)
AGREED = (
    select(
        NextStep.id,
        NextStep.text,
        NextStep.due_on,
        type_coerce(_TALK, SparringSlot.starts_at.type).label("talk_at"),
    )
    .select_from(Enrolment)
    .outerjoin(
        NextStep,
        and_(
            NextStep.enrolment_id == Enrolment.id,
            NextStep.done_at.is_(None),
            NextStep.dropped_at.is_(None),
        ),
    )
    .where(Enrolment.id == bindparam("enrolment_id"))
    .order_by(NextStep.due_on.is_(None), NextStep.due_on, NextStep.agreed_at, NextStep.id)
    .limit(_MOST)
)
"""Of the values `enrolment_id` and `at`; whoever has no step has the row of her enrolment alone,
with her talk."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that was agreed and is not done."""

    id: str
    text: str
    due_on: date | None


def agreed_of(rows: Sequence[Any]) -> tuple[list[OpenStep], datetime | None]:
    """A participant's open steps, the most pressing first, and when her next talk begins.

    From the rows of `AGREED`.
    """
    steps = [OpenStep(row.id, row.text, row.due_on) for row in rows if row.id is not None]
    return steps, rows[0].talk_at if rows else None
