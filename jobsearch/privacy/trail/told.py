"""Fields of a change and their values, as a manager says them."""

import json
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from jobsearch.privacy.copies.fields import FIELDS
from jobsearch.privacy.copies.held import as_held
from jobsearch.privacy.copies.texts import PAPER_NAMES
from jobsearch.privacy.copies.values import in_words

_MOST = 600


def field_words(name: str) -> str:
    """A field in words; its own name where only the program's makers need it."""
    return str(_(PAPER_NAMES.get(name, FIELDS[name]))) if name in FIELDS else name


def fields_told(names: Iterable[str]) -> str:
    """The fields of a change for a list: those that have words; their own names where none has."""
    named = list(names)
    return ", ".join([field_words(name) for name in named if name in FIELDS] or named)


def value_told(table_name: str, field: str, written: Any, language: str, zone: str) -> str:
    """A value of a change: in words where there are some, else as it was written.

    At most 600 characters; empty for what is not there.
    """
    if written is None:
        return ""
    said = in_words(field, as_held(table_name, field, written), language, zone)
    text = said or (
        written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)
    )
    return text if len(text) <= _MOST else text[:_MOST] + "…"
