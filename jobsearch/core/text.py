"""Words without Flask: the mark for translation, clean input, and texts kept in three languages."""

import re
import unicodedata
from collections.abc import Mapping

LANGUAGES = ("fi", "sv", "en")
DEFAULT_LANGUAGE = "fi"

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff]")
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def mark(text: str) -> str:
    """Mark an English sentence for the catalogues; it is translated where it is shown."""
    return text


def clean(text: str) -> str:
    """Text as it may be stored: NFC, no control characters or direction marks, one kind of newline.

    NUL bytes break PostgreSQL, lone surrogates break UTF-8, direction marks forge what a page says.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _DIRECTION.sub("", _UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


class Word(str):
    """A marked word in the gap of a sentence: it is translated too, unlike what a person typed."""

    __slots__ = ()


class Outcome(str):
    """What a job did: a marked sentence with its gaps, so that it reads in every language.

    `Outcome(N_("Sent: %(count)s."), count=3)`; wherever a text is wanted it is the English one.
    """

    message: str
    gaps: dict[str, str | int]
    __slots__ = ("gaps", "message")

    def __new__(cls, message: str, **gaps: str | int) -> "Outcome":
        """Say it in English, and keep the sentence and its gaps beside it."""
        said = super().__new__(cls, message % gaps if gaps else message)
        said.message, said.gaps = message, gaps
        return said


class Words(dict[str, str]):
    """A text in up to three languages, by language code."""

    @classmethod
    def of(cls, value: Mapping[str, str] | str) -> "Words":
        """Make words from a mapping, or from one text that stands for every language."""
        return cls({DEFAULT_LANGUAGE: value}) if isinstance(value, str) else cls(value)

    def say(self, language: str) -> str:
        """The text in this language, else in Finnish, else in any that there is."""
        for code in (language, DEFAULT_LANGUAGE, *LANGUAGES):
            if self.get(code):
                return self[code]
        return ""
