"""What is asked of second factors."""

from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy import func, select

from jobsearch.accounts.factors.models import Authenticator, RecoveryCode
from jobsearch.accounts.factors.rules import Factors, code_of, next_code, step_of
from jobsearch.accounts.passkeys.models import Passkey
from jobsearch.core.clock import now
from jobsearch.core.db import db


def factors_of(account_id: str) -> Factors:
    """What an account can prove itself with, in one statement."""
    app = select(func.count()).where(
        Authenticator.account_id == account_id,
        Authenticator.ended_at.is_(None),
        Authenticator.confirmed_at.is_not(None),
    )
    keys = select(func.count()).where(Passkey.account_id == account_id, Passkey.ended_at.is_(None))
    codes = select(func.count()).where(
        RecoveryCode.account_id == account_id, RecoveryCode.spent_at.is_(None)
    )
    statement = select(app.scalar_subquery(), keys.scalar_subquery(), codes.scalar_subquery())
    has_app, passkeys, left = db.session.execute(statement).one()
    return Factors(has_app > 0, passkeys, left)


def find_authenticator(account_id: str, *, confirmed: bool = True) -> Authenticator | None:
    """The app that works for an account, or the one that is being set up."""
    asked = Authenticator.confirmed_at
    statement = select(Authenticator).where(
        Authenticator.account_id == account_id,
        Authenticator.ended_at.is_(None),
        asked.is_not(None) if confirmed else asked.is_(None),
    )
    return db.session.scalar(statement)


def list_recovery_codes(account_id: str) -> list[RecoveryCode]:
    """The account's recovery codes that have not been used."""
    statement = (
        select(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.spent_at.is_(None))
        .order_by(RecoveryCode.id)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class AppLine:
    """The app that makes codes, as its page shows it."""

    confirmed_at: datetime


def find_app_line(account_id: str) -> AppLine | None:
    """When the app that works was set up."""
    found = find_authenticator(account_id)
    return AppLine(found.confirmed_at) if found and found.confirmed_at else None


def find_demo_code(account_id: str) -> str | None:
    """A code that works now, for the page of the demo; None when those of now are used."""
    row = find_authenticator(account_id)
    return next_code(row.secret, now(), row.last_step) if row else None


@dataclass(frozen=True, slots=True)
class NewApp:
    """What a new app has to be told, as a picture and as letters to type."""

    address: str
    letters: str
    code: str


def find_new_app(account_id: str, label: str, issuer: str) -> NewApp | None:
    """The app that is being set up, as it is told its secret."""
    row = find_authenticator(account_id, confirmed=False)
    if row is None:
        return None
    address = pyotp.TOTP(row.secret).provisioning_uri(name=label, issuer_name=issuer)
    letters = " ".join(row.secret[at : at + 4] for at in range(0, len(row.secret), 4))
    return NewApp(address, letters, code_of(row.secret, step_of(now())))
