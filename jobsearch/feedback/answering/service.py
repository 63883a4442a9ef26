"""The one use case of a survey's link: a reply goes into the box and the ticket is torn up.

What is written: the ticket is gone, every count of the survey is written anew in one statement
(most of them as they were), and the own words are mixed and sealed anew. So neither the rows, nor
their order, nor the database's own numbering of transactions tells which counts moved.
"""

from collections.abc import Mapping

from sqlalchemy import and_, case, delete, or_, select, update
from sqlalchemy.engine import CursorResult

from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.free_text import has_identity_code
from jobsearch.core.health_words import words_of_health
from jobsearch.core.text import mark as N_
from jobsearch.feedback.answering.queries import Opened, open_survey
from jobsearch.feedback.models import SurveyBox, SurveyTally, SurveyTicket
from jobsearch.feedback.rules import LONGEST_WORDS, AnswerForm, check_score
from jobsearch.feedback.words import mixed_in

_OVER = N_(
    "This survey has been answered with this link, or it has ended. What you sent now was not kept."
)
"""The same sentence for both, so that a link tells nothing of whether it was used."""


def put_in(ticket_id: str, scores: Mapping[str, int], words: str) -> None:
    """Put a reply into the box: scores by question, and own words if there are any.

    Raises RuleBroken for an empty reply, for what does not belong into own words, and for a ticket
    that is torn up.
    """
    opened = open_survey(ticket_id)
    if opened is None:
        raise RuleBroken(_OVER)
    given = _given(opened, scores)
    said = words if any(one.form is AnswerForm.WORDS for one in opened.questions) else ""
    if not given and not said:
        raise RuleBroken(N_("Answer one question at least."))
    _check_words(said)
    box = db.session.scalars(
        select(SurveyBox).where(SurveyBox.survey_id == opened.survey.id).with_for_update()
    ).one()
    _tear_up(ticket_id)
    box.replies += 1
    box.words = mixed_in(box.words, said)
    db.session.flush()
    _count(opened, given)


def _given(opened: Opened, scores: Mapping[str, int]) -> dict[str, int]:
    asked = {one.id for one in opened.questions if one.form is AnswerForm.SCALE}
    given = {key: score for key, score in scores.items() if key in asked}
    for score in given.values():
        check_score(score)
    return given


def _check_words(said: str) -> None:
    if len(said) > LONGEST_WORDS:
        raise RuleBroken(N_("At most %(most)d characters."), "words", most=LONGEST_WORDS)
    telling = words_of_health(said)
    if telling:
        raise RuleBroken(
            N_("This may tell of someone's health: %(words)s. Please leave it out."),
            "words",
            words=", ".join(telling),
        )
    if has_identity_code(said):
        raise RuleBroken(N_("Please leave personal identity codes out."), "words")


def _tear_up(ticket_id: str) -> None:
    """Of two replies with one ticket at once, one wins."""
    gone: CursorResult[tuple[()]] = db.session.execute(  # type: ignore[assignment]
        delete(SurveyTicket).where(SurveyTicket.id == ticket_id),
        execution_options={"synchronize_session": False},
    )
    if gone.rowcount != 1:
        raise RuleBroken(_OVER)


def _count(opened: Opened, given: Mapping[str, int]) -> None:
    of_survey = SurveyTally.question_id.in_([one.id for one in opened.questions])
    met = [
        and_(SurveyTally.question_id == key, SurveyTally.score == score)
        for key, score in given.items()
    ]
    more = case((or_(*met), 1), else_=0) if met else 0
    db.session.execute(
        update(SurveyTally).where(of_survey).values(replies=SurveyTally.replies + more),
        execution_options={"synchronize_session": False},
    )
