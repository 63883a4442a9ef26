"""How the scores spread, and what was written in own words; never a single reply."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import aliased

from jobsearch.cohorts.models import Cohort
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.ratios import Ratio
from jobsearch.core.text import Words
from jobsearch.feedback.models import Survey, SurveyBox, SurveyQuestion, SurveyTally
from jobsearch.feedback.queries import is_shown
from jobsearch.feedback.rules import HIGHEST, LOWEST, AnswerForm, Audience, Question, mean_of
from jobsearch.feedback.words import words_in
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme

_SCORES = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True, slots=True)
class QuestionSpread:
    """One question, ready or in own text: how many gave each score, the sum, how many answered."""

    question: Question | None
    text: Words | None
    counts: Mapping[int, int]
    total: int
    replies: int

    @property
    def mean(self) -> Ratio:
        """The sum over the replies."""
        return Ratio(self.total, self.replies)


@dataclass(frozen=True, slots=True)
class Reached:
    """Closed surveys, with their replies; of those that were sent, how many were asked."""

    surveys: int
    replies: int
    sent_replies: int
    invited: int

    @property
    def rate(self) -> Ratio:
        """How many of those who were asked replied."""
        return Ratio(self.sent_replies, self.invited)


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """What is shown of one audience of a programme, or of one of its groups, on a day."""

    programme: Programme
    as_of: date
    audience: Audience
    cohort_id: str | None
    cohorts: list[tuple[str, str]]
    reached: Reached
    questions: list[QuestionSpread]
    words: list[tuple[Words, list[str]]]


def show_answers(
    programme_id: str, asked: date | None, audience: Audience, cohort_id: str | None
) -> AnswersPage:
    """What is shown on a day; six statements. Raises NotVisible for another provider's programme.

    A group's own figures are those that are a step by themselves: five answers or more.
    """
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    as_of = min(asked or this_day, this_day)
    cohorts = _cohorts_of(programme.id)
    if cohort_id not in dict(cohorts):
        cohort_id = None
    of = _conditions(programme.id, as_of, audience, cohort_id)
    shown = (*of, is_shown(as_of), *([_is_alone()] if cohort_id else []))
    return AnswersPage(
        programme=programme,
        as_of=as_of,
        audience=audience,
        cohort_id=cohort_id,
        cohorts=cohorts,
        reached=_reached(of),
        questions=_spread(shown),
        words=_words(shown),
    )


def _conditions(
    programme_id: str, as_of: date, audience: Audience, cohort_id: str | None
) -> tuple[ColumnElement[bool], ...]:
    found = (
        Survey.programme_id == programme_id,
        Survey.audience == audience,
        Survey.closed_on <= as_of,
    )
    return (*found, Survey.cohort_id == cohort_id) if cohort_id else found


def _is_alone() -> ColumnElement[bool]:
    other = aliased(SurveyQuestion)
    same = exists().where(other.step == SurveyQuestion.step, other.id != SurveyQuestion.id)
    return ~same.correlate(SurveyQuestion)


def _cohorts_of(programme_id: str) -> list[tuple[str, str]]:
    """The groups that were asked by themselves."""
    asked = select(Survey.cohort_id).where(Survey.programme_id == programme_id)
    statement = (
        select(Cohort.id, Cohort.name)
        .where(Cohort.id.in_(asked))
        .order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id)
        .limit(200)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _reached(of: tuple[ColumnElement[bool], ...]) -> Reached:
    sent = SurveyBox.invited.is_not(None)
    statement = (
        select(
            func.count(Survey.id),
            func.coalesce(func.sum(SurveyBox.replies), 0),
            func.coalesce(func.sum(case((sent, SurveyBox.replies), else_=0)), 0),
            func.coalesce(func.sum(SurveyBox.invited), 0),
        )
        .join(SurveyBox, SurveyBox.survey_id == Survey.id)
        .where(*of)
    )
    return Reached(*(int(one) for one in db.session.execute(statement).one()))


def _spread(shown: tuple[ColumnElement[bool], ...]) -> list[QuestionSpread]:
    """Ready questions of all surveys together, questions in own text one by one."""
    own = case((SurveyQuestion.standard.is_(None), SurveyQuestion.id))
    columns: list[Any] = [
        func.sum(case((SurveyTally.score == score, SurveyTally.replies), else_=0))
        for score in _SCORES
    ]
    statement = (
        select(SurveyQuestion.standard, own, *columns)
        .join(Survey, Survey.id == SurveyQuestion.survey_id)
        .join(SurveyTally, SurveyTally.question_id == SurveyQuestion.id)
        .where(*shown)
        .group_by(SurveyQuestion.standard, own)
    )
    rows = db.session.execute(statement).all()
    texts = _texts([row[1] for row in rows if row[1]])
    found = []
    for standard, key, *counts in rows:
        by_score = {score: int(count) for score, count in zip(_SCORES, counts, strict=True)}
        found.append(QuestionSpread(standard, texts.get(key), by_score, *mean_of(by_score)))
    order = list(Question)
    return sorted(found, key=lambda one: order.index(one.question) if one.question else len(order))


def _texts(keys: list[str]) -> dict[str, Words]:
    if not keys:
        return {}
    statement = select(SurveyQuestion.id, SurveyQuestion.text).where(SurveyQuestion.id.in_(keys))
    return {key: text for key, text in db.session.execute(statement) if text is not None}


def _words(shown: tuple[ColumnElement[bool], ...]) -> list[tuple[Words, list[str]]]:
    """What was written in own words, under the question, without a trace of which survey."""
    statement = (
        select(SurveyQuestion.text, SurveyBox.words)
        .join(Survey, Survey.id == SurveyQuestion.survey_id)
        .join(SurveyBox, SurveyBox.survey_id == Survey.id)
        .where(*shown, SurveyQuestion.form == AnswerForm.WORDS, SurveyBox.words.is_not(None))
        .order_by(Survey.closed_on.desc(), Survey.id)
        .limit(100)
    )
    found: dict[str, tuple[Words, list[str]]] = {}
    for text, words in db.session.execute(statement):
        asked = text or Words()
        found.setdefault(str(sorted(asked.items())), (asked, []))[1].extend(words_in(words))
    for _text, said in found.values():
        random.SystemRandom().shuffle(said)
    return [one for one in found.values() if one[1]]
