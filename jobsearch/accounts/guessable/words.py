"""Reads the list of common passwords, and knows who can name an organisation's own words."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jobsearch.accounts.guessable.rules import words_in

WordSource = Callable[[frozenset[str]], list[str]]
_LIST = Path(__file__).with_name("passwords.txt.gz")
_sources: list[WordSource] = []


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """The passwords that are tried first, folded; read when the first password is set."""
    return frozenset(gzip.decompress(_LIST.read_bytes()).decode().splitlines())


def use_word_sources(*sources: WordSource) -> None:
    """Make these the features that are asked what organisations call their own things."""
    _sources[:] = sources


def words_of(organisation_ids: frozenset[str]) -> frozenset[str]:
    """What everybody in these organisations knows: their names, programmes and towns."""
    return words_in(text for source in _sources for text in source(organisation_ids))
