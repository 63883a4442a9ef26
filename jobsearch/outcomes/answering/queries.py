"""What the page of a personal link shows; of the person it says nothing."""

from dataclasses import dataclass

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.outcomes.following.models import FollowUpAsk
from jobsearch.outcomes.following.queries import Followed, answer_in, get_followed_person
from jobsearch.outcomes.following.rows import find_objection, get_answer, get_ask, list_answers
from jobsearch.outcomes.following.rules import Window, window_of
from jobsearch.outcomes.models import FollowUp
from jobsearch.outcomes.rules import Answer
from jobsearch.outcomes.told.models import ToldOutcome


@dataclass(frozen=True, slots=True)
class Opened:
    """The question that a link opens: whether it still waits, and whose it is for the service."""

    ask: FollowUpAsk
    person: Followed
    window: Window
    is_answered: bool
    has_declined: bool


def open_question(ask_id: str) -> Opened:
    """The question of a link. Raises NotVisible."""
    ask = get_ask(ask_id)
    person = get_followed_person(ask.enrolment_id)
    window = window_of(ask.point, person.ended_on)
    answer = answer_in(window, list_answers(ask.enrolment_id))
    return Opened(
        ask=ask,
        person=person,
        window=window,
        is_answered=answer not in (None, Answer.UNKNOWN),
        has_declined=find_objection(ask.person_id) is not None,
    )


@dataclass(frozen=True, slots=True)
class After:
    """What was just answered, and what was told with it."""

    follow_up: FollowUp
    told: ToldOutcome | None


def show_after(follow_up_id: str) -> After:
    """What follows the tap. Raises NotVisible."""
    follow_up = get_answer(follow_up_id)
    told = select(ToldOutcome).where(ToldOutcome.follow_up_id == follow_up.id)
    return After(follow_up, db.session.scalar(told))
