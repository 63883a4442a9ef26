"""Forms that are sent twice act once: the key in a form is spent with the change it makes."""

from datetime import datetime

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import String, bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.clock import now
from jobsearch.core.db import Base, Encrypted, connection, db
from jobsearch.core.errors import Conflict
from jobsearch.core.prepared import Prepared
from jobsearch.core.tokens import KEY_LENGTH, digest, new_key

FIELD = "_once"


class Submission(Base):
    """One form that was answered: a resend is led to where the first one went.

    Where that is may be a one-time link, so nobody reads it from the database or a backup.
    """

    __tablename__ = "submission"

    key_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    membership_id: Mapped[str | None] = mapped_column(String(KEY_LENGTH))
    location: Mapped[str] = mapped_column(Encrypted("submission.location"))
    answered_at: Mapped[datetime] = mapped_column(index=True)


_ANSWERED = Prepared(
    select(Submission.location).where(Submission.key_digest == bindparam("key_digest"))
)
_SPEND = Prepared(insert(Submission), Submission.__mapper__.columns.keys())


def once() -> str:
    """A fresh key for one form."""
    return new_key()


def replay() -> ResponseReturnValue | None:
    """The answer of a form that was sent before, or None."""
    key = g.once = _key()
    if key is None:
        return None
    row = _ANSWERED.first_of_no_provider(connection(), {"key_digest": key})
    return None if row is None else _answer(row.location)


def spend(response: Response) -> None:
    """Note the key as spent, in the transaction of the change itself.

    Raises Conflict when the same form is being answered elsewhere.
    """
    key: str | None = g.get("once")
    # a form that is sent on (307) has done nothing yet: its key is for where it goes
    if key is None or response.status_code >= 400 or response.status_code == 307:
        return
    actor = g.get("actor")
    spent = {
        "key_digest": key,
        "membership_id": actor.membership_id if actor else None,
        "location": response.location or "",
        "answered_at": now(),
    }
    try:
        _SPEND.run_of_no_provider(db.session.connection(), [spent])
    except IntegrityError as error:
        db.session.rollback()
        raise Conflict("the same form, sent twice at once") from error


def _key() -> str | None:
    if request.method != "POST":
        return None
    value = request.form.get(FIELD, "")
    if not value or len(value) > 2 * KEY_LENGTH:
        return None
    actor = g.get("actor")
    owner = actor.membership_id if actor else ""
    return digest(f"{owner}:{request.path}:{value}")


def _answer(location: str) -> ResponseReturnValue:
    if location:
        return redirect(location, 303)
    if request.headers.get("HX-Request"):
        return "", 204
    return redirect(url_for("desk.today"), 303)
