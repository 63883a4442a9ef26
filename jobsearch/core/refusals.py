"""Everything that is wrong in a file, gathered row by row, to be mended in one go."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from jobsearch.core.errors import RuleBroken
from jobsearch.core.tables import Record
from jobsearch.core.text import mark as N_

MOST = 50
_FIELD = "file"
_TOTAL_WORDS = frozenset({"yhteensä", "yht", "summa", "totalt", "total"})

T = TypeVar("T")


class FileRefused(RuleBroken):
    """A file that is not taken in, with all that is wrong in it; nothing of it is kept."""

    def __init__(self, problems: Sequence[RuleBroken]) -> None:
        first = problems[0]
        super().__init__(first.message, _FIELD, **first.gaps)
        self.problems = tuple(problems[:MOST])


class Refusals:
    """What is wrong so far; reading goes on past it."""

    def __init__(self) -> None:
        self.found: list[RuleBroken] = []
        self._seen: dict[Hashable, int] = {}

    def add(self, message: str, **gaps: object) -> None:
        """Note one more; the sentence and its gaps say where."""
        self.found.append(RuleBroken(message, _FIELD, **gaps))

    def read(self, cell: Callable[[str], T], key: str) -> T | None:
        """What a cell holds, or None with the refusal noted: ``read(record.day, "day")``."""
        try:
            return cell(key)
        except RuleBroken as refusal:
            self.found.append(refusal)
            return None

    def need(self, cell: Callable[[str], T | None], record: Record, key: str) -> T | None:
        """The same for a cell that must hold something."""
        before = len(self.found)
        value = self.read(cell, key)
        if value is None and len(self.found) == before:
            self.read(record.needed, key)
        return value

    def once(self, mark: Hashable, record: Record, key: str) -> None:
        """Note a second row with the same mark (a person, a label, a day and a person)."""
        first = self._seen.setdefault(mark, record.number)
        if first != record.number:
            message = N_(
                "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                "“%(value)s” is already on row %(first)d."
            )
            self.found.append(record.refuse(key, message, first=first))

    def unknown_word(self, record: Record, key: str, known: Sequence[str]) -> None:
        """Note a word that is none of those known."""
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "“%(value)s” is not known; write one of these: %(known)s."
        )
        self.found.append(record.refuse(key, message, known=", ".join(known)))

    def check_total(self, record: Record, sums: Mapping[str, Decimal]) -> None:
        """A row of sums must equal the columns above it; both figures are named."""
        for key, made in sums.items():
            said = self.read(record.number_or_none, key)
            if said is not None and said != made:
                message = N_(
                    "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                    "the total is %(value)s, but the rows above it make %(made)s."
                )
                self.found.append(record.refuse(key, message, made=f"{made:f}"))

    def stop_if_any(self) -> None:
        """Raise FileRefused with all that was found."""
        if self.found:
            raise FileRefused(self.found)


def is_total(record: Record) -> bool:
    """Whether the row is one of sums rather than of a person or a line."""
    first = next((value for value in record.line.values if value is not None), None)
    return isinstance(first, str) and same(first).rstrip(":.") in _TOTAL_WORDS


def same(text: str) -> str:
    """The text in the form in which two spellings of one name or label are equal."""
    return " ".join(text.replace("\u00ad", "").casefold().split())
