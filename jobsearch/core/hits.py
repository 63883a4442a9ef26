"""Counts of tries per key and window, shared by all workers through the database."""

import time
from typing import Any

from limits.storage import Storage
from sqlalchemy import Float, Integer, String, delete, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, db

_COUNT = text(
    "INSERT INTO try_count (key, tries, ends_at) VALUES (:key, :amount, :ends) "
    "ON CONFLICT (key) DO UPDATE SET "
    "tries = CASE WHEN try_count.ends_at < :now THEN :amount ELSE try_count.tries + :amount END, "
    "ends_at = CASE WHEN try_count.ends_at < :now THEN :ends ELSE try_count.ends_at END "
    "RETURNING tries"
)
_READ = text("SELECT tries, ends_at FROM try_count WHERE key = :key AND ends_at >= :now")


class TryCount(Base):
    """How often something was tried in the current window; keys are digests, not people."""

    __tablename__ = "try_count"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    ends_at: Mapped[float] = mapped_column(Float)


def seconds_until(ends_at: float) -> int:
    """How long a window still lasts, from its end in seconds of the epoch; never less than 1."""
    return max(1, round(ends_at - time.time()))


class DatabaseTries(Storage):
    """Storage of Flask-Limiter's counts in our own database: no other server is needed.

    Each count is a transaction of its own, so that a refused request is counted too.
    """

    STORAGE_SCHEME = ["database"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """What the database raises."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count one more try and return how many there are in this window."""
        now = time.time()  # a window, not a date: the wall clock of the machine is meant
        values = {"key": key, "amount": amount, "now": now, "ends": now + expiry}
        with db.engine.begin() as connection:
            return int(connection.execute(_COUNT, values).scalar_one())

    def get(self, key: str) -> int:
        """How many tries there were in this window."""
        with db.engine.connect() as connection:
            row = connection.execute(_READ, {"key": key, "now": time.time()}).first()
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        """When this window ends, in seconds of the epoch."""
        with db.engine.connect() as connection:
            row = connection.execute(_READ, {"key": key, "now": time.time()}).first()
        return float(row[1]) if row else time.time()

    def check(self) -> bool:
        """The database answers or the whole application does not."""
        return True

    def reset(self) -> int | None:
        """Forget every count."""
        with db.engine.begin() as connection:
            return connection.execute(delete(TryCount)).rowcount

    def clear(self, key: str) -> None:
        """Forget the count of one key."""
        with db.engine.begin() as connection:
            connection.execute(delete(TryCount).where(TryCount.key == key))
