"""Use cases of questions: put one, put it aside, want no more of them."""

from collections.abc import Collection

from jobsearch.analyses.questions import queries
from jobsearch.analyses.questions.mail import tell_of_question
from jobsearch.analyses.questions.models import ClientQuestion, QuestionStop
from jobsearch.analyses.questions.rules import (
    QuestionKind,
    check_question,
    expires_on,
    week_of_question,
)
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db


def put_question(
    actor: Actor, person_id: str, kind: QuestionKind, words: str, offered: Collection[QuestionKind]
) -> None:
    """Ask a person for one of the things that may be asked of her.

    Where she wants no questions from this coach nothing reaches her and its words are not kept,
    and the coach cannot tell: the same limits hold and the same day is shown. Raises RuleBroken.
    """
    person, day = queries.hold_person(person_id), today(actor.zone)
    before = queries.list_asked(actor.account_id, [person_id], day).get(person_id, [])
    check_question(kind, words, offered, before, day)
    is_unwanted = queries.find_stop(actor.account_id, person_id) is not None
    db.session.add(
        ClientQuestion(
            organisation_id=person.organisation_id,
            person_id=person.id,
            asked_by_id=actor.account_id,
            kind=kind,
            words="" if is_unwanted else words,
            asked_at=now(),
            asked_on=day,
            week=week_of_question(day),
            expires_on=expires_on(day),
            hidden_at=now() if is_unwanted else None,
        )
    )
    if not is_unwanted:
        tell_of_question(person)
    db.session.flush()


def put_aside(actor: Actor, question_id: str) -> None:
    """The participant does not want to see a question; nobody learns it. Raises NotVisible."""
    question = queries.get_own_question(actor, question_id)
    if question.hidden_at is None:
        question.hidden_at = now()
    db.session.flush()


def stop_questions(actor: Actor, question_id: str) -> str:
    """The participant wants no more questions from whoever asked this one; returns the name.

    All that this coach has asked leaves her page. The coach does not learn it. Raises NotVisible.
    """
    question = queries.get_own_question(actor, question_id)
    asker = question.asked_by
    for one in queries.list_standing(asker.id, [question.person_id]):
        one.hidden_at = now()
    if queries.find_stop(asker.id, question.person_id) is None:
        db.session.add(
            QuestionStop(person_id=question.person_id, asked_by_id=asker.id, since=now())
        )
    db.session.flush()
    return asker.name


def allow_questions(actor: Actor, stop_id: str) -> str:
    """The participant lets the coach ask again; returns the name. Raises NotVisible."""
    stop = queries.get_own_stop(actor, stop_id)
    db.session.delete(stop)
    db.session.flush()
    return stop.asked_by.name


def take_questions_away(account_id: str, person_ids: Collection[str]) -> None:
    """A coach is no longer theirs: what she asked them leaves their pages."""
    for question in queries.list_standing(account_id, person_ids):
        question.hidden_at = now()
    db.session.flush()
