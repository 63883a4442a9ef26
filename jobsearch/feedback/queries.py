"""What is asked of surveys: sums and counts of what is shown; never a single reply.

Only whole steps are ever added up (see `rules.steps_of`), and a step is shown on a day when all of
its surveys had closed by then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, select
from sqlalchemy.orm import aliased

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.feedback.models import Survey, SurveyBox, SurveyQuestion, SurveyTally
from jobsearch.feedback.rules import AnswerForm, Audience, Question

_WORDS = "words"


@dataclass(frozen=True, slots=True)
class SurveySums:
    """How many replied, and for each question the sum of the scores and how many gave one.

    `invited` are those whom the surveys asked; of `of_files` surveys, which came from files, that
    is not known.
    """

    respondents: int
    sums: Mapping[Question, tuple[int, int]]
    invited: int = 0
    of_files: int = 0


def is_shown(as_of: date) -> ColumnElement[bool]:
    """The answers to a `SurveyQuestion` are shown on a day: its whole step had closed by then."""
    other, of_other = aliased(SurveyQuestion), aliased(Survey)
    later = (
        exists()
        .where(
            other.step == SurveyQuestion.step,
            of_other.id == other.survey_id,
            of_other.closed_on > as_of,
        )
        .correlate(SurveyQuestion)
    )
    return and_(SurveyQuestion.step.is_not(None), ~later)


def sum_answers(
    programme_id: str, as_of: date, audience: Audience = Audience.PARTICIPANTS
) -> SurveySums:
    """The sums over what is shown of the programme's surveys on a day; one statement."""
    of_programme = and_(
        Survey.programme_id == programme_id,
        Survey.audience == audience,
        Survey.closed_on <= as_of,
    )
    boxes = (
        select(
            func.sum(SurveyBox.replies).label("replies"),
            func.sum(SurveyBox.invited).label("invited"),
            func.sum(case((SurveyBox.invited.is_(None), 1), else_=0)).label("of_files"),
        )
        .join(Survey, Survey.id == SurveyBox.survey_id)
        .where(
            of_programme,
            exists().where(SurveyQuestion.survey_id == Survey.id, is_shown(as_of)),
        )
        .subquery()
    )
    reached = (boxes.c.replies, boxes.c.invited, boxes.c.of_files)
    statement: Select[Any, Any, Any, Any, Any, Any] = (
        select(
            SurveyQuestion.standard,
            func.sum(SurveyTally.score * SurveyTally.replies),
            func.sum(SurveyTally.replies),
            *reached,
        )
        .join(Survey, SurveyQuestion.survey_id == Survey.id)
        .join(SurveyTally, SurveyTally.question_id == SurveyQuestion.id)
        .join(boxes, literal(value=True))
        .where(of_programme, SurveyQuestion.standard.is_not(None), is_shown(as_of))
        .group_by(SurveyQuestion.standard, *reached)
    )
    rows = db.session.execute(statement).all()
    replies, invited, of_files = (int(one or 0) for one in rows[0][3:]) if rows else (0, 0, 0)
    sums = {question: (int(total), int(count)) for question, total, count, *_reached in rows}
    return SurveySums(replies, sums, invited, of_files)


def list_waiting(
    programme_id: str, last_day: date
) -> dict[tuple[Audience, str], list[tuple[SurveyQuestion, int]]]:
    """Questions of closed surveys that are not shown yet, with how many answered each.

    Those that may be added up stand together: the same ready question, or any own words, of the
    same audience. A question that one survey alone asks stands by itself. In order of closing.
    """
    answers = (
        select(func.coalesce(func.sum(SurveyTally.replies), 0))
        .where(SurveyTally.question_id == SurveyQuestion.id)
        .correlate(SurveyQuestion)
        .scalar_subquery()
    )
    statement = (
        select(SurveyQuestion, Survey.audience, answers, SurveyBox.replies)
        .join(Survey, Survey.id == SurveyQuestion.survey_id)
        .join(SurveyBox, SurveyBox.survey_id == Survey.id)
        .where(
            Survey.programme_id == programme_id,
            Survey.closed_on <= last_day,
            SurveyQuestion.step.is_(None),
        )
        .order_by(Survey.closed_on, Survey.id, SurveyQuestion.position)
        .with_for_update(of=SurveyQuestion)
    )
    found: dict[tuple[Audience, str], list[tuple[SurveyQuestion, int]]] = {}
    for row, audience, scored, replied in db.session.execute(statement):
        in_words = row.form is AnswerForm.WORDS
        pool = _WORDS if in_words else row.standard or row.id
        count = replied if in_words else int(scored)
        found.setdefault((audience, pool), []).append((row, count))
    return found


def find_survey(programme_id: str, name: str) -> Survey | None:
    """The programme's survey of this name."""
    statement = select(Survey).where(Survey.programme_id == programme_id, Survey.name == name)
    return db.session.scalar(statement)


def get_survey(survey_id: str) -> Survey:
    """A survey. Raises NotVisible."""
    survey = db.session.scalar(select(Survey).where(Survey.id == survey_id))
    if survey is None:
        raise NotVisible
    return survey


def list_questions(survey_id: str) -> list[SurveyQuestion]:
    """The questions of a survey, in their order."""
    statement = (
        select(SurveyQuestion)
        .where(SurveyQuestion.survey_id == survey_id)
        .order_by(SurveyQuestion.position)
    )
    return list(db.session.scalars(statement))
