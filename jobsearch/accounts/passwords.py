"""Hashes of passwords: argon2id, 19 MiB, so that many at once do not exhaust the machine."""

import os
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@lru_cache
def _hasher() -> PasswordHasher:
    # the tests hash thousands of times; OWASP's figures hold everywhere else
    if os.environ.get("JOBSEARCH_MODE") == "test":
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@lru_cache
def _nobodys_hash() -> str:
    return _hasher().hash("a password that nobody has")


def hash_password(password: str) -> str:
    """The hash to store."""
    return _hasher().hash(unicodedata.normalize("NFC", password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether the password is right; takes as long when there is no account."""
    try:
        _hasher().verify(stored or _nobodys_hash(), unicodedata.normalize("NFC", password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
