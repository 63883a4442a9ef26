"""Says the sentences of pay in a language, with figures as that language writes them."""

from contextlib import AbstractContextManager
from datetime import date
from functools import lru_cache

from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.core.money import Money, Rate
from jobsearch.payroll.pay.sentences import Gap, Minutes, Name, Sentence
from jobsearch.web.filters import current_language, date_text, hours, money, percent

_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_FI"}


def speaking(language: str) -> AbstractContextManager[None]:
    """Everything that is drawn inside the block is in this language, whoever asked for it."""
    block: AbstractContextManager[None] = force_locale(_LOCALES[language])
    return block


def say(sentence: Sentence, language: str | None = None) -> str:
    """The sentence in a language, by default the reader's."""
    language = language or current_language()
    return sentence.say(lambda text: word(text, language), lambda gap: show(gap, language))


@lru_cache(1024)  # marked words only; a pay run says the same ones on every payslip
def word(text: str, language: str) -> str:
    """A marked word or sentence in a language; its gaps, if it has any, are still open."""
    with speaking(language):
        return str(_(text))


def show(gap: Gap, language: str) -> str:
    """What fills a gap, as the language writes it."""
    match gap:
        case Money():
            return money(gap, language)
        case Rate():
            return percent(gap, language=language)
        case Minutes():
            return hours(gap.count, language=language)
        case Name():
            return word(gap.text, language)
        case date():
            return date_text(gap, language)
        case _:
            return str(gap)
