"""Use cases of the link: one tap, and what is said after it."""

from datetime import date

from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.links.service import issue_link
from jobsearch.outcomes.answering.queries import After, open_question, show_after
from jobsearch.outcomes.answering.rules import MORE_LIVES, ONE_TAP, only_kind
from jobsearch.outcomes.following.queries import get_followed_person
from jobsearch.outcomes.following.rules import Way, check_open
from jobsearch.outcomes.following.service import stop_asking, take_answer
from jobsearch.outcomes.rules import (
    TELLS_OF_SOMETHING,
    Answer,
    OutcomeKind,
    check_measures,
    check_outcome,
)
from jobsearch.outcomes.told.models import ToldOutcome
from jobsearch.outcomes.told.rules import BY_ANSWER, ToldState, check_still_told

MORE = "outcomes.more"


def answer_question(ask_id: str, answer: Answer, language: str | None) -> str:
    """Take a tapped answer; returns the secret of the page after it. NotVisible, RuleBroken.

    An answer of work or studies waits for the coach as something told; it counts nowhere yet.
    """
    opened = open_question(ask_id)
    if answer not in ONE_TAP:
        raise RuleBroken(N_("Choose one of the answers."))
    if opened.has_declined:
        raise RuleBroken(N_("You asked us not to ask. That holds."))
    check_open(opened.window, opened.person.today)
    row = take_answer(opened.person, opened.window, answer, Way.LINK, None)
    _tell(row.id)
    return issue_link(
        MORE,
        row.id,
        expires_at=now() + MORE_LIVES,
        language=language,
        organisation_id=row.organisation_id,
    )


def _tell(follow_up_id: str) -> None:
    """Something told comes with an answer that tells of it, and goes with one that does not."""
    after = show_after(follow_up_id)
    row, told = after.follow_up, after.told
    if row.answer not in TELLS_OF_SOMETHING:
        if told is not None and told.state is ToldState.TOLD:
            told.state, told.settled_at = ToldState.TAKEN_BACK, now()
            told.follow_up_id = None
    elif told is None:
        db.session.add(
            ToldOutcome(
                organisation_id=row.organisation_id,
                enrolment_id=row.enrolment_id,
                person_id=row.person_id,
                follow_up_id=row.id,
                told_at=now(),
                kind=only_kind(row.answer),
            )
        )
    else:
        told.kind = only_kind(row.answer)
    db.session.flush()


def change_answer(follow_up_id: str, answer: Answer) -> None:
    """Put right what was tapped, while the page after it is open. Raises RuleBroken."""
    after = show_after(follow_up_id)
    if answer not in ONE_TAP:
        raise RuleBroken(N_("Choose one of the answers."))
    if after.told is not None:
        check_still_told(after.told.state)
    after.follow_up.answer = answer
    db.session.flush()
    _tell(follow_up_id)


def _told(follow_up_id: str) -> tuple[After, ToldOutcome]:
    after = show_after(follow_up_id)
    if after.told is None:
        raise RuleBroken(N_("There is nothing more to ask."))
    check_still_told(after.told.state)
    return after, after.told


def say_kind(follow_up_id: str, kind: OutcomeKind) -> None:
    """What kind it is. Raises RuleBroken for one that the answer does not have."""
    after, told = _told(follow_up_id)
    if kind not in BY_ANSWER.get(after.follow_up.answer, ()):
        raise RuleBroken(N_("Choose one of the answers."), "kind")
    told.kind = kind


def say_beginning(follow_up_id: str, began_on: date | None) -> None:
    """Since when. Raises RuleBroken for no day, or one too far ahead."""
    _after, told = _told(follow_up_id)
    if began_on is None:
        raise RuleBroken(N_("Enter the first day, or pass the question over."), "began_on")
    zone = get_followed_person(told.enrolment_id).zone
    check_outcome(told.kind or OutcomeKind.OTHER_WORK, began_on, None, today(zone))
    told.began_on = began_on


def say_measure(follow_up_id: str, weekly_minutes: int | None, fit: int | None) -> None:
    """How many hours a week, or how well it fits; what is None stays. Raises RuleBroken."""
    _after, told = _told(follow_up_id)
    check_measures(weekly_minutes, fit)
    told.weekly_minutes = told.weekly_minutes if weekly_minutes is None else weekly_minutes
    told.fit = told.fit if fit is None else fit


def stop(ask_id: str) -> None:
    """Whoever holds the link does not want to be asked any more."""
    ask = open_question(ask_id).ask
    stop_asking(None, ask.person_id, ask.organisation_id)
