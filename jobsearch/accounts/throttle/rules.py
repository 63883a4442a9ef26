"""Rules of wrong tries: how long one waits after so many, and for whom that counts.

Nobody is locked out: every delay ends by itself. Tries are counted by account and network together,
by network, and by account alone; a browser that the account knows has a count of its own, so that
strangers' tries never slow its owner down.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FORGOTTEN_AFTER = timedelta(hours=24)
DEVICE_KNOWN_FOR = timedelta(days=365)


class Count(StrEnum):
    """What wrong tries are counted for."""

    PAIR = "pair"
    NETWORK = "network"
    ACCOUNT = "account"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many wrong tries are free; then each doubles the wait, up to the longest."""

    free: int
    longest: timedelta


LIMITS = {
    Count.PAIR: Limit(5, timedelta(minutes=15)),
    # an office behind one address mistypes more than one person
    Count.NETWORK: Limit(40, timedelta(minutes=15)),
    # guesses from everywhere at once: at most 50 and then 12 in an hour (NIST allows 100 in a row)
    Count.ACCOUNT: Limit(50, timedelta(minutes=5)),
    Count.DEVICE: Limit(10, timedelta(minutes=15)),
}
_FIRST_WAIT = timedelta(seconds=2)


def wait_after(tries: int, limit: Limit) -> timedelta:
    """How long the next try waits after so many wrong ones."""
    over = tries - limit.free
    if over < 0:
        return timedelta(0)
    doubled: int = 2 ** min(over, 20)
    return min(_FIRST_WAIT * doubled, limit.longest)


def open_at(tries: int, last_at: datetime, limit: Limit, now: datetime) -> datetime:
    """From when the next try is taken; what is a day old is forgotten."""
    if now - last_at > FORGOTTEN_AFTER:
        return now
    return last_at + wait_after(tries, limit)
