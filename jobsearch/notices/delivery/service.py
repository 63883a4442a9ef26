"""Use cases of delivery: claim a message, write down how it went, keep addresses that fail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from jobsearch.core import files
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.tokens import new_key
from jobsearch.notices.delivery import queries
from jobsearch.notices.delivery.letter import Letter
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import (
    GIVE_UP_AFTER,
    KEPT_AFTER,
    LEASE,
    MessageState,
    Trouble,
    may_become,
    wait_after,
)
from jobsearch.notices.models import Message
from jobsearch.notices.preferences.rules import Quiet, quiet_until
from jobsearch.notices.rules import Channel

_AGAIN_WITHIN = timedelta(days=7)
_FAILURES_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Tried:
    """How a try ended."""

    state: MessageState
    trouble: Trouble | None = None
    gateway_id: str | None = None


def end_what_is_over() -> dict[str, int]:
    """Drop what is too late and give up what was tried for days; returns how many, by state."""
    at = now()
    late = _end(Message.expires_at < at, MessageState.EXPIRED, Trouble.TOO_LATE, at)
    given_up = _end(
        # what waits for a time of its own has not been tried for so long
        (Message.created_at < at - GIVE_UP_AFTER)
        & or_(Message.send_after.is_(None), Message.send_after < at - GIVE_UP_AFTER),
        MessageState.FAILED,
        Trouble.GAVE_UP,
        at,
    )
    ended = {MessageState.EXPIRED.value: late, MessageState.FAILED.value: given_up}
    return {state: count for state, count in ended.items() if count}


def _end(which: ColumnElement[bool], state: MessageState, trouble: Trouble, at: datetime) -> int:
    values: dict[str, Any] = {"state": state, "trouble": trouble, "settled_at": at}
    result = db.session.execute(
        update(Message).where(queries.is_free(at), which).values(claimed_until=None, **values)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def claim(message_id: str, sender: str) -> Letter | None:
    """Take a message for the time of the lease.

    None when another sender has it, when its time is over, or while its recipient has quiet hours.
    """
    at = now()
    taken = db.session.execute(
        update(Message)
        .where(Message.id == message_id, queries.is_free(at))
        .values(claimed_until=at + LEASE, tries=Message.tries + 1)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    message = db.session.get_one(Message, message_id)
    if message.expires_at is not None and message.expires_at < at:
        _settle(message, MessageState.EXPIRED, Trouble.TOO_LATE)
        return None
    quiet = quiet_until(_quiet_of(message), at)
    if quiet is not None:
        message.send_after, message.claimed_until = quiet, None
        message.tries -= 1
        return None
    return Letter(
        identifier=message.id,
        channel=message.channel,
        sender=sender,
        address=message.address,
        subject=message.subject,
        body=message.body,
        kind=message.kind,
        written_at=message.created_at,
        language=message.language or "fi",
        stop_link=message.stop_link,
        attachment=_attachment(message),
    )


def _attachment(message: Message) -> tuple[str, bytes] | None:
    if message.attachment_id is None or message.attachment_name is None:
        return None
    return message.attachment_name, bytes(files.get(message.attachment_id).content)


def _quiet_of(message: Message) -> Quiet | None:
    start, end = message.quiet_from_minute, message.quiet_to_minute
    if start is None or end is None or message.zone is None:
        return None
    return Quiet(start, end, message.zone)


def settle(message_id: str, tried: Tried) -> None:
    """Write down how a try ended; one that failed for now is tried again, later each time."""
    message = queries.lock_message(message_id)
    if message is None or message.state is not MessageState.WAITING:
        return  # somebody else settled it while this try took longer than its lease
    message.claimed_until = None
    if tried.state is MessageState.WAITING:
        message.trouble = tried.trouble
        message.next_try_at = now() + wait_after(message.tries)
        return
    _settle(message, tried.state, tried.trouble)
    if tried.state is MessageState.SENT:
        message.sent_at, message.gateway_id = now(), tried.gateway_id
        _release(message.channel)
    if tried.trouble is Trouble.ADDRESS_REFUSED:
        note_failure(message, Trouble.ADDRESS_REFUSED)


def _settle(message: Message, state: MessageState, trouble: Trouble | None) -> None:
    message.state, message.trouble = state, trouble
    message.claimed_until, message.settled_at = None, now()


def postpone(channel: Channel) -> None:
    """The server is down: everything due waits as long as its oldest message has to."""
    at = now()
    oldest = queries.find_oldest_due(channel, at)
    if oldest is None:
        return
    oldest.tries += 1
    db.session.flush()
    until = at + wait_after(oldest.tries)
    db.session.execute(
        update(Message)
        .where(*queries.due(channel, at))
        .values(next_try_at=until, trouble=Trouble.SERVER_DOWN)
    )


def _release(channel: Channel) -> None:
    """The server answers again: what waited for it is due now."""
    db.session.execute(
        update(Message)
        .where(
            Message.state == MessageState.WAITING,
            Message.channel == channel,
            Message.trouble == Trouble.SERVER_DOWN,
        )
        .values(next_try_at=None, trouble=None)
    )


def report(reference: str, state: MessageState) -> bool:
    """A gateway reports what became of a text message; says whether that changed anything.

    A report of an unknown message, or one that was heard before, changes nothing.
    """
    message = queries.find_reported(reference)
    if message is None or not may_become(message.state, state):
        return False
    trouble = None if state is MessageState.DELIVERED else Trouble.REPORTED
    _settle(message, state, trouble)
    return True


def note_reports() -> None:
    """Keep the numbers that a gateway could not reach, once each; forget addresses that work again.

    A report comes without a sign-in and only marks its message; this job does the rest.
    """
    for message in queries.list_reported_refusals():
        note_failure(message, Trouble.REPORTED)
        message.trouble = Trouble.ADDRESS_REFUSED
    for failure in queries.list_mended():
        db.session.delete(failure)
    db.session.flush()


def note_failure(message: Message, trouble: Trouble) -> None:
    """Keep an address that failed, for the coaches of whoever it belongs to."""
    if None in (message.subject_id, message.organisation_id, message.address_index):
        return  # nobody's coach could correct it
    known = queries.find_failure(message)
    if known is None:
        known = FailedAddress(
            organisation_id=message.organisation_id,
            subject_id=message.subject_id,
            channel=message.channel,
            address=message.address,
            address_index=queries.address_index(message.address),
        )
        db.session.add(known)
    known.trouble, known.kind, known.failed_at = trouble, message.kind, now()


def try_again(failure_id: str) -> None:
    """Forget that an address failed; what it refused in the last week goes out once more.

    Raises NotVisible.
    """
    failure = queries.get_failure(failure_id)
    _send_again(failure, failure.address)
    db.session.delete(failure)
    db.session.flush()


def contact_changed(subject_id: str, email: str | None, phone: str | None) -> None:
    """A person's contact was changed: her old failures are forgotten.

    What an old address refused in the last week goes to the new one.
    """
    now_known = {Channel.EMAIL: email, Channel.SMS: phone}
    for failure in queries.list_failures_of(subject_id):
        address = now_known[failure.channel]
        if address and failure.address_index in queries.address_indices(address):
            continue
        if address:
            _send_again(failure, address)
        db.session.delete(failure)
    db.session.flush()


def _send_again(failure: FailedAddress, address: str) -> None:
    at, index = now(), queries.address_index(address)
    for message in queries.list_refused(failure, at - _AGAIN_WITHIN, at):
        message.state, message.trouble, message.settled_at = MessageState.WAITING, None, None
        message.address, message.address_index = address, index
        message.next_try_at, message.tries = None, 0
        message.created_at, message.gateway_id = at, None
        # to a gateway the old identifier is a twin, and a late report of it is not of this try
        message.id = new_key()


def forget_subject(subject_id: str) -> None:
    """Erase every message to somebody and every address of hers that failed."""
    _forget_attachments(Message.subject_id == subject_id)
    db.session.execute(delete(Message).where(Message.subject_id == subject_id))
    for failure in queries.list_failures_of(subject_id):
        db.session.delete(failure)


def forget_old(at: datetime) -> int:
    """Erase messages thirty days after they ended; returns how many."""
    _forget_attachments(Message.settled_at < at - KEPT_AFTER)
    erased = db.session.execute(delete(Message).where(Message.settled_at < at - KEPT_AFTER))
    for failure in queries.list_failures_before(at - _FAILURES_KEPT):
        db.session.delete(failure)
    return int(erased.rowcount)  # type: ignore[attr-defined]


def _forget_attachments(which: ColumnElement[bool]) -> None:
    """What went with messages was made for them alone."""
    attached = select(Message.attachment_id).where(which, Message.attachment_id.is_not(None))
    there = select(files.StoredFile.id).where(files.StoredFile.id.in_(attached))
    for file_id in db.session.scalars(there).all():
        files.forget(file_id)
