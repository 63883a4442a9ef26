"""What a participant's day asks of the database: the days of her group, and what rides along."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select

from jobsearch.attendance.models import Attendance
from jobsearch.coaching.sparring.brief import AGREED
from jobsearch.cohorts.models import (
    Cohort,
    CohortBlock,
    CohortDay,
    CohortState,
    Enrolment,
    EnrolmentState,
)
from jobsearch.core.prepared import Prepared
from jobsearch.feedback.pulses.queries import RIDERS
from jobsearch.people.models import Person
from jobsearch.standup.words.models import DayPlan, Debrief
from jobsearch.tracker.leads.ahead import RIDER as FOLLOW_UP

_DAYS = (
    select(
        Enrolment.id.label("enrolment_id"),
        Enrolment.left_on,
        Cohort.id.label("cohort_id"),
        Cohort.name,
        Person.given_name,
        Cohort.meeting_url,
        Cohort.meeting_phone,
        Cohort.starts_on,
        Cohort.ends_on,
        CohortDay.id.label("day_id"),
        CohortDay.position,
        CohortDay.week,
        CohortDay.on,
        CohortDay.starts_minute,
        CohortDay.paid_minutes.label("minutes"),
        CohortDay.cancelled_at.is_not(None).label("is_cancelled"),
        Attendance.mark,
        Attendance.paid_minutes,
    )
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .join(Person, Person.id == Enrolment.person_id)
    .join(CohortDay, CohortDay.cohort_id == Cohort.id)
    .outerjoin(
        Attendance,
        and_(Attendance.enrolment_id == Enrolment.id, Attendance.cohort_day_id == CohortDay.id),
    )
    .where(
        Enrolment.person_id == bindparam("person_id"),
        Enrolment.state != EnrolmentState.WITHDREW,
        Cohort.state == CohortState.OPEN,
    )
    .order_by(Cohort.starts_on, Cohort.id, CohortDay.on)
)


def _said_today(table: Any) -> ColumnElement[bool]:
    return and_(
        table.enrolment_id == Enrolment.id,
        table.cohort_day_id == CohortDay.id,
        CohortDay.on == bindparam("today"),
    )


MY_DAYS = Prepared(_DAYS)
# today's blocks, her words and what is asked ride along, so that the page of the day asks less
MY_DAYS_AND_BLOCKS = Prepared(
    _DAYS.add_columns(
        CohortBlock.kind,
        CohortBlock.starts_minute.label("block_starts"),
        CohortBlock.minutes.label("block_minutes"),
        CohortBlock.text,
        DayPlan.employer,
        DayPlan.way,
        DayPlan.at_minute,
        Debrief.id.label("debrief_id"),
        *RIDERS,
    )
    .outerjoin(
        CohortBlock,
        and_(CohortBlock.cohort_day_id == CohortDay.id, CohortDay.on == bindparam("today")),
    )
    .outerjoin(DayPlan, _said_today(DayPlan))
    .outerjoin(Debrief, _said_today(Debrief))
    .order_by(CohortBlock.position)
)
# what was agreed with the coach, and whether there is something to follow up
AGREED_AND_AHEAD = Prepared(AGREED.add_columns(FOLLOW_UP))
