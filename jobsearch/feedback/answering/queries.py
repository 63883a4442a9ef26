"""What the page of a survey's link shows; the link leads to a ticket that names nobody."""

from dataclasses import dataclass

from sqlalchemy import select

from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.feedback.models import Survey, SurveyQuestion, SurveyTicket
from jobsearch.feedback.queries import list_questions
from jobsearch.feedback.rules import AnswerForm
from jobsearch.organisations.queries import get_organisation
from jobsearch.programmes.queries import get_programme


@dataclass(frozen=True, slots=True)
class Opened:
    """The questions of a link, and who asks."""

    survey: Survey
    organisation: str
    programme: str
    questions: list[SurveyQuestion]

    def own_words(self, language: str) -> str:
        """The question in own words, or nothing where there is none."""
        texts = [one.text for one in self.questions if one.form is AnswerForm.WORDS and one.text]
        return texts[0].say(language) if texts else ""


def open_survey(ticket_id: str) -> Opened | None:
    """The survey of a link, or None when it has been answered or its last day is over."""
    statement = (
        select(Survey)
        .join(SurveyTicket, SurveyTicket.survey_id == Survey.id)
        .where(SurveyTicket.id == ticket_id)
    )
    survey = db.session.scalar(statement)
    if survey is None:
        return None
    programme = get_programme(survey.programme_id)
    if survey.closed_on < today(programme.zone):
        return None
    organisation = get_organisation(survey.organisation_id)
    return Opened(survey, organisation.name, programme.name, list_questions(survey.id))
