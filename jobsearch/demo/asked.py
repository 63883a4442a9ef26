"""The follow-up of the group that ended: one at each step, and what they found in full."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.outcomes.answering.service import answer_question, say_kind, say_measure
from jobsearch.outcomes.following.queries import get_followed_person
from jobsearch.outcomes.following.rows import find_answer, find_ask
from jobsearch.outcomes.following.rules import TRIES
from jobsearch.outcomes.following.service import log_call, send_question
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.origins import list_origins
from jobsearch.outcomes.rules import (
    Answer,
    Evidence,
    FoundThrough,
    Origin,
    OutcomeKind,
    OwnField,
    SeenDocument,
)

_FIRST_GIG_ENDED, _CAME_BACK = timedelta(days=20), timedelta(days=29)


def fill_up_outcomes(coach: Actor, cohort: Cohort, enrolments: Mapping[str, Enrolment]) -> None:
    """Sari's contract was seen; Nadia's gig ended, and she came back to the same agency."""
    sari = _first_outcome(enrolments["Sari"])
    sari.weekly_minutes, sari.own_field, sari.fit = 25 * 60, OwnField.OWN, 4
    sari.seen, sari.checked_at, sari.checked_by_id = SeenDocument.CONTRACT, now(), coach.account_id
    origins = list_origins(sari.person_id)
    origin = Origin.of(origins[0][0]) if origins else None
    if origin is not None:
        sari.lead_id, sari.action_id = origin.lead_id, origin.action_id
    nadia = _first_outcome(enrolments["Nadia"])
    nadia.weekly_minutes, nadia.ended_on = 30 * 60, cohort.ends_on + _FIRST_GIG_ENDED
    db.session.add(
        Outcome(
            enrolment_id=nadia.enrolment_id,
            person_id=nadia.person_id,
            kind=OutcomeKind.AGENCY_WORK,
            began_on=cohort.ends_on + _CAME_BACK,
            found_through=FoundThrough.AGENCY,
            evidence=Evidence.OWN_WORD,
            weekly_minutes=37 * 60 + 30,
            fit=3,
            noted_at=now(),
            noted_by_id=coach.account_id,
        )
    )
    db.session.flush()


def _first_outcome(enrolment: Enrolment) -> Outcome:
    statement = select(Outcome).where(Outcome.enrolment_id == enrolment.id)
    return db.session.scalars(statement.order_by(Outcome.began_on)).first()  # type: ignore[return-value]


def ask_how_it_goes(coach: Actor, enrolments: Mapping[str, Enrolment]) -> None:
    """Sari said it on the phone, Tiina tapped and told of a job that her coach has not looked at,
    Nadia was asked, Kalle is not reached, and Mikko's turn comes with the next messages."""
    keys = {name: one.id for name, one in enrolments.items()}
    for name in ("Tiina", "Nadia", "Kalle"):
        send_question(get_followed_person(keys[name]))
    log_call(coach, keys["Sari"], Answer.IN_WORK)
    for back in reversed(range(TRIES)):
        log_call(coach, keys["Kalle"], None).called_at = now() - timedelta(days=back, minutes=20)
    _answer_by_link(keys["Tiina"])
    db.session.flush()


def _answer_by_link(enrolment_id: str) -> None:
    """A tap on the phone and two of the questions after it; when it began she passed over."""
    asked = get_followed_person(enrolment_id).asked
    ask = asked and find_ask(enrolment_id, asked.window.point)
    if not ask:
        return  # no question is open today
    answer_question(ask.id, Answer.IN_WORK, None)
    answer = find_answer(enrolment_id, ask.point)
    if answer is not None:
        say_kind(answer.id, OutcomeKind.FIXED_TERM_PART_TIME)
        say_measure(answer.id, 24 * 60, 4)
