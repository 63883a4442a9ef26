"""Encryption at rest: a ring of keys that can be turned, and a blind index to search by."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = 1
_NONCE_BYTES = 12


class KeysMissing(Exception):
    """There is no key to encrypt or to read with; the message says what to do."""


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    """A key of the ring made ready, which takes longer than to use it."""
    return AESGCM(key)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The installation's keys: every one that a stored value may need, and the one now in use.

    While the index key is turned there is a second one, by which values are searched as well: first
    the next one, in which nobody writes yet, then the old one, in which nobody writes any more.
    """

    current: int
    keys: dict[int, bytes]
    index_key: bytes
    session_key: bytes
    next_index_key: bytes | None = None
    old_index_key: bytes | None = None

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Encrypt with the current key; `purpose` ties the value to its column or kind."""
        nonce = os.urandom(_NONCE_BYTES)
        body = _cipher(self.keys[self.current]).encrypt(nonce, plain, purpose.encode())
        return bytes((_FORMAT, self.current)) + nonce + body

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypt what `seal` made, under whichever key it was made.

        Raises KeysMissing for a key that the ring lacks.
        """
        key = self.keys.get(sealed[1])
        if sealed[0] != _FORMAT or key is None:
            raise KeysMissing(f"No key {sealed[1]} in the key file; restore the old key file.")
        start = 2 + _NONCE_BYTES
        return _cipher(key).decrypt(sealed[2:start], sealed[start:], purpose.encode())

    def blind(self, value: str, purpose: str) -> str:
        """A keyed digest by which an encrypted value is found again without being read."""
        return _blinded(self.index_key, value, purpose)

    def blinds(self, value: str, purpose: str) -> tuple[str, ...]:
        """Every digest under which a value may stand: the one to write first, then what is turned.

        Who looks for a value asks for any of them.
        """
        keys = (self.index_key, self.next_index_key, self.old_index_key)
        return tuple(_blinded(key, value, purpose) for key in keys if key is not None)


def _blinded(key: bytes, value: str, purpose: str) -> str:
    text = f"{purpose}\x1f{value}".encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def new_keyring() -> Keyring:
    """Fresh random keys for a new installation."""
    return Keyring(
        1,
        {1: secrets.token_bytes(32)},
        index_key=secrets.token_bytes(32),
        session_key=secrets.token_bytes(32),
    )


def write_keyring(path: Path, ring: Keyring) -> None:
    """Write a key file that only its owner can read. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "w") as file:
        file.write(_spelled(ring))
        file.flush()
        os.fsync(file.fileno())


def replace_keyring(path: Path, ring: Keyring) -> None:
    """Put another ring in a key file's place, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    write_keyring(new, ring)
    new.replace(path)


def _spelled(ring: Keyring) -> str:
    content: dict[str, object] = {
        "current": ring.current,
        "keys": {str(number): _text(key) for number, key in ring.keys.items()},
        "index": _text(ring.index_key),
        "session": _text(ring.session_key),
    }
    turned = {"index_next": ring.next_index_key, "index_old": ring.old_index_key}
    content |= {name: _text(key) for name, key in turned.items() if key is not None}
    return json.dumps(content, indent=1) + "\n"


def read_keyring(path: Path) -> Keyring:
    """Read a key file. Raises KeysMissing when it is absent or readable by others."""
    if not path.exists():
        raise KeysMissing(f"The key file {path} is missing; make it with: python -m jobsearch.keys")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeysMissing(f"The key file {path} can be read by others; run: chmod 600 {path}")
    content = json.loads(path.read_text())
    return Keyring(
        content["current"],
        {int(number): _bytes(key) for number, key in content["keys"].items()},
        index_key=_bytes(content["index"]),
        session_key=_bytes(content["session"]),
        next_index_key=_bytes(content["index_next"]) if "index_next" in content else None,
        old_index_key=_bytes(content["index_old"]) if "index_old" in content else None,
    )


def use_keyring(ring: Keyring) -> None:
    """Make these the keys of this process."""
    _in_use.clear()
    _in_use.append(ring)


def keyring() -> Keyring:
    """The keys of this process. Raises KeysMissing before `use_keyring`."""
    if not _in_use:
        raise KeysMissing("No keys are loaded.")
    return _in_use[0]


def seal_with(key: bytes, plain: bytes) -> bytes:
    """Encrypt under one subject's own key (destroying that key erases the value)."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, b"subject")


def open_with(key: bytes, sealed: bytes) -> bytes:
    """Decrypt what `seal_with` made."""
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], b"subject")


_in_use: list[Keyring] = []


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
