"""What a participant's day asks of her leads, her interviews and what was logged for her.

The day itself asks only whether there is anything, in a statement that it asks anyway; what it is
is asked for when there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select, type_coerce

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.prepared import Prepared
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.queries import LeadLine, list_due
from jobsearch.tracker.leads.rules import OPEN_STAGES
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import ActionSource

_SOON = timedelta(days=2)
_MOST_SHOWN = 2


def _is_due(person_id: Any) -> ColumnElement[bool]:
    return and_(
        Lead.person_id == person_id,
        # one by one: a list would make the text of the statement anew each time
        or_(*(Lead.stage == stage for stage in OPEN_STAGES)),
        Lead.next_step_on <= bindparam("today"),
    )


def _is_near(person_id: Any) -> ColumnElement[bool]:
    return and_(
        Interview.person_id == person_id,
        Interview.starts_at > bindparam("at", type_=Interview.starts_at.type),
        Interview.starts_at < bindparam("soon", type_=Interview.starts_at.type),
        Interview.cancelled_at.is_(None),
    )


def _waits_for_her(person_id: Any) -> ColumnElement[bool]:
    return and_(
        Action.person_id == person_id,
        Action.source == ActionSource.PROXY,
        Action.confirmed_at.is_(None),
        Action.undone_at.is_(None),
    )


_HER: Any = Enrolment.person_id
RIDER = case(
    (exists().where(_is_due(_HER)).correlate(Enrolment), 1),
    (exists().where(_is_near(_HER)).correlate(Enrolment), 1),
    (exists().where(_waits_for_her(_HER)).correlate(Enrolment), 1),
    else_=0,
).label("has_follow_up")
"""Whether there is anything: a column for a statement over a person's enrolment.

Its values are `today`, and those of `span_of`.
"""
_PERSON: Any = bindparam("person_id")
_AHEAD = Prepared(
    select(
        select(func.count(Lead.id)).where(_is_due(_PERSON)).scalar_subquery().label("steps"),
        type_coerce(
            select(func.min(Interview.starts_at)).where(_is_near(_PERSON)).scalar_subquery(),
            Interview.starts_at.type,
        ).label("interview_at"),
        select(func.count(Action.id))
        .where(_waits_for_her(_PERSON))
        .scalar_subquery()
        .label("to_confirm"),
    )
)


def span_of(at: datetime) -> dict[str, datetime]:
    """From when until when an interview is near, as the values of a statement."""
    return {"at": at, "soon": at + _SOON}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a participant should see to: next steps that are due, an interview, what to confirm.

    `more` is how many further steps are due than those in `due`.
    """

    due: Sequence[LeadLine]
    more: int
    interview_at: datetime | None
    to_confirm: int


def follow_up_of(person_id: str, on: date, at: datetime) -> FollowUp:
    """What there is to see to on a day. One or two statements."""
    row = _AHEAD.first(person_id=person_id, today=on, **span_of(at))
    due = list_due(person_id, on, _MOST_SHOWN) if row.steps else []
    return FollowUp(due, row.steps - len(due), row.interview_at, row.to_confirm)
