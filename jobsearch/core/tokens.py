"""Random keys, and how a secret is kept: only its digest is stored."""

import hashlib
import hmac
import secrets

KEY_LENGTH = 20


_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(one + other for one in _LETTERS for other in _LETTERS)


def new_key() -> str:
    """A random key for a row and its address: 20 letters and digits, 100 bits."""
    drawn = secrets.randbits(5 * KEY_LENGTH)
    return "".join([_PAIRS[drawn >> at & 1023] for at in range(0, 5 * KEY_LENGTH, 10)])


def new_secret(size: int = 32) -> str:
    """A secret for a link or a session, of so many bytes: 256 bits unless it must be short."""
    return secrets.token_urlsafe(size)


def new_code(digits: int = 6) -> str:
    """A code that a person can type."""
    return f"{secrets.randbelow(10**digits):0{digits}d}"


def digest(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two digests without telling how far they agree."""
    return hmac.compare_digest(left, right)
