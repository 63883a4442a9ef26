"""Use cases of wrong tries: ask whether one more is taken, and count how it went."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from jobsearch.accounts.throttle import queries
from jobsearch.accounts.throttle.models import KnownDevice, WrongTries
from jobsearch.accounts.throttle.rules import (
    DEVICE_KNOWN_FOR,
    FORGOTTEN_AFTER,
    LIMITS,
    Count,
    open_at,
)
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest, new_secret

log = logging.getLogger("jobsearch.accounts")

_WAIT_SECONDS = N_("Too many wrong tries. Wait %(seconds)d seconds and try again.")
_WAIT_MINUTES = N_("Too many wrong tries. Wait %(minutes)d minutes and try again.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a try comes from: the network, and the secret that the browser keeps."""

    network: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """One try that may be made; its counts are held until it is over."""

    counts: dict[str, Count]


def begin_try(kind: str, name: str, account_id: str | None, caller: Caller) -> Try:
    """Take one more try, or refuse it without looking at what was typed.

    `kind` is what is tried, `name` what the person calls herself: both are counted whether there is
    such an account or not. Raises RuleBroken with the time to wait; that refusal is not counted.
    """
    counts = _counts(kind, name, account_id, caller)
    _make_rows(sorted(counts))
    at = now()
    rows = queries.hold_tries(sorted(counts))
    waits = [
        open_at(rows[key].tries, rows[key].last_at, LIMITS[count], at) - at
        for key, count in counts.items()
    ]
    longest = max(waits)
    if longest > timedelta(0):
        log.warning("a try was refused: %s, too many before it", kind)
        _refuse(longest)
    return Try(counts)


def note_wrong(tried: Try) -> None:
    """Count a wrong try."""
    at = now()
    for row in queries.hold_tries(sorted(tried.counts)).values():
        row.tries = 1 if at - row.last_at > FORGOTTEN_AFTER else row.tries + 1
        row.last_at = at
    db.session.flush()


def note_right(tried: Try) -> None:
    """A right one: what was counted against the person is forgotten, not what the network did."""
    own = [key for key, count in tried.counts.items() if count is not Count.NETWORK]
    db.session.execute(update(WrongTries).where(WrongTries.key.in_(own)).values(tries=0))


def remember_device(account_id: str, secret: str) -> str:
    """The account knows this browser from now on; returns the secret that the browser keeps."""
    known = queries.find_device(account_id, secret) if secret else None
    if known is not None:
        known.seen_at = now()
        return secret
    secret = secret or new_secret()
    db.session.add(KnownDevice(account_id=account_id, digest=digest(secret), seen_at=now()))
    return secret


def forget_old() -> int:
    """Forget counts of more than a day and browsers of more than a year; returns how many."""
    at = now()
    counts = delete(WrongTries).where(WrongTries.last_at < at - FORGOTTEN_AFTER)
    devices = delete(KnownDevice).where(KnownDevice.seen_at < at - DEVICE_KNOWN_FOR)
    done = [db.session.execute(statement) for statement in (counts, devices)]
    return sum(one.rowcount for one in done)  # type: ignore[attr-defined]


def _counts(kind: str, name: str, account_id: str | None, caller: Caller) -> dict[str, Count]:
    known = bool(account_id and caller.device and queries.find_device(account_id, caller.device))
    if known:
        return {_key(kind, Count.DEVICE, name, caller.device): Count.DEVICE}
    return {
        _key(kind, Count.PAIR, name, caller.network): Count.PAIR,
        _key(kind, Count.NETWORK, caller.network): Count.NETWORK,
        _key(kind, Count.ACCOUNT, name): Count.ACCOUNT,
    }


def _key(*parts: str) -> str:
    return digest("\x1f".join(parts))


def _make_rows(keys: list[str]) -> None:
    missing = set(keys) - set(queries.hold_tries(keys))
    for key in sorted(missing):
        try:
            with db.session.begin_nested():
                db.session.add(WrongTries(key=key, tries=0, last_at=now()))
        except IntegrityError:
            continue  # somebody else tries at this moment; the row is there


def _refuse(wait: timedelta) -> None:
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 60:
        raise RuleBroken(_WAIT_SECONDS, seconds=seconds)
    raise RuleBroken(_WAIT_MINUTES, minutes=-(-seconds // 60))
