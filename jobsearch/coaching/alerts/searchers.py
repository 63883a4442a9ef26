"""What the rules need to know of everyone at work on a day: two statements, however many."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select

from jobsearch.attendance.models import Attendance
from jobsearch.coaching.alerts.days import DayOf, day_columns, last_logged, mark_of_day
from jobsearch.coaching.alerts.rules import TIME_TO_ANSWER, Searcher, Sent
from jobsearch.cohorts.models import Cohort, CohortDay, CohortState, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.core.clock import local
from jobsearch.core.db import db
from jobsearch.tracker.helping.models import HelpCall
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.leads.rules import LeadStage
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import SEARCH_ACTIVITIES, ActionSource, Activity

_ANSWERED = (LeadStage.INTERVIEW, LeadStage.OFFER, LeadStage.HIRED, LeadStage.REJECTED)


def list_searchers(day: date) -> list[Searcher]:
    """Everyone with a seat in a group that works on this day. Two statements."""
    days: dict[str, list[DayOf]] = {}
    for enrolment_id, *rest in db.session.execute(_days(day)):
        days.setdefault(enrolment_id, []).append(DayOf(*rest))
    return [_searcher(row, days) for row in db.session.execute(_people(day))]


def _searcher(row: Sequence[Any], days: Mapping[str, Sequence[DayOf]]) -> Searcher:
    *who, count, first, is_answered, asked_at = row
    return replace(
        Searcher(*who),
        sent=Sent(count, first, bool(is_answered)),
        asked_at=asked_at,
        asked_on=local(asked_at).date() if asked_at else None,
        days=days.get(who[0], ()),
    )


def works_on(day: date) -> ColumnElement[bool]:
    """The groups that have a working day on this date."""
    its_day = exists().where(
        CohortDay.cohort_id == Cohort.id, CohortDay.on == day, CohortDay.cancelled_at.is_(None)
    )
    return and_(Cohort.state == CohortState.OPEN, its_day.correlate(Cohort))


def _people(day: date) -> Select[*tuple[Any, ...]]:
    call = select(HelpCall.asked_at).where(
        HelpCall.enrolment_id == Enrolment.id, HelpCall.ended_at.is_(None)
    )
    statement: Select[*tuple[Any, ...]] = (
        select(
            Enrolment.id,
            Enrolment.person_id,
            Cohort.id,
            Cohort.starts_on,
            Enrolment.waiting_from,
            last_logged(),
            _sent(func.coalesce(func.sum(Action.count), 0), day),
            _sent(func.min(Action.on), day),
            _is_answered(),
            call.correlate(Enrolment).scalar_subquery(),
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(has_seat(), works_on(day))
        .order_by(Cohort.name, Enrolment.id)
    )
    return statement


def _sent(figure: ColumnElement[Any], day: date) -> ScalarSelect[Any]:
    """A figure over the actions that employers had time to answer; a file tells of no replies."""
    statement = select(figure).where(
        Action.enrolment_id == Enrolment.id,
        Action.undone_at.is_(None),
        Action.activity.in_(SEARCH_ACTIVITIES),
        Action.source != ActionSource.IMPORTED,
        Action.on < day - TIME_TO_ANSWER,
    )
    return statement.correlate(Enrolment).scalar_subquery()


def _is_answered() -> ColumnElement[bool]:
    """Whether any employer has answered, or there is an interview, wherever it was written down."""
    return or_(
        exists().where(
            Action.enrolment_id == Enrolment.id,
            Action.undone_at.is_(None),
            or_(Action.reply.is_not(None), Action.activity == Activity.INTERVIEW),
        ),
        exists().where(Interview.enrolment_id == Enrolment.id, Interview.cancelled_at.is_(None)),
        exists().where(Lead.enrolment_id == Enrolment.id, Lead.stage.in_(_ANSWERED)),
    )


def _days(day: date) -> Select[*tuple[Any, ...]]:
    """Everyone's days up to this one, newest first."""
    return (
        select(Enrolment.id, *day_columns())
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(CohortDay, CohortDay.cohort_id == Cohort.id)
        .outerjoin(Attendance, mark_of_day())
        .where(has_seat(), works_on(day), CohortDay.cancelled_at.is_(None), CohortDay.on <= day)
        .order_by(CohortDay.on.desc(), Enrolment.id)
    )
