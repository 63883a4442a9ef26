"""What stands of sparring on a participant's day: her open steps and her next talk."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, func, select, type_coerce

from jobsearch.coaching.sparring.models import NextStep, SparringSlot
from jobsearch.cohorts.models import Enrolment
from jobsearch.core.clock import now
from jobsearch.core.prepared import Prepared

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
# a person without a step has the row of her enrolment alone, with her talk
_AGREED = Prepared(
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


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that was agreed and is not done."""

    id: str
    text: str
    due_on: date | None


def agreed(enrolment_id: str) -> tuple[list[OpenStep], datetime | None]:
    """A participant's open steps, the most pressing first, and when her next talk begins."""
    rows = _AGREED.rows(enrolment_id=enrolment_id, at=now())
    steps = [OpenStep(row.id, row.text, row.due_on) for row in rows if row.id is not None]
    return steps, rows[0].talk_at if rows else None
