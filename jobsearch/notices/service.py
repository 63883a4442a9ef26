"""Use cases of messages: write one into the outbox, in the transaction that causes it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.links.service import issue_link
from jobsearch.notices import queries
from jobsearch.notices.delivery.queries import address_index, address_indices, failed_indices
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.models import Message
from jobsearch.notices.preferences.queries import choices_of
from jobsearch.notices.preferences.rules import Choices, address_for, is_wanted
from jobsearch.notices.rules import Attachment, Channel, Recipient, TextKind, Written
from jobsearch.notices.setting import channels_on
from jobsearch.notices.texts.queries import find_wording, written_in
from jobsearch.notices.wording import choice_line, choice_links, spoken, write

CHOICE_PURPOSE = "notices.preferences"
_CHOICE_LIVES = timedelta(days=90)


def send(
    kind: TextKind,
    to: Recipient,
    gaps: Mapping[str, object],
    *,
    organisation_id: str | None,
    once: str | None = None,
    send_after: datetime | None = None,
    expires_at: datetime | None = None,
    attachment: Attachment | None = None,
) -> str | None:
    """Write a message to a recipient; a job sends it after the transaction is kept.

    It is put into words now: in the language that she chose, in the organisation's own wording
    where it has one. Her channel and quiet hours hold. `once` is a key of what may be sent one time
    only ("reminder:<booking>:2d"): a second call with it does nothing. After `expires_at` it is not
    sent. Gaps are texts, marked Words, days or instants. An `attachment` goes with an e-mail alone.

    Returns the message's key, or None when nothing was written: sent before, or declined. Raises
    KeyError for a gap that has no value.
    """
    choices = choices_of(to.subject_id)
    if not is_wanted(kind, choices) or (once is not None and queries.is_written(once)):
        return None
    language = spoken(choices.language or to.language)
    own = written_in(find_wording(organisation_id, kind.key, language))
    message = Message(
        organisation_id=organisation_id,
        subject_id=to.subject_id,
        kind=kind.key,
        language=language,
        once=once,
        created_at=now(),
        send_after=send_after,
        expires_at=expires_at,
    )
    _address(message, kind, to, choices)
    _attach(message, attachment)
    _word(message, kind, write(kind, language, {"name": to.name, **gaps}, own))
    return _put(message)


def expire_waiting(once: str) -> None:
    """Messages whose key of what is sent one time begins so, and that wait, go no more."""
    db.session.execute(
        update(Message)
        .where(
            Message.state == MessageState.WAITING,
            Message.once.startswith(once, autoescape=True),
        )
        .values(expires_at=now())
    )


def _attach(message: Message, attachment: Attachment | None) -> None:
    if attachment is not None:
        message.attachment_id, message.attachment_name = attachment.file_id, attachment.name


def _address(message: Message, kind: TextKind, to: Recipient, choices: Choices) -> None:
    """Choose the way; a message that has none is written down as failed, for staff to see."""
    failed = failed_indices(to.subject_id)
    known = {each for each in (to.email, to.phone) if each}
    bad = {address for address in known if not failed.isdisjoint(address_indices(address))}
    way = address_for(kind, to, choices, failed=bad, on=channels_on())
    message.channel, message.address = way or (kind.channels[0], "")
    message.address_index = address_index(message.address) if message.address else None
    if way is None:
        message.state, message.trouble = MessageState.FAILED, Trouble.NO_ADDRESS
        message.settled_at = message.created_at
    if not kind.always:
        message.quiet_from_minute = choices.quiet.from_minute
        message.quiet_to_minute = choices.quiet.to_minute
        message.zone = choices.quiet.zone


def _word(message: Message, kind: TextKind, written: Written) -> None:
    if message.channel is Channel.SMS:
        message.subject, message.body = "", written.sms
        return
    message.subject, message.body = written.subject, written.body
    if kind.offers_choice and message.subject_id and message.organisation_id:
        secret = issue_link(
            CHOICE_PURPOSE,
            message.subject_id,
            expires_at=message.created_at + _CHOICE_LIVES,
            language=message.language,
            organisation_id=message.organisation_id,
        )
        page, stop = choice_links(secret, kind)
        message.body += "\n\n" + choice_line(message.language or "", page)
        message.stop_link = stop if kind.optional else None


def _put(message: Message) -> str | None:
    """Add the message; of two transactions with the same key, the second one's does nothing."""
    if message.once is None:
        db.session.add(message)
        db.session.flush()
        return message.id
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.add(message)
    except IntegrityError:
        if not queries.is_written(message.once):
            raise  # something else is wrong with it
        return None
    return message.id
