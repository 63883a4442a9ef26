"""Single rows of the follow-up: a programme's plan, a question that went out, an answer, a no."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.outcomes.following.models import FollowUpAsk, FollowUpObjection, FollowUpPlan
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


def declined_by(person_ids: Collection[str]) -> frozenset[str]:
    """Of these people, those who do not want to be asked."""
    statement = select(FollowUpObjection.person_id).where(
        FollowUpObjection.person_id.in_(person_ids), FollowUpObjection.ended_at.is_(None)
    )
    return frozenset(db.session.scalars(statement))


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
