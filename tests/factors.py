"""Second factors for the tests: an app of a member of the cast, and the code that it shows."""

from datetime import datetime, timedelta

import pyotp

from jobsearch.accounts.factors.models import Authenticator
from jobsearch.accounts.models import Account, SignIn
from jobsearch.accounts.passwords import hash_password
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.world import Member

PASSWORD = "merituuli kantaa kauas"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_password(member: Member, password: str = PASSWORD) -> None:
    """She signs in with this password from now on."""
    with unit_of_work(whole_installation("test")):
        db.session.get_one(Account, member.account_id).password_hash = hash_password(password)


def give_app(member: Member, secret: str = SECRET) -> None:
    """She has an app that makes codes."""
    at = now()
    with unit_of_work(whole_installation("test")):
        db.session.add(
            Authenticator(account_id=member.account_id, secret=secret, made_at=at, confirmed_at=at)
        )


def code_at(at: datetime | None = None, secret: str = SECRET) -> str:
    """What her app shows, now or then."""
    return pyotp.TOTP(secret).at(at or now())


def grow_stale(member: Member) -> None:
    """Her last proof is eleven minutes old."""
    with unit_of_work(whole_installation("test")):
        row = db.session.get_one(SignIn, member.actor.sign_in_id)
        row.proven_at = now() - timedelta(minutes=11)
        row.started_at = now() - timedelta(minutes=12)
