"""Sends what waits in the outbox: claimed with a lease, so that nothing is lost or sent twice."""

import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import or_, select, update

from jobsearch.config import Config
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.notices.channels import AddressRefused, Letter, send
from jobsearch.notices.models import Message, MessageState

log = logging.getLogger("jobsearch.notices")

LEASE = timedelta(minutes=5)
BATCH = 50


def send_waiting(config: Config, deliver: Callable[[str, Letter], None] = send) -> str:
    """Send what waits, oldest first; without a mail server nothing leaves the house.

    A message whose time is over is dropped and marked, not sent late. Returns the counts in words.
    """
    if not config.smtp_url:
        return "no mail server is set"
    counts = dict.fromkeys(MessageState, 0)
    for message_id in _waiting():
        letter = _claim(message_id, config.mail_from)
        if letter is None:
            continue
        state = _try(config.smtp_url, letter, deliver)
        _settle(message_id, state)
        counts[state] += 1
    return ", ".join(f"{state}: {n}" for state, n in counts.items() if n) or "nothing waited"


def _waiting() -> list[str]:
    with unit_of_work(whole_installation("outbox"), read_only=True):
        statement = (
            select(Message.id)
            .where(Message.state == MessageState.WAITING)
            .where(or_(Message.claimed_until.is_(None), Message.claimed_until < now()))
            .order_by(Message.created_at, Message.id)
            .limit(BATCH)
        )
        return list(db.session.scalars(statement))


def _claim(message_id: str, sender: str) -> Letter | None:
    """Take a message for the time of the lease; None when another has it or its time is over."""
    at = now()
    with unit_of_work(whole_installation("outbox")):
        taken = db.session.execute(
            update(Message)
            .where(Message.id == message_id, Message.state == MessageState.WAITING)
            .where(or_(Message.claimed_until.is_(None), Message.claimed_until < at))
            .values(claimed_until=at + LEASE, tries=Message.tries + 1)
        )
        if taken.rowcount != 1:  # type: ignore[attr-defined]
            return None
        message = db.session.get_one(Message, message_id)
        if message.expires_at is not None and message.expires_at < at:
            message.state, message.settled_at = MessageState.EXPIRED, at
            return None
        return Letter(message.id, sender, message.address, message.subject, message.body)


def _try(smtp_url: str, letter: Letter, deliver: Callable[[str, Letter], None]) -> MessageState:
    try:
        deliver(smtp_url, letter)
    except AddressRefused:
        log.warning("message %s: the address was refused", letter.identifier)
        return MessageState.REFUSED
    except (OSError, smtplib.SMTPException) as error:
        log.warning("message %s: not sent yet (%s)", letter.identifier, type(error).__name__)
        return MessageState.WAITING
    return MessageState.SENT


def _settle(message_id: str, state: MessageState) -> None:
    values: dict[str, object] = {"state": state, "claimed_until": None}
    if state is MessageState.SENT:
        values["sent_at"] = now()
    if state is not MessageState.WAITING:
        values["settled_at"] = now()
    with unit_of_work(whole_installation("outbox")):
        db.session.execute(update(Message).where(Message.id == message_id).values(**values))
