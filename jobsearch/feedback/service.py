"""Use cases of feedback: take in the answers of a survey, and show those whose time has come."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.feedback.imports import SheetAnswers
from jobsearch.feedback.models import Survey, SurveyBox, SurveyQuestion, SurveyTally
from jobsearch.feedback.queries import find_survey, list_waiting
from jobsearch.feedback.rules import HIGHEST, LOWEST, AnswerForm, Audience, Question, steps_of


def import_feedback(
    programme_id: str, replies: Sequence[SheetAnswers], name: str, closed_on: date
) -> int:
    """Save the replies as one survey that closed on the day; returns how many.

    Raises RuleBroken, with nothing saved, when the programme has a survey of this name already.
    """
    if find_survey(programme_id, name) is not None:
        raise RuleBroken(
            N_("The programme has a survey named “%(name)s” already."), "file", name=name
        )
    survey = Survey(
        programme_id=programme_id,
        name=name,
        closed_on=closed_on,
        audience=Audience.PARTICIPANTS,
    )
    db.session.add(survey)
    db.session.flush()
    answered = sum(1 for reply in replies if reply.scores)
    db.session.add(SurveyBox(survey_id=survey.id, replies=answered))
    for position, question in enumerate(Question, 1):
        row = SurveyQuestion(
            survey_id=survey.id, position=position, standard=question, form=AnswerForm.SCALE
        )
        db.session.add(row)
        db.session.flush()
        given = Counter(reply.scores[question] for reply in replies if question in reply.scores)
        lay_tallies(row.id, given)
    db.session.flush()
    show_closed(programme_id, closed_on)
    return len(replies)


def lay_tallies(question_id: str, counts: Mapping[int, int] | None = None) -> None:
    """The five counts of one question, all of them from the beginning."""
    found = counts or {}
    for score in range(LOWEST, HIGHEST + 1):
        db.session.add(
            SurveyTally(question_id=question_id, score=score, replies=found.get(score, 0))
        )


def show_closed(programme_id: str, last_day: date) -> int:
    """Show the answers of surveys that closed by a day, in steps of five answers or more.

    What is in a step stays in it for ever. Returns how many questions are shown from now on.
    """
    shown = 0
    for waiting in list_waiting(programme_id, last_day).values():
        for step in steps_of((row.id, answers) for row, answers in waiting):
            key = new_key()
            for row, _answers in waiting:
                if row.id in step:
                    row.step = key
                    shown += 1
    db.session.flush()
    return shown
