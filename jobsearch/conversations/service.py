"""Use cases of conversations: write, take back, mark as read."""

from datetime import datetime

from sqlalchemy import select, update

from jobsearch.accounts.models import Membership
from jobsearch.conversations import queries
from jobsearch.conversations.models import ReadMark, ShortMessage, Side
from jobsearch.conversations.queries import Place
from jobsearch.conversations.rules import check_open, check_text, check_withdrawal
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import db


def write_message(actor: Actor, enrolment_id: str, body: str) -> ShortMessage:
    """Write to the other side of a conversation; what was there before counts as read.

    Raises NotVisible for who is not in it, RuleBroken for an empty or too long text, or when the
    conversation is over or has no coach.
    """
    place = queries.get_place(actor, enrolment_id)
    text = check_text(body)
    check_open(place.standing, today(actor.zone))
    message = ShortMessage(
        organisation_id=place.organisation_id,
        enrolment_id=place.id,
        person_id=place.person_id,
        writer_id=actor.account_id,
        side=queries.side_of(actor),
        body=text,
        written_at=now(),
    )
    db.session.add(message)
    _read(actor, place, message.written_at)
    _count_other_side(place, message.side)
    return message


def withdraw_message(actor: Actor, enrolment_id: str, message_id: str) -> None:
    """Take an own message back within five minutes: its words are gone for everybody.

    Raises NotVisible for another's, RuleBroken when it is too late.
    """
    message = queries.get_own_message(actor, enrolment_id, message_id)
    check_withdrawal(message.written_at, message.withdrawn_at, now())
    message.body, message.withdrawn_at = None, now()
    db.session.flush()
    _count_other_side(queries.get_place(actor, enrolment_id), message.side)


def mark_read(actor: Actor, enrolment_id: str, upto_id: str) -> None:
    """The conversation has been read up to this message; what came after it stays new.

    Raises NotVisible for who is not in it, and for a message of another conversation.
    """
    place = queries.get_place(actor, enrolment_id)
    _read(actor, place, queries.get_message(place.id, upto_id).written_at)


def recount(account_id: str, organisation_id: str) -> None:
    """Count anew what an account has to read in an organisation; every page of hers shows it."""
    roles = (Role.PARTICIPANT, Role.COACH)
    mine = select(Membership).where(
        Membership.account_id == account_id,
        Membership.organisation_id == organisation_id,
        Membership.role.in_(roles),
        Membership.ended_at.is_(None),
    )
    for membership in db.session.scalars(mine):
        unread = queries.count_unread(account_id, membership.person_id)
        if membership.unread != unread:
            one = update(Membership).where(Membership.id == membership.id)
            db.session.execute(one.values(unread=unread))


def mark_of(place_id: str, person_id: str, account_id: str, organisation_id: str) -> ReadMark:
    """The mark of an account in a conversation, made where there is none."""
    mark = queries.find_mark(place_id, account_id)
    if mark is None:
        mark = ReadMark(
            organisation_id=organisation_id,
            enrolment_id=place_id,
            person_id=person_id,
            account_id=account_id,
        )
        db.session.add(mark)
    return mark


def _read(actor: Actor, place: Place, upto: datetime) -> None:
    mark = mark_of(place.id, place.person_id, actor.account_id, place.organisation_id)
    mark.read_upto, mark.told_at = max(mark.read_upto or upto, upto), None
    db.session.flush()
    recount(actor.account_id, place.organisation_id)


def _count_other_side(place: Place, side: Side) -> None:
    if side is Side.PARTICIPANT:
        readers = [place.coach_id] if place.coach_id else []
    else:
        of_person = Membership.person_id == place.person_id, Membership.ended_at.is_(None)
        readers = list(db.session.scalars(select(Membership.account_id).where(*of_person)))
    for account_id in readers:
        recount(account_id, place.organisation_id)
