"""Use cases of requests: ask, take back, take to work, answer later, answer, end a restriction."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.following.service import stop_asking
from jobsearch.people.queries import get_person
from jobsearch.people.restrictions.rules import RestrictionReason
from jobsearch.people.restrictions.service import lift, restrict
from jobsearch.privacy.requests import mail, queries
from jobsearch.privacy.requests.models import DataRequest
from jobsearch.privacy.requests.rules import (
    MOST_OPEN,
    OPEN,
    Area,
    Asked,
    RequestKind,
    RequestState,
    check_answer,
    check_asked,
    check_later,
    check_next,
    due_on,
)


def ask(actor: Actor, asked: Asked) -> DataRequest:
    """A person asks something about her own data; managers are told.

    A restriction holds from that moment, and so does an objection to being asked afterwards.
    Raises NotVisible for who is no person here, RuleBroken, also for a second restriction while
    one holds.
    """
    if actor.person_id is None:
        raise NotVisible
    return _ask(actor, actor.person_id, asked)


def note_for(actor: Actor, person_id: str, asked: Asked) -> DataRequest:
    """A manager writes down what a person asked on paper or by word. Raises as asking does."""
    return _ask(actor, person_id, asked)


def _ask(actor: Actor, person_id: str, asked: Asked) -> DataRequest:
    check_asked(asked)
    person, day = get_person(person_id), today(actor.zone)
    if queries.count_open(person_id) >= MOST_OPEN:
        raise RuleBroken(
            N_("%(most)d requests wait for an answer already. Wait for those first."),
            most=MOST_OPEN,
        )
    request = DataRequest(
        organisation_id=person.organisation_id,
        person_id=person_id,
        kind=asked.kind,
        area=asked.area,
        words=asked.words,
        asked_at=now(),
        asked_on=day,
        asked_by_id=actor.account_id,
        due_on=due_on(day),
    )
    db.session.add(request)
    db.session.flush()
    if asked.kind is RequestKind.RESTRICTION:
        restrict(actor, person_id, asked.reason or RestrictionReason.ACCURACY)
    if asked.kind is RequestKind.OBJECTION and asked.area is Area.FOLLOW_UP:
        stop_asking(actor, person_id, person.organisation_id)
    mail.tell_managers(person.organisation_id, request.due_on, mail.request_link(request.id))
    return request


def take_back(actor: Actor, data_request_id: str) -> None:
    """The person takes an open request back; a restriction that she asked for ends with it.

    Raises NotVisible for another's, RuleBroken for one that is answered.
    """
    request = queries.get_own(actor, data_request_id)
    check_next(request.state, RequestState.TAKEN_BACK)
    request.state, request.taken_back_at = RequestState.TAKEN_BACK, now()
    db.session.flush()
    if request.kind is RequestKind.RESTRICTION:
        lift(actor, request.person_id)


def take_to_work(data_request_id: str, version: int) -> None:
    """A manager begins; the person sees that somebody does. Raises NotVisible, RuleBroken."""
    request = _get(data_request_id, version)
    check_next(request.state, RequestState.IN_WORK)
    request.state = RequestState.IN_WORK
    db.session.flush()


def answer_later(data_request_id: str, version: int, due: date | None, reason: str) -> None:
    """Move the last day, with a reason that the person is told (GDPR art. 12(3)).

    Raises NotVisible, Conflict, RuleBroken for a day that is no later or beyond three months.
    """
    request = _get(data_request_id, version)
    if request.state not in OPEN:
        check_next(request.state, RequestState.DONE)
    check_answer("later_reason", reason)
    if due is None:
        raise RuleBroken(N_("Enter the day like this: 24.11.2026."), field="due_on")
    check_later(request.asked_on, request.due_on, due)
    request.due_on, request.later_reason, request.later_at = due, reason, now()
    db.session.flush()
    mail.tell_person(request.person)


def answer(
    actor: Actor, data_request_id: str, version: int, verdict: RequestState, words: str
) -> None:
    """A manager answers, in words: it is done, or it is refused with the reason.

    The restriction that a refused request had begun ends; one that was granted goes on until it is
    lifted. Raises NotVisible, Conflict, RuleBroken.
    """
    request = _get(data_request_id, version)
    check_next(request.state, verdict)
    check_answer("answer", words)
    request.state, request.answer = verdict, words
    request.answered_at, request.answered_by_id = now(), actor.account_id
    db.session.flush()
    if request.kind is RequestKind.RESTRICTION and verdict is RequestState.REFUSED:
        lift(actor, request.person_id)
    mail.tell_person(request.person)


def lift_restriction(actor: Actor, data_request_id: str) -> None:
    """A manager ends the restriction of the request's person, who is told before anything goes on.

    Raises NotVisible, RuleBroken when none holds (GDPR art. 18(3)).
    """
    request = queries.get_request(data_request_id, locked=True)
    if not lift(actor, request.person_id):
        raise RuleBroken(N_("Nothing of hers is restricted now."))
    mail.tell_person(request.person)


def _get(data_request_id: str, version: int) -> DataRequest:
    request = queries.get_request(data_request_id, locked=True)
    if request.version != version:
        raise Conflict
    return request
