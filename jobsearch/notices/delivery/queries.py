"""What is asked of deliveries and of addresses that fail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from jobsearch.core.clock import now
from jobsearch.core.crypto import keyring
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.models import Message
from jobsearch.notices.rules import Channel

_PURPOSE = "message.address"
_BATCH = 50


def address_index(address: str) -> str:
    """The blind index of an address: equal ones are found without being read."""
    return keyring().blind(_spelled(address), _PURPOSE)


def address_indices(address: str) -> tuple[str, ...]:
    """Every blind index that an address may have while the index key is turned."""
    return keyring().blinds(_spelled(address), _PURPOSE)


def _spelled(address: str) -> str:
    return address.strip().lower()


def is_free(at: datetime) -> ColumnElement[bool]:
    """Whether a message waits and no sender has it."""
    return and_(
        Message.state == MessageState.WAITING,
        or_(Message.claimed_until.is_(None), Message.claimed_until < at),
    )


def due(channel: Channel, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a message of a channel may be tried now."""
    return (
        is_free(at),
        Message.channel == channel,
        or_(Message.send_after.is_(None), Message.send_after <= at),
        or_(Message.next_try_at.is_(None), Message.next_try_at <= at),
    )


def list_due(channel: Channel, at: datetime) -> list[str]:
    """The keys of messages to try now, oldest first; at most fifty."""
    statement = (
        select(Message.id)
        .where(*due(channel, at))
        .order_by(Message.created_at, Message.id)
        .limit(_BATCH)
    )
    return list(db.session.scalars(statement))


def find_oldest_due(channel: Channel, at: datetime) -> Message | None:
    """The message that has waited longest of those to try now, locked."""
    statement = (
        select(Message)
        .where(*due(channel, at))
        .order_by(Message.created_at, Message.id)
        .limit(1)
        .with_for_update()
    )
    return db.session.scalar(statement)


def lock_message(message_id: str) -> Message | None:
    """A message, locked until the transaction ends."""
    return db.session.scalar(select(Message).where(Message.id == message_id).with_for_update())


def find_reported(reference: str) -> Message | None:
    """The text message that a gateway names: by our identifier, else by its own."""
    text_messages = select(Message).where(Message.channel == Channel.SMS).with_for_update()
    ours = db.session.scalar(text_messages.where(Message.id == reference))
    if ours is not None:
        return ours
    theirs = text_messages.where(Message.gateway_id == reference).order_by(Message.id).limit(1)
    return db.session.scalar(theirs)


def list_reported_refusals() -> list[Message]:
    """Text messages that the gateway reported as not delivered, not yet noted at the number."""
    statement = (
        select(Message)
        .where(Message.state == MessageState.REFUSED, Message.trouble == Trouble.REPORTED)
        .order_by(Message.settled_at, Message.id)
        .limit(200)
    )
    return list(db.session.scalars(statement))


def list_mended() -> list[FailedAddress]:
    """Failed addresses that a later message has reached.

    While the index key is turned, some are found only when both stand under the same one.
    """
    arrived = or_(
        Message.state == MessageState.DELIVERED,
        and_(Message.state == MessageState.SENT, Message.channel == Channel.EMAIL),
    )
    statement = select(FailedAddress).where(
        select(Message.id)
        .where(
            Message.subject_id == FailedAddress.subject_id,
            Message.address_index == FailedAddress.address_index,
            Message.settled_at > FailedAddress.failed_at,
            arrived,
        )
        .exists()
    )
    return list(db.session.scalars(statement))


def failed_indices(subject_id: str | None) -> frozenset[str]:
    """The blind indices of a recipient's addresses that failed."""
    if subject_id is None:
        return frozenset()
    statement = select(FailedAddress.address_index).where(FailedAddress.subject_id == subject_id)
    return frozenset(db.session.scalars(statement))


def find_failure(message: Message) -> FailedAddress | None:
    """What is known of the message's address as one that failed."""
    statement = select(FailedAddress).where(
        FailedAddress.subject_id == message.subject_id,
        FailedAddress.address_index.in_(address_indices(message.address)),
        FailedAddress.organisation_id == message.organisation_id,
    )
    return db.session.scalar(statement)


def get_failure(failure_id: str) -> FailedAddress:
    """A failed address of the organisation. Raises NotVisible."""
    found = db.session.scalar(select(FailedAddress).where(FailedAddress.id == failure_id))
    if found is None:
        raise NotVisible
    return found


def list_failures_of(subject_id: str) -> list[FailedAddress]:
    """The addresses of one person or account that failed."""
    statement = (
        select(FailedAddress)
        .where(FailedAddress.subject_id == subject_id)
        .order_by(FailedAddress.failed_at, FailedAddress.id)
    )
    return list(db.session.scalars(statement))


def list_failures_before(at: datetime) -> list[FailedAddress]:
    """Failures that nobody has mended for long."""
    return list(db.session.scalars(select(FailedAddress).where(FailedAddress.failed_at < at)))


def list_refused(failure: FailedAddress, since: datetime, at: datetime) -> list[Message]:
    """What the failed address refused since then and what is still in time, oldest first."""
    statement = (
        select(Message)
        .where(
            Message.subject_id == failure.subject_id,
            Message.address_index.in_(address_indices(failure.address)),
            Message.organisation_id == failure.organisation_id,
            Message.state == MessageState.REFUSED,
            Message.settled_at >= since,
            or_(Message.expires_at.is_(None), Message.expires_at > at),
        )
        .order_by(Message.created_at, Message.id)
        .with_for_update()
    )
    return list(db.session.scalars(statement))


def count_states() -> dict[MessageState, int]:
    """How many messages there are in each state, of the whole installation."""
    statement = select(Message.state, func.count(Message.id)).group_by(Message.state)
    return {row[0]: row[1] for row in db.session.execute(statement)}


def table_of_states(look_back: timedelta) -> dict[Channel, dict[MessageState, int]]:
    """How many messages of each channel are in each state: waiting ones, and those that ended
    within so long. Of the whole installation, and no word of what they say or to whom.
    """
    since = now() - look_back
    statement = (
        select(Message.channel, Message.state, func.count(Message.id))
        .where(or_(Message.settled_at.is_(None), Message.settled_at >= since))
        .group_by(Message.channel, Message.state)
    )
    table = {channel: dict.fromkeys(MessageState, 0) for channel in Channel}
    for channel, state, count in db.session.execute(statement):
        table[channel][state] = count
    return table


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a channel: how many, since when the oldest, and why if anything is known."""

    channel: Channel
    trouble: Trouble | None
    count: int
    oldest_at: datetime
    next_try_at: datetime | None


def list_waiting() -> Sequence[Waiting]:
    """What waits, by channel and reason, the oldest first."""
    oldest = func.min(Message.created_at)
    statement = (
        select(
            Message.channel,
            Message.trouble,
            func.count(Message.id),
            oldest,
            func.min(Message.next_try_at),
        )
        .where(Message.state == MessageState.WAITING)
        .group_by(Message.channel, Message.trouble)
        .order_by(oldest)
    )
    return [Waiting(*row) for row in db.session.execute(statement)]
