"""What becomes of a message: its states, why it is where it is, and how long until the next try."""

from datetime import timedelta
from enum import StrEnum

from jobsearch.core.text import mark as N_


class MessageState(StrEnum):
    """Where a message is."""

    WAITING = "waiting"
    SENT = "sent"
    DELIVERED = "delivered"
    REFUSED = "refused"
    EXPIRED = "expired"
    FAILED = "failed"


class Trouble(StrEnum):
    """Why a message has not gone, or will not go."""

    SERVER_DOWN = "server_down"
    CUT_OFF = "cut_off"
    TRY_LATER = "try_later"
    ADDRESS_REFUSED = "address_refused"
    MESSAGE_REFUSED = "message_refused"
    REPORTED = "reported"
    NO_ADDRESS = "no_address"
    TOO_LATE = "too_late"
    GAVE_UP = "gave_up"


S = MessageState

NEXT: dict[MessageState, frozenset[MessageState]] = {
    # reported while its sender waits for the gateway's answer, or when that answer was lost
    S.WAITING: frozenset({S.SENT, S.DELIVERED, S.REFUSED, S.EXPIRED, S.FAILED}),
    S.SENT: frozenset({S.DELIVERED, S.REFUSED, S.FAILED}),
    S.DELIVERED: frozenset(),
    # reports may overtake each other: what arrived has arrived; staff may let it be tried again
    S.REFUSED: frozenset({S.DELIVERED, S.WAITING}),
    S.EXPIRED: frozenset(),
    S.FAILED: frozenset({S.DELIVERED}),
}

STATE_NAMES: dict[MessageState, str] = {
    S.WAITING: N_("Waiting"),
    S.SENT: N_("Sent"),
    S.DELIVERED: N_("Delivered"),
    S.REFUSED: N_("Refused"),
    S.EXPIRED: N_("Too late, not sent"),
    S.FAILED: N_("Failed"),
}
TROUBLE_NAMES: dict[Trouble, str] = {
    Trouble.SERVER_DOWN: N_("The server does not answer."),
    Trouble.CUT_OFF: N_("The connection was lost in the middle of it."),
    Trouble.TRY_LATER: N_("The server asks to try later."),
    Trouble.ADDRESS_REFUSED: N_("The server knows no such address."),
    Trouble.MESSAGE_REFUSED: N_("The server does not take this message."),
    Trouble.REPORTED: N_("The network could not deliver it."),
    Trouble.NO_ADDRESS: N_("There is no e-mail address and no phone number."),
    Trouble.TOO_LATE: N_("Its time was over before it could go."),
    Trouble.GAVE_UP: N_("It could not be sent for three days."),
}

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=8)  # after an hour's silence everything is gone within ten minutes
GIVE_UP_AFTER = timedelta(days=3)
LEASE = timedelta(minutes=5)
KEPT_AFTER = timedelta(days=30)


def may_become(now: MessageState, then: MessageState) -> bool:
    """Whether a message in one state may come into another."""
    return then in NEXT[now]


def wait_after(tries: int) -> timedelta:
    """How long a message waits after so many tries: 30 s, 1, 2, 4, then 8 minutes."""
    return min(FIRST_WAIT * (1 << min(max(tries - 1, 0), 10)), LONGEST_WAIT)
