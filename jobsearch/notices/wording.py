"""Puts a message into words: the house's own sentences, or an organisation's wording of them."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache

from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.core.clock import HOME
from jobsearch.core.text import DEFAULT_LANGUAGE, LANGUAGES, Outcome, Word
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind, Written, one_line, samples
from jobsearch.notices.texts.rules import fill, with_braces
from jobsearch.web.addresses import absolute
from jobsearch.web.formats import LOCALES, long_day, moment, time_text

_SAMPLE_CHOICE = "https://tyonhakutyo.example.org/m/pW7cT4"
_CHOICE = N_("You can choose which messages you get, and how: %(link)s")


@lru_cache(2048)  # marked sentences only
def _said(sentence: str, language: str) -> str:
    """A marked sentence in a language, its gaps still open."""
    with force_locale(LOCALES[language]):
        return str(_(sentence))


def spoken(language: str) -> str:
    """The language that a message is written in: the wished one where the house speaks it."""
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


def in_house(kind: TextKind, language: str) -> Written:
    """The house's wording of a kind, with placeholders in braces as the editor shows it."""
    texts = (kind.subject, kind.body, kind.sms)
    return Written(*(with_braces(_said(text, language)) if text else "" for text in texts))


def write(
    kind: TextKind, language: str, gaps: Mapping[str, object], own: Written | None = None
) -> Written:
    """The message in a language, gaps filled. A gap may be text, a marked Word, a day or a time.

    Raises KeyError when a gap of the house's wording has no value.
    """
    missing = kind.asked - set(gaps)
    if missing:
        raise KeyError(f"{kind.key}: nothing for {sorted(missing)}")
    values = {name: _value(value, language) for name, value in gaps.items()}
    wording = own or in_house(kind, language)
    return Written(
        one_line(fill(wording.subject, values)),
        fill(wording.body, values),
        fill(wording.sms, values),
    )


def _value(value: object, language: str) -> str:
    if isinstance(value, Word):
        return _said(str(value), language)
    if isinstance(value, list):
        return "\n".join(f"– {_value(one, language)}" for one in value)
    if isinstance(value, Outcome):
        said = _said(value.message, language)
        return one_line(said % value.gaps if value.gaps else said)
    if isinstance(value, datetime):
        return moment(value, language, HOME)
    if isinstance(value, date):
        return long_day(value, language)
    if isinstance(value, time):
        return time_text(value, language)
    return one_line(value)


def write_sample(kind: TextKind, language: str, own: Written | None = None) -> Written:
    """The message with made-up values, for the preview."""
    values = {gap: _said(sample, language) for gap, sample in samples(kind).items()}
    written = write(kind, language, values, own)
    if not kind.offers_choice:
        return written
    line = choice_line(language, _SAMPLE_CHOICE)
    return Written(written.subject, f"{written.body}\n\n{line}", written.sms)


def choice_line(language: str, link: str) -> str:
    """The last line of an e-mail: where to choose."""
    return _said(_CHOICE, language) % {"link": link}


def choice_links(secret: str, kind: TextKind) -> tuple[str, str]:
    """The page of a recipient's choices, and the address by which a mail program ends this kind."""
    page = absolute("messages.choose_by_link", link_secret=secret)
    return page, absolute("messages.choose_by_link", link_secret=secret, kind=kind.key)
