"""Use cases of second factors: set one up, prove with it, end it."""

import secrets

import pyotp
from sqlalchemy import delete, or_, update

from jobsearch.accounts.factors import queries
from jobsearch.accounts.factors.models import Authenticator, RecoveryCode
from jobsearch.accounts.factors.rules import (
    RECOVERY_CODES,
    RECOVERY_DIGITS,
    WRONG_CODE,
    fitting_step,
    grouped,
    is_recovery_code,
    plain_code,
)
from jobsearch.accounts.passwords import slow_digest
from jobsearch.accounts.rules import Way
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.tokens import new_code, same


def begin_authenticator(account_id: str) -> None:
    """Make a fresh secret for an app; it counts for nothing before a code confirms it."""
    pending = queries.find_authenticator(account_id, confirmed=False)
    if pending is not None:
        pending.ended_at = now()
        db.session.flush()
    db.session.add(
        Authenticator(account_id=account_id, secret=pyotp.random_base32(), made_at=now())
    )
    db.session.flush()


def confirm_authenticator(account_id: str, typed: str) -> None:
    """Take the new app into use by its first code; it replaces the one before.

    Raises RuleBroken on `code`.
    """
    pending = queries.find_authenticator(account_id, confirmed=False)
    at = now()
    step = fitting_step(pending.secret, plain_code(typed), at, None) if pending else None
    if pending is None or step is None:
        raise RuleBroken(WRONG_CODE, field="code")
    end_authenticator(account_id)
    pending.confirmed_at, pending.last_step = at, step
    db.session.flush()


def end_authenticator(account_id: str) -> None:
    """The app's codes open nothing any more."""
    live = queries.find_authenticator(account_id)
    if live is not None:
        live.ended_at = now()
        db.session.flush()


def make_recovery_codes(account_id: str) -> list[str]:
    """Ten fresh codes, as they are printed; those of before open nothing any more.

    They are told here and never again: only their digests are kept.
    """
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    salt = secrets.token_hex(16)
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add(new_code(RECOVERY_DIGITS))
    db.session.add_all(
        RecoveryCode(
            account_id=account_id, salt=salt, digest=slow_digest(code, salt), made_at=now()
        )
        for code in codes
    )
    db.session.flush()
    return [grouped(code) for code in sorted(codes)]


def prove(account_id: str, typed: str) -> Way:
    """Take a code of the app, or a recovery code; each works once.

    Returns which it was. Raises RuleBroken on `code`, with one sentence whatever is wrong.
    """
    code = plain_code(typed)
    if is_recovery_code(code):
        right, way = _spend_recovery_code(account_id, code), Way.RECOVERY_CODE
    else:
        right, way = _spend_step(account_id, code), Way.AUTHENTICATOR
    if not right:
        raise RuleBroken(WRONG_CODE, field="code")
    return way


def end_all(account_id: str) -> None:
    """No code of the account opens anything any more: neither the app's nor those on paper."""
    for pending in (True, False):
        row = queries.find_authenticator(account_id, confirmed=not pending)
        if row is not None:
            row.ended_at = now()
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    db.session.flush()


def _spend_step(account_id: str, code: str) -> bool:
    row = queries.find_authenticator(account_id)
    step = fitting_step(row.secret, code, now(), row.last_step) if row else None
    if row is None or step is None:
        return False
    # of two requests with the same code one changes the row
    taken = db.session.execute(
        update(Authenticator)
        .where(
            Authenticator.id == row.id,
            or_(Authenticator.last_step.is_(None), Authenticator.last_step < step),
        )
        .values(last_step=step)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def _spend_recovery_code(account_id: str, code: str) -> bool:
    rows = queries.list_recovery_codes(account_id)
    if not rows:
        return False
    digest = slow_digest(code, rows[0].salt)
    found = [row for row in rows if same(row.digest, digest)]
    if not found:
        return False
    taken = db.session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.id == found[0].id, RecoveryCode.spent_at.is_(None))
        .values(spent_at=now())
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]
