"""Use cases of living sign-ins: prove one anew, end one, end all."""

from sqlalchemy import update

from jobsearch.accounts.models import SignIn
from jobsearch.accounts.sessions import queries
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.tokens import digest, new_secret


def renew(account_id: str, sign_in_id: str) -> str:
    """The person has proven again that it is she: the sign-in gets a new secret, told here.

    The old cookie opens nothing from now on. Raises NotVisible.
    """
    row = queries.get_own_sign_in(account_id, sign_in_id)
    secret = new_secret()
    row.secret_digest, row.proven_at = digest(secret), now()
    return secret


def end_one(account_id: str, sign_in_id: str) -> None:
    """End one of one's own sign-ins. Raises NotVisible."""
    queries.get_own_sign_in(account_id, sign_in_id).ended_at = now()


def end_all(account_id: str, but: str = "") -> None:
    """End every sign-in of an account, in every role; `but` is one that goes on."""
    db.session.execute(
        update(SignIn)
        .where(
            SignIn.membership_id.in_(queries.membership_ids(account_id)),
            SignIn.ended_at.is_(None),
            SignIn.id != but,
        )
        .values(ended_at=now())
    )
