"""What stands of sparring on a participant's day: her open steps and her next talk."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from jobsearch.coaching.sparring.models import NextStep, SparringSlot
from jobsearch.core.clock import now
from jobsearch.core.prepared import Prepared

_MOST = 3
_STEPS = Prepared(
    select(NextStep.id, NextStep.text, NextStep.due_on)
    .where(
        NextStep.enrolment_id == bindparam("enrolment_id"),
        NextStep.done_at.is_(None),
        NextStep.dropped_at.is_(None),
    )
    .order_by(NextStep.due_on.is_(None), NextStep.due_on, NextStep.agreed_at, NextStep.id)
    .limit(_MOST)
)
_TALK = Prepared(
    select(SparringSlot.starts_at)
    .where(
        SparringSlot.enrolment_id == bindparam("enrolment_id"),
        SparringSlot.withdrawn_at.is_(None),
        SparringSlot.starts_at > bindparam("at", type_=SparringSlot.starts_at.type),
    )
    .order_by(SparringSlot.starts_at)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that was agreed and is not done."""

    id: str
    text: str
    due_on: date | None


def open_steps(enrolment_id: str) -> list[OpenStep]:
    """A participant's open steps, the most pressing first."""
    return [OpenStep(*row) for row in _STEPS.rows(enrolment_id=enrolment_id)]


def next_talk(enrolment_id: str) -> datetime | None:
    """When a participant's next talk with her coach begins."""
    row = _TALK.first(enrolment_id=enrolment_id, at=now())
    return None if row is None else row.starts_at
