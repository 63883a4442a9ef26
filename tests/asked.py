"""Questions of Mia to Pia, and Pia's wish to get none from Nils: for tests that walk every page."""

from sqlalchemy import select

from jobsearch.analyses.questions.models import ClientQuestion, QuestionStop
from jobsearch.analyses.questions.rules import QuestionKind
from jobsearch.analyses.questions.service import put_question
from jobsearch.core.db import db
from tests.world import NOW, World


def furnish_questions(world: World, words: str) -> dict[str, str]:
    """Keys by the names of addresses; in a unit of work of provider A's."""
    put_question(world.mia.actor, world.pia.person_id, QuestionKind.TALK, words, list(QuestionKind))
    stop = QuestionStop(person_id=world.pia.person_id, asked_by_id=world.nils.account_id, since=NOW)
    db.session.add(stop)
    db.session.flush()
    return {
        "client_id": world.pia.person_id,
        "client_question_id": db.session.scalars(select(ClientQuestion.id)).one(),
        "question_stop_id": stop.id,
        "town_coach_id": world.mia.account_id,
    }
