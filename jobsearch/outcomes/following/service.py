"""Use cases of the follow-up: send a question, take an answer, log a call, stop asking."""

from datetime import timedelta

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.periods import instant_of
from jobsearch.core.text import mark as N_
from jobsearch.links.service import issue_link, revoke_links
from jobsearch.notices.preferences.queries import choices_of
from jobsearch.notices.preferences.rules import is_wanted
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import send
from jobsearch.notices.wording import spoken
from jobsearch.organisations.queries import get_organisation
from jobsearch.outcomes.following import queries, rows
from jobsearch.outcomes.following.mail import PURPOSE, WORK_ASKED, answer_link
from jobsearch.outcomes.following.models import (
    FollowUpAsk,
    FollowUpCall,
    FollowUpObjection,
    FollowUpPlan,
)
from jobsearch.outcomes.following.queries import Followed
from jobsearch.outcomes.following.rules import (
    NOT_REACHED,
    Asked,
    Scheme,
    Way,
    Window,
    check_open,
    check_points,
    may_send,
    points_of,
)
from jobsearch.outcomes.models import FollowUp
from jobsearch.outcomes.rules import Answer, own_cohorts_of
from jobsearch.programmes.queries import get_programme


def plan_follow_up(
    actor: Actor, programme_id: str, points: list[int], scheme: Scheme, version: int
) -> None:
    """Say when the people of a programme are asked. Raises NotVisible, RuleBroken, Conflict.

    An ESF+ programme asks at six months whatever else is chosen.
    """
    programme = get_programme(programme_id)
    check_points(points)
    row = rows.find_plan(programme.id)
    if version != (row.version if row else 0):
        raise Conflict
    if row is None:
        row = FollowUpPlan(organisation_id=actor.organisation_id, programme_id=programme.id)
        db.session.add(row)
    row.points = ",".join(map(str, points_of(points, scheme)))
    row.scheme = scheme
    db.session.flush()


def send_question(person: Followed) -> bool:
    """Send the open question of a person, if it is its day; says whether a message was written.

    Each message has a link of its own, which dies with the window.
    """
    asked = person.asked
    if asked is None or not may_send(asked, person.last_sent_on, person.today):
        return False
    choices = choices_of(person.person_id)
    if not (person.email or person.phone) or not is_wanted(WORK_ASKED, choices):
        return False  # she is called instead
    ask = _ask(person, asked.window)
    if not may_send(_as_sent(asked, ask), ask.last_sent_on, person.today):
        return False  # another scheduler was faster
    ask.sent, ask.last_sent_on = ask.sent + 1, person.today
    db.session.flush()
    return _write(person, ask, spoken(choices.language or person.language))


def _ask(person: Followed, window: Window) -> FollowUpAsk:
    ask = rows.find_ask(person.enrolment_id, window.point)
    if ask is None:
        ask = FollowUpAsk(
            organisation_id=person.organisation_id,
            enrolment_id=person.enrolment_id,
            person_id=person.person_id,
            point=window.point,
            sent=0,
        )
        db.session.add(ask)
    ask.opens_on, ask.closes_on = window.opens_on, window.closes_on
    db.session.flush()
    return ask


def _as_sent(asked: Asked, ask: FollowUpAsk) -> Asked:
    return Asked(asked.window, ask.sent, asked.vain_calls, asked.answer, asked.has_declined)


def _write(person: Followed, ask: FollowUpAsk, language: str) -> bool:
    ends = instant_of(ask.closes_on + timedelta(days=1), 0, person.zone)
    secret = issue_link(
        PURPOSE,
        ask.id,
        expires_at=ends,
        language=language,
        organisation_id=person.organisation_id,
    )
    first = person.given_name.split(maxsplit=1)[0]
    written = send(
        WORK_ASKED,
        Recipient(person.email, person.phone, person.language, person.person_id, first),
        {
            "organisation": get_organisation(person.organisation_id).name,
            "until": ask.closes_on,
            "link": answer_link(secret),
        },
        organisation_id=person.organisation_id,
        once=f"follow-up:{ask.id}:{ask.sent}",
        expires_at=ends,
    )
    return written is not None


def log_call(actor: Actor, enrolment_id: str, answer: Answer | None) -> FollowUpCall:
    """Log a call about the question that is open; without an answer she was not reached.

    A coach calls in her own groups. Raises NotVisible, RuleBroken.
    """
    person = queries.get_followed_person(enrolment_id, own_cohorts_of(actor))
    window = check_open(person.asked.window if person.asked else None, person.today)
    check_may_ask(person)
    call = FollowUpCall(
        organisation_id=person.organisation_id,
        enrolment_id=person.enrolment_id,
        person_id=person.person_id,
        point=window.point,
        called_at=now(),
        called_by_id=actor.account_id,
        result=NOT_REACHED if answer is None else "reached",
    )
    db.session.add(call)
    db.session.flush()
    if answer is not None:
        take_answer(person, window, answer, Way.CALL, actor.account_id)
    return call


def check_may_ask(person: Followed) -> None:
    """Raise RuleBroken when the person does not want to be asked."""
    if person.asked is not None and person.asked.has_declined:
        raise RuleBroken(N_("This person does not want to be asked."))


def take_answer(
    person: Followed, window: Window, answer: Answer, way: Way, noted_by_id: str | None
) -> FollowUp:
    """Keep the answer to a question; "not known" gives way to an answer, an answer to none.

    Raises RuleBroken when there is an answer. Links to the question say from then on that it is
    answered, and not how.
    """
    row = rows.find_answer(person.enrolment_id, window.point)
    if row is not None and row.answer is not Answer.UNKNOWN:
        raise RuleBroken(N_("This question has been answered already."), "answer")
    if (
        row is None
        and person.asked is not None
        and person.asked.answer
        not in (
            None,
            Answer.UNKNOWN,
        )
    ):
        raise RuleBroken(N_("This question has been answered already."), "answer")
    if row is None:
        row = rows.find_answer_of_day(person.enrolment_id, person.today)
    if row is not None and row.answer is not Answer.UNKNOWN:
        raise RuleBroken(N_("This question has been answered already."), "answer")
    if row is None:
        row = FollowUp(
            organisation_id=person.organisation_id,
            enrolment_id=person.enrolment_id,
            person_id=person.person_id,
        )
        db.session.add(row)
    row.point = window.point
    row.asked_on, row.answer, row.way = person.today, answer, way
    row.noted_at, row.noted_by_id = now(), noted_by_id
    db.session.flush()
    return row


def stop_asking(actor: Actor | None, person_id: str, organisation_id: str) -> None:
    """The person does not want to be asked; twice is as good as once. `actor` is who noted it."""
    if rows.find_objection(person_id) is None:
        db.session.add(
            FollowUpObjection(
                organisation_id=organisation_id,
                person_id=person_id,
                said_at=now(),
                noted_by_id=actor.account_id if actor else None,
            )
        )
        db.session.flush()


def stop_asking_of(actor: Actor, enrolment_id: str) -> None:
    """Staff write down that a person does not want to be asked. Raises NotVisible."""
    person = queries.get_followed_person(enrolment_id, own_cohorts_of(actor))
    stop_asking(actor, person.person_id, person.organisation_id)
    ask = person.asked and rows.find_ask(enrolment_id, person.asked.window.point)
    if ask:
        revoke_links(PURPOSE, ask.id)


def ask_again(actor: Actor, enrolment_id: str) -> None:
    """Staff write down that a person may be asked after all. Raises NotVisible."""
    person = queries.get_followed_person(enrolment_id, own_cohorts_of(actor))
    allow_asking(person.person_id)


def allow_asking(person_id: str) -> None:
    """A person may be asked again; what was said before stays on record."""
    objection = rows.find_objection(person_id)
    if objection is not None:
        objection.ended_at = now()
        db.session.flush()
