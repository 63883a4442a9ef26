"""Surveys of the demo: one that is shown, one that is open, and one that is being prepared."""

from datetime import date, timedelta

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.feedback.answering.service import put_in
from jobsearch.feedback.imports import SheetAnswers
from jobsearch.feedback.models import SurveyQuestion, SurveyTicket
from jobsearch.feedback.rules import Audience, Plan, Question
from jobsearch.feedback.service import import_feedback
from jobsearch.feedback.surveys.service import prepare_survey, send_survey

# coaching content, assignments, individual support, overall
_MIDWAY = ((5, 4, 5, 5), (4, 3, 5, 4), (4, 4, 4, 4), (3, 4, 5, 4), (5, 5, 4, 5), (4, 2, 5, 3))
_AT_THE_END = ((5, 4, 5, 4), (4, 4, 4, 4), (5, 3, 5, 5))
_WORDS = ("Aamupalaverit pitivät rytmin yllä.", "", "Lisää aikaa sparraukseen.")


def ask_opinions(manager: Actor, ended: Cohort, today: date) -> None:
    """What the group in follow-up said on the way, and what it is asked now."""
    of_group = [SheetAnswers(dict(zip(Question, one, strict=True))) for one in _MIDWAY]
    midway = ended.starts_on + timedelta(days=9)
    import_feedback(ended.programme_id, of_group, f"Välipalaute, {ended.name}", midway)
    at_the_end = Plan(
        name=f"Loppupalaute, {ended.name}",
        audience=Audience.PARTICIPANTS,
        cohort_id=ended.id,
        closed_on=today + timedelta(days=10),
        standard=list(Question),
        asks_for_words=True,
    )
    survey_id = prepare_survey(manager, ended.programme_id, at_the_end)
    send_survey(survey_id, 1, [])
    _answer(survey_id)
    for_employers = Plan(
        name="Työnantajat, syksy",
        audience=Audience.EMPLOYERS,
        cohort_id=None,
        closed_on=today + timedelta(days=21),
        standard=[Question.OVERALL],
        asks_for_words=True,
    )
    prepare_survey(manager, ended.programme_id, for_employers)


def _answer(survey_id: str) -> None:
    tickets = select(SurveyTicket.id).where(SurveyTicket.survey_id == survey_id)
    questions = select(SurveyQuestion.id, SurveyQuestion.standard).where(
        SurveyQuestion.survey_id == survey_id
    )
    keys = {standard: key for key, standard in db.session.execute(questions) if standard}
    replies = zip(list(db.session.scalars(tickets)), _AT_THE_END, _WORDS, strict=False)
    for ticket_id, scores, words in replies:
        given = {keys[one]: score for one, score in zip(Question, scores, strict=True)}
        put_in(ticket_id, given, words)
