"""Random keys, and how a secret is kept: only its digest is stored."""

import base64
import hashlib
import hmac
import secrets

KEY_LENGTH = 20


def new_key() -> str:
    """A random key for a row and its address: 20 letters and digits, 100 bits."""
    return base64.b32encode(secrets.token_bytes(13)).decode().lower()[:KEY_LENGTH]


def new_secret() -> str:
    """A secret for a link or a session: 256 bits."""
    return secrets.token_urlsafe(32)


def new_code(digits: int = 6) -> str:
    """A code that a person can type."""
    return f"{secrets.randbelow(10**digits):0{digits}d}"


def digest(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two digests without telling how far they agree."""
    return hmac.compare_digest(left, right)
