"""A sentence with named gaps that explains a figure; kept as data, said in any language later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from jobsearch.core.money import Money, Rate
from jobsearch.core.text import Word


@dataclass(frozen=True, slots=True)
class Minutes:
    """A length of work in a sentence; shown in hours."""

    count: int


@dataclass(frozen=True, slots=True)
class Name:
    """A marked word inside a sentence (the name of a rate); translated where it is shown."""

    text: str


Gap = Money | Rate | Minutes | Name | date | int | str


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence marked for the catalogues, and what fills its gaps."""

    text: str
    gaps: Mapping[str, Gap]

    @classmethod
    def of(cls, text: str, **gaps: Gap) -> Sentence:
        """A sentence; the names of the gaps are those in its text."""
        return cls(text, gaps)

    def say(self, translate: Callable[[str], str], show: Callable[[Gap], str]) -> str:
        """The sentence in a language: the text translated, each gap shown as that language does."""
        translated = translate(self.text)
        if not self.gaps:
            return translated
        return translated % {name: show(value) for name, value in self.gaps.items()}

    def plain_gaps(self) -> dict[str, object]:
        """The gaps as a broken rule carries them: names of rates as their words."""
        return {
            name: Word(value.text) if isinstance(value, Name) else value
            for name, value in self.gaps.items()
        }

    def gaps_as_json(self) -> dict[str, list[str | int]]:
        """The gaps as JSON can hold them."""
        return {name: _pack(value) for name, value in self.gaps.items()}

    @classmethod
    def from_json(cls, text: str, gaps: Mapping[str, list[str | int]]) -> Sentence:
        """The sentence again, from its text and what `gaps_as_json` gave."""
        return cls(text, {name: _unpack(value) for name, value in gaps.items()})


def _pack(value: Gap) -> list[str | int]:
    match value:
        case Money():
            return ["money", value.cents]
        case Rate():
            return ["rate", value.basis_points]
        case Minutes():
            return ["minutes", value.count]
        case Name():
            return ["name", value.text]
        case date():
            return ["day", value.isoformat()]
        case int():
            return ["number", value]
        case _:
            return ["text", value]


def _unpack(packed: list[str | int]) -> Gap:
    kind, value = packed
    match kind:
        case "money":
            return Money(int(value))
        case "rate":
            return Rate(int(value))
        case "minutes":
            return Minutes(int(value))
        case "name":
            return Name(str(value))
        case "day":
            return date.fromisoformat(str(value))
        case "number":
            return int(value)
        case _:
            return str(value)
