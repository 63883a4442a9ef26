"""Rules of passwords: how long they are, and which are guessed too soon (NIST SP 800-63B-4)."""

import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import pairwise

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

SHORTEST_PASSWORD = 15
"""A password stands alone until the second factor is set up: never fewer than 15 characters."""
LONGEST_PASSWORD = 200
_LEFT = 8  # so many characters must be neither an own word nor a repetition
_PIECE = 4  # shorter words are in every sentence
_DIFFERENT = 6
_EVERYWHERE = frozenset(
    {"password", "salasana", "lösenord", "työnhaku", "työnhakutyö", "jobsearch"}
)


def folded(text: str) -> str:
    """The text in the one form in which guesses are compared: NFC, without capitals."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of names and addresses that are long enough to be a guess."""
    parted = (
        folded("".join(letter if letter.isalnum() else " " for letter in text)).split()
        for text in texts
    )
    return frozenset(word for words in parted for word in words if len(word) >= _PIECE)


def check_password(password: str, own_words: AbstractSet[str], common: AbstractSet[str]) -> None:
    """Refuse what is short, common, or made of words that everybody here knows.

    `own_words` are the person's and her organisation's, `common` the passwords that are tried
    first; both folded. No rule asks for digits or signs, and none for a change now and then.
    Raises RuleBroken on `password`.
    """
    plain = folded(password)
    if len(plain) < SHORTEST_PASSWORD:
        raise RuleBroken(
            N_("Use at least %(least)d characters; several words are fine."),
            field="password",
            least=SHORTEST_PASSWORD,
        )
    if len(plain) > LONGEST_PASSWORD:
        raise RuleBroken(N_("This password is too long."), field="password")
    if _is_common(plain, common) or _is_simple(plain):
        raise RuleBroken(
            N_("This password is easy to guess. Choose other words."), field="password"
        )
    if _left(plain, own_words | _EVERYWHERE) < _LEFT:
        raise RuleBroken(
            N_("This password is made of names that others here know. Choose other words."),
            field="password",
        )


def _is_common(plain: str, common: AbstractSet[str]) -> bool:
    """Whether it is on the list: itself, without what stands around it, or as two in a row."""
    if plain in common or _core(plain) in common:
        return True
    joined = "".join(letter for letter in plain if letter.isalnum())
    cuts = range(_PIECE, len(joined) - _PIECE + 1)
    return any(_known(joined[:at], common) and _known(joined[at:], common) for at in cuts)


def _known(piece: str, common: AbstractSet[str]) -> bool:
    return piece in common or piece.isdigit() or _core(piece) in common


def _core(plain: str) -> str:
    """Without the digits and signs at its ends."""
    inside = [at for at, letter in enumerate(plain) if letter.isalpha()]
    return plain[inside[0] : inside[-1] + 1] if inside else ""


def _is_simple(plain: str) -> bool:
    """Few different characters, one piece again and again, or characters in their order."""
    if len(set(plain)) < _DIFFERENT:
        return True
    size = len(plain)
    if any(plain == (plain[:unit] * size)[:size] for unit in range(1, size // 2 + 1)):
        return True
    steps = [ord(after) - ord(before) for before, after in pairwise(plain)]
    return max(steps.count(1), steps.count(-1)) >= 3 * size // 4


def _left(plain: str, words: AbstractSet[str]) -> int:
    """How many letters and digits are no part of a known word."""
    for word in sorted(words, key=len, reverse=True):
        plain = plain.replace(word, " ")
    return sum(letter.isalnum() for letter in plain)
