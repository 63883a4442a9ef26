"""What is asked of surveys: sums, counts and spreads; never a single reply."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.feedback.models import Survey, SurveyAnswer
from jobsearch.feedback.rules import FEWEST_SHOWN, HIGHEST, LOWEST, Question
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme


@dataclass(frozen=True, slots=True)
class SurveySums:
    """How many replied, and for each question the sum of the scores and how many gave one."""

    respondents: int
    sums: Mapping[Question, tuple[int, int]]


def sum_answers(programme_id: str, as_of: date) -> SurveySums:
    """The sums over the programme's surveys that had closed by the day; one statement."""
    closed = (Survey.programme_id == programme_id) & (Survey.closed_on <= as_of)
    replies = (
        select(func.count(func.distinct(SurveyAnswer.reply_key)))
        .join(Survey, SurveyAnswer.survey_id == Survey.id)
        .where(closed)
        .scalar_subquery()
    )
    statement = (
        select(SurveyAnswer.question, func.sum(SurveyAnswer.score), func.count(), replies)
        .join(Survey, SurveyAnswer.survey_id == Survey.id)
        .where(closed)
        .group_by(SurveyAnswer.question)
    )
    rows = db.session.execute(statement).all()
    return SurveySums(
        respondents=rows[0][3] if rows else 0,
        sums={question: (int(total), count) for question, total, count, _replies in rows},
    )


def spread_of_scores(programme_id: str, as_of: date) -> Mapping[tuple[Question, int], int]:
    """How many gave each score to each question."""
    statement = (
        select(SurveyAnswer.question, SurveyAnswer.score, func.count())
        .join(Survey, SurveyAnswer.survey_id == Survey.id)
        .where(Survey.programme_id == programme_id, Survey.closed_on <= as_of)
        .group_by(SurveyAnswer.question, SurveyAnswer.score)
    )
    return {(question, score): count for question, score, count in db.session.execute(statement)}


@dataclass(frozen=True, slots=True)
class QuestionSpread:
    """One question: how many gave each score, the sum and how many answered it."""

    question: Question
    counts: Mapping[int, int]
    total: int
    replies: int


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """The spread of a programme's answers; empty under five replies."""

    programme: Programme
    as_of: date
    respondents: int
    questions: list[QuestionSpread]


def show_answers(programme_id: str, asked: date | None) -> AnswersPage:
    """How the scores spread on a day. Raises NotVisible for another provider's programme."""
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    as_of = min(asked or this_day, this_day)
    sums = sum_answers(programme.id, as_of)
    if sums.respondents < FEWEST_SHOWN:
        return AnswersPage(programme, as_of, sums.respondents, [])
    spread = spread_of_scores(programme.id, as_of)
    scores = range(LOWEST, HIGHEST + 1)
    questions = [
        QuestionSpread(question, {s: spread.get((question, s), 0) for s in scores}, *totals)
        for question in Question
        if (totals := sums.sums.get(question)) is not None
    ]
    return AnswersPage(programme, as_of, sums.respondents, questions)


def find_survey(programme_id: str, name: str) -> Survey | None:
    """The programme's survey of this name."""
    statement = select(Survey).where(Survey.programme_id == programme_id, Survey.name == name)
    return db.session.scalar(statement)
