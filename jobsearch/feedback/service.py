"""Use cases of feedback: take in the answers of a survey."""

from collections.abc import Sequence
from datetime import date

from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.feedback.imports import SheetAnswers
from jobsearch.feedback.models import Survey, SurveyAnswer
from jobsearch.feedback.queries import find_survey


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
    survey = Survey(programme_id=programme_id, name=name, closed_on=closed_on)
    db.session.add(survey)
    db.session.flush()
    for reply in replies:
        key = new_key()
        db.session.add_all(
            SurveyAnswer(survey_id=survey.id, reply_key=key, question=question, score=score)
            for question, score in reply.scores.items()
        )
    db.session.flush()
    return len(replies)
