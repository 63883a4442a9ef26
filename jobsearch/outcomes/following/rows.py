"""Rows of the follow-up: a programme's plan, questions that went out, calls, answers, a no."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.outcomes.following.models import (
    FollowUpAsk,
    FollowUpCall,
    FollowUpObjection,
    FollowUpPlan,
)
from jobsearch.outcomes.following.rules import NOT_REACHED
from jobsearch.outcomes.models import FollowUp


def find_plan(programme_id: str) -> FollowUpPlan | None:
    """The row of a programme's own plan, or None."""
    return db.session.scalar(select(FollowUpPlan).where(FollowUpPlan.programme_id == programme_id))


def answers_of(enrolments: Collection[str]) -> dict[str, list[FollowUp]]:
    """What people answered, by enrolment, in order."""
    statement = select(FollowUp).where(FollowUp.enrolment_id.in_(enrolments))
    found: dict[str, list[FollowUp]] = {}
    for one in db.session.scalars(statement.order_by(FollowUp.asked_on)):
        found.setdefault(one.enrolment_id, []).append(one)
    return found


def asks_of(enrolments: Collection[str]) -> Mapping[str, dict[int, FollowUpAsk]]:
    """The questions that went out to people, by enrolment and point."""
    found: defaultdict[str, dict[int, FollowUpAsk]] = defaultdict(dict)
    statement = select(FollowUpAsk).where(FollowUpAsk.enrolment_id.in_(enrolments))
    for one in db.session.scalars(statement):
        found[one.enrolment_id][one.point] = one
    return found


def vain_calls_of(enrolments: Collection[str]) -> Mapping[str, dict[int, int]]:
    """How often people were called in vain, by enrolment and point."""
    statement = (
        select(FollowUpCall.enrolment_id, FollowUpCall.point, func.count())
        .where(FollowUpCall.enrolment_id.in_(enrolments), FollowUpCall.result == NOT_REACHED)
        .group_by(FollowUpCall.enrolment_id, FollowUpCall.point)
    )
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for enrolment_id, point, count in db.session.execute(statement):
        found[enrolment_id][point] = count
    return found


def find_objection(person_id: str) -> FollowUpObjection | None:
    """The objection of a person that holds, or None."""
    return db.session.scalar(
        select(FollowUpObjection).where(
            FollowUpObjection.person_id == person_id, FollowUpObjection.ended_at.is_(None)
        )
    )


def find_ask(enrolment_id: str, point: int) -> FollowUpAsk | None:
    """The question as it was sent, held; None while nothing went out."""
    return db.session.scalar(
        select(FollowUpAsk)
        .where(FollowUpAsk.enrolment_id == enrolment_id, FollowUpAsk.point == point)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def get_ask(ask_id: str) -> FollowUpAsk:
    """The question that a link opens. Raises NotVisible."""
    ask = db.session.scalar(select(FollowUpAsk).where(FollowUpAsk.id == ask_id))
    if ask is None:
        raise NotVisible
    return ask


def find_answer(enrolment_id: str, point: int) -> FollowUp | None:
    """The answer to one question, held; None while there is none."""
    return db.session.scalar(
        select(FollowUp)
        .where(FollowUp.enrolment_id == enrolment_id, FollowUp.point == point)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def find_answer_of_day(enrolment_id: str, asked_on: date) -> FollowUp | None:
    """What a person answered on a day, held; None while nothing is noted of it."""
    return db.session.scalar(
        select(FollowUp)
        .where(FollowUp.enrolment_id == enrolment_id, FollowUp.asked_on == asked_on)
        .with_for_update()
    )


def list_answers(enrolment_id: str) -> list[FollowUp]:
    """What one person answered, in order."""
    return answers_of([enrolment_id]).get(enrolment_id, [])


def get_answer(follow_up_id: str) -> FollowUp:
    """One answer. Raises NotVisible."""
    row = db.session.scalar(select(FollowUp).where(FollowUp.id == follow_up_id))
    if row is None:
        raise NotVisible
    return row
