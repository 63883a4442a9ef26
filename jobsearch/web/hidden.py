"""Words in an address that nobody reads there: sealed, and opened again for one person alone.

What somebody searches for may be a name. In the address it would stand in the browser's history.
"""

import base64
import binascii

from cryptography.exceptions import InvalidTag

from jobsearch.core.access import Actor
from jobsearch.core.crypto import KeysMissing, keyring

MOST_LETTERS = 2000


def hidden(words: str, actor: Actor) -> str:
    """The words for an address of this person; another one each time, empty for none."""
    if not words:
        return ""
    sealed = keyring().seal(words.encode(), _purpose(actor))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def revealed(text: str, actor: Actor) -> str:
    """The words of an address; none where it was another's or is no such address."""
    if not text or len(text) > MOST_LETTERS:
        return ""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return keyring().open(sealed, _purpose(actor)).decode()
    except (ValueError, binascii.Error, IndexError, InvalidTag, KeysMissing):
        return ""


def _purpose(actor: Actor) -> str:
    return f"words searched for:{actor.membership_id}"
