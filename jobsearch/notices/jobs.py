"""Sends what waits in the outbox: claimed with a lease, so that nothing is lost or sent twice."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobsearch.config import Config, Mode
from jobsearch.core.clock import now
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.notices.delivery import service
from jobsearch.notices.delivery.gateway import Gateway
from jobsearch.notices.delivery.letter import Letter
from jobsearch.notices.delivery.lines import (
    AddressRefused,
    Line,
    MessageRefused,
    OutboxPage,
    ServerDown,
    TryLater,
)
from jobsearch.notices.delivery.queries import list_due
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.delivery.smtp import MailServer
from jobsearch.notices.rules import Channel

log = logging.getLogger("jobsearch.notices")

TURN = timedelta(minutes=2)  # a scheduler does not stay longer with the outbox
IN_A_ROW = 3  # so many failures one after another are the server's, not the messages'
_WENT = N_(
    "Messages sent: %(sent)s. To be tried again: %(waiting)s. Refused: %(refused)s."
    " Failed: %(failed)s. Too late: %(expired)s."
)
_ENDS: dict[type[Exception], tuple[MessageState, Trouble]] = {
    AddressRefused: (MessageState.REFUSED, Trouble.ADDRESS_REFUSED),
    MessageRefused: (MessageState.FAILED, Trouble.MESSAGE_REFUSED),
    TryLater: (MessageState.WAITING, Trouble.TRY_LATER),
    ServerDown: (MessageState.WAITING, Trouble.CUT_OFF),
}


@dataclass(slots=True)
class _Run:
    """How one channel's turn goes: over by the clock, or when its server does not answer."""

    until: datetime
    failures: int = 0
    is_down: bool = False

    def goes_on(self) -> bool:
        """Whether there is time, and a server, for one more message."""
        return not self.is_down and now() <= self.until


def lines_of(config: Config) -> dict[Channel, Line]:
    """The ways out of this installation; in the demo messages are read on a page."""
    lines: dict[Channel, Line] = {}
    if config.mode is Mode.DEMO:
        lines = {channel: OutboxPage() for channel in Channel}
    if config.smtp_url:
        lines[Channel.EMAIL] = MailServer(config.smtp_url)
    if config.sms.url:
        lines[Channel.SMS] = Gateway(config.sms)
    return lines


def send_waiting(config: Config, lines: Mapping[Channel, Line] | None = None) -> str:
    """Send what waits, oldest first, by each channel that this installation has.

    What is too late is dropped and marked, what was tried for three days is given up.
    """
    with unit_of_work(whole_installation("outbox")):
        counts = Counter(service.end_what_is_over())
        service.note_reports()
    for channel, line in (lines_of(config) if lines is None else lines).items():
        counts.update(_empty(channel, line, config.mail_from))
    if not counts:
        return Outcome(N_("No message waited."))
    return Outcome(_WENT, **{state.value: counts[state.value] for state in MessageState})


def _empty(channel: Channel, line: Line, sender: str) -> Counter[str]:
    """One channel's turn: until nothing is due, the server is down, or the turn is over."""
    counts: Counter[str] = Counter()
    run = _Run(now() + TURN)
    try:
        while run.goes_on() and (due := _due(channel)):
            for message_id in due:
                state = _hand_over(message_id, channel, line, sender, run)
                counts.update([state] if state else [])
                if not run.goes_on():
                    break
    finally:
        line.close()
    return counts


def _due(channel: Channel) -> list[str]:
    with unit_of_work(whole_installation("outbox"), read_only=True):
        return list_due(channel, now())


def _hand_over(
    message_id: str, channel: Channel, line: Line, sender: str, run: _Run
) -> MessageState | None:
    """One message: the server first, so that a lease is not spent on waiting for it."""
    try:
        line.open()
    except ServerDown as error:
        log.warning("%s: the server does not answer (%s)", channel, error)
        run.is_down = True
        _postpone(channel)
        return None
    with unit_of_work(whole_installation("outbox")):
        letter = service.claim(message_id, sender)
    if letter is None:
        return None
    tried = _try(line, letter)
    with unit_of_work(whole_installation("outbox")):
        service.settle(message_id, tried)
    run.failures = run.failures + 1 if tried.state is MessageState.WAITING else 0
    if run.failures >= IN_A_ROW:
        run.is_down = True
        _postpone(channel)
    return tried.state


def _postpone(channel: Channel) -> None:
    with unit_of_work(whole_installation("outbox")):
        service.postpone(channel)


def _try(line: Line, letter: Letter) -> service.Tried:
    try:
        return service.Tried(MessageState.SENT, gateway_id=line.deliver(letter))
    except tuple(_ENDS) as error:
        state, trouble = _ENDS[type(error)]
        log.warning("message %s: %s (%s)", letter.identifier, trouble, error)
        return service.Tried(state, trouble)


def forget_messages() -> str:
    """Erase messages thirty days after they ended, and addresses that failed a year ago."""
    with unit_of_work(whole_installation("outbox")):
        erased = service.forget_old(now())
    return Outcome(N_("Messages erased: %(count)s."), count=erased)
