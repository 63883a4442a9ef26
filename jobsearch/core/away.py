"""Which failures are the database's or the disk's, and pass: the program is right, try again."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from jobsearch.core.errors import FateUnknown

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = "25006"  # a standby, or a primary that has just become one
_ALWAYS = (OperationalError, NoConnectionFree, sqlite3.OperationalError, FateUnknown)


def is_away(error: BaseException) -> bool:
    """Whether the database does not answer or has no room, or a disk has none.

    Both engines say so in many ways: cut lines, full disks, locks that are held for too long, a
    server that is starting, stopping or only follows another one.
    """
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    if isinstance(error, DBAPIError) and not isinstance(error, OperationalError):
        return error.connection_invalidated or _state(error) == _READ_ONLY
    return isinstance(error, _ALWAYS)


def _state(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state
