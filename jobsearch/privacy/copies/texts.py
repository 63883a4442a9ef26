"""Values that are stored as bare texts or numbers, in the words of whoever reads a copy."""

import re
from datetime import time
from typing import Any

from flask_babel import gettext as _

from jobsearch.accounts.codes.rules import SIGN_IN
from jobsearch.accounts.proofs.rules import PREFIX
from jobsearch.analyses.rules import TITLES as SECTION_TITLES
from jobsearch.analyses.rules import SectionKey
from jobsearch.core.looks import kind_of, sentence_of
from jobsearch.core.money import Rate
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import KEY_LENGTH
from jobsearch.notices.setting import find_kind
from jobsearch.privacy.copies.titles import TITLES
from jobsearch.privacy.trail.rules import ACTS
from jobsearch.web.fields import LANGUAGE_NAMES
from jobsearch.web.formats import percent, time_text

PAPER_NAMES: dict[str, str] = {
    "additional_bp": N_("Additional rate"),
    "at_minute": N_("Time of day"),
    "base_bp": N_("Basic rate"),
    "quiet_from_minute": N_("Quiet from"),
    "quiet_to_minute": N_("Quiet until"),
    "rate_bp": N_("Percentage"),
}
"""What fields are called where their values stand in words, and not in the unit of the column."""
_KEY = re.compile(rf"[a-z2-7]{{{KEY_LENGTH}}}")
_DAY_MINUTES = 24 * 60


def number_in_words(key: str, value: int, language: str) -> str:
    """A number by its field: a percentage, a time of day, else the number."""
    if key.endswith("_bp"):
        return percent(Rate(value), language=language)
    if key in PAPER_NAMES and 0 <= value < _DAY_MINUTES:
        return time_text(time(*divmod(value, 60)), language)
    return str(value)


def text_in_words(key: str, text: str) -> str:
    """A text by its field; empty for keys of rows, which are for machines alone."""
    if key == "what":
        return str(_(sentence_of(kind_of(text))))
    if key == "table_name":
        return str(_(TITLES[text])) if text in TITLES else ""
    if key.endswith("language"):
        return LANGUAGE_NAMES.get(text, text)
    if key.endswith("_id") and (_KEY.fullmatch(text) or text == SIGN_IN):
        return ""
    return _chosen(key, text)


def _chosen(key: str, text: str) -> str:
    """A text that is one of a list of ours."""
    if key == "act":
        return str(_(ACTS.get(text, text)))
    if key == "device":
        return str(_(text))
    if key == "purpose":
        return _asked_for(text)
    if key == "kind" and (found := find_kind(text)):
        return str(_(found.name))
    if key == "key" and text in set(SectionKey):
        return str(_(SECTION_TITLES[SectionKey(text)]))
    return text


def _asked_for(purpose: Any) -> str:
    """What a one-time code was asked for."""
    if purpose == SIGN_IN:
        return str(_("Signing in"))
    return str(_("Confirming that it is you") if purpose.startswith(PREFIX) else purpose)
