"""Tells those who have something to read: once a conversation, until they have read it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from jobsearch.accounts.models import Account, Membership
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.conversations.mail import NEW_MESSAGE
from jobsearch.conversations.models import ReadMark, ShortMessage, Side
from jobsearch.conversations.queries import unread_by
from jobsearch.conversations.rules import TOLD_AFTER
from jobsearch.conversations.service import mark_of, recount
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import send
from jobsearch.web.addresses import absolute

_MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """One reader of one conversation who has not read it, and since when."""

    enrolment_id: str
    person_id: str
    organisation_id: str
    account_id: str
    side: Side
    first_at: datetime


def tell_of_messages() -> str:
    """Write to everyone who has had something to read for five minutes and was not told yet."""
    with unit_of_work(whole_installation("messages to be read"), read_only=True):
        waiting = [*_list_waiting(Side.PARTICIPANT), *_list_waiting(Side.COACH)]
    told = sum(_tell(one) for one in waiting)
    return Outcome(N_("Told of new messages: %(count)s."), count=told)


def _list_waiting(side: Side) -> list[Waiting]:
    reader = Membership.person_id == Enrolment.person_id
    if side is Side.COACH:
        reader = (Membership.account_id == Cohort.coach_id) & (Membership.role == Role.COACH)
    told = select(ReadMark.id).where(
        ReadMark.enrolment_id == Enrolment.id,
        ReadMark.account_id == Membership.account_id,
        ReadMark.told_at.is_not(None),
    )
    first = func.min(ShortMessage.written_at)
    key = (
        Enrolment.id,
        Enrolment.person_id,
        Enrolment.organisation_id,
        Membership.account_id,
    )
    statement = (
        select(*key, first)
        .select_from(ShortMessage)
        .join(Enrolment, Enrolment.id == ShortMessage.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Membership, reader)
        .where(
            Membership.organisation_id == Enrolment.organisation_id,
            Membership.ended_at.is_(None),
            unread_by(Membership.account_id, side),
            ~told.exists(),
        )
        .group_by(*key)
        .having(first <= now() - TOLD_AFTER)
        .order_by(first, Enrolment.id)
        .limit(_MOST)
    )
    return [Waiting(*row[:4], side, row[4]) for row in db.session.execute(statement)]


def _tell(one: Waiting) -> bool:
    scope = Scope(frozenset({one.organisation_id}), "messages to be read")
    try:
        with unit_of_work(scope):
            ids = one.enrolment_id, one.person_id, one.account_id, one.organisation_id
            mark_of(*ids).told_at = now()
            recount(one.account_id, one.organisation_id)
            page = absolute("conversations.show_conversation", conversation_id=one.enrolment_id)
            once = f"conversation:{one.enrolment_id}:{one.account_id}:{one.first_at.timestamp()}"
            sent = send(
                NEW_MESSAGE,
                _recipient(one),
                {"link": page},
                organisation_id=one.organisation_id,
                once=once,
            )
            return sent is not None
    except Conflict:  # she reads it just now
        return False


def _recipient(one: Waiting) -> Recipient:
    account = db.session.get_one(Account, one.account_id)
    is_participant = one.side is Side.PARTICIPANT
    return Recipient(
        email=account.email,
        phone=account.phone,
        language=account.language,
        subject_id=one.person_id if is_participant else one.account_id,
        name=account.name.split(maxsplit=1)[0],
    )
