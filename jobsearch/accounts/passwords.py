"""Hashes of passwords: argon2id, 19 MiB, so that many at once do not exhaust the machine."""

import os
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw


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
    """The hash to store; every character of the password counts."""
    return _hasher().hash(unicodedata.normalize("NFC", password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether the password is right; takes as long when there is no account."""
    try:
        _hasher().verify(stored or _nobodys_hash(), unicodedata.normalize("NFC", password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether a right password is to be hashed anew, with the costs of today."""
    return _hasher().check_needs_rehash(stored)


def slow_digest(code: str, salt: str) -> str:
    """A digest of a short code that takes as long to guess as a password."""
    hasher = _hasher()
    raw = hash_secret_raw(
        code.encode(),
        bytes.fromhex(salt),
        time_cost=hasher.time_cost,
        memory_cost=hasher.memory_cost,
        parallelism=hasher.parallelism,
        hash_len=32,
        type=Type.ID,
    )
    return raw.hex()
