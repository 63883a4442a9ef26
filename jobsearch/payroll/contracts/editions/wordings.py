"""The words of contracts that come with the installation, by edition."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.law.rules import WRITTEN_TERMS, TermKey

_SHIPPED = Path(__file__).parent / "shipped" / "wordings.json"


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The heading of a term, its texts by occasion, and its explanation."""

    title: Words
    plain: Words
    texts: dict[str, Words]


@dataclass(frozen=True, slots=True)
class ContractWords:
    """One edition of everything that a contract and its signing record say."""

    edition: str
    in_use_from: date
    clauses: dict[TermKey, ClauseWords]
    paper: dict[str, Words]
    facts: dict[str, Words]
    record: dict[str, Words]

    def say(self, key: TermKey, occasion: str, language: str, **gaps: object) -> str:
        """A term's text on an occasion, its gaps filled."""
        return " ".join((self.clauses[key].texts[occasion].say(language) % gaps).split())


def read_words(text: str) -> tuple[ContractWords, ...]:
    """The editions of a shipped file. Raises KeyError or ValueError when one lacks a term."""
    return tuple(_edition(one) for one in json.loads(text)["editions"])


def _edition(kept: dict[str, Any]) -> ContractWords:
    clauses = {
        TermKey(one["key"]): ClauseWords(
            Words.of(one["title"]),
            Words.of(one["plain"]),
            {name: Words.of(text) for name, text in one["texts"].items()},
        )
        for one in kept["clauses"]
    }
    missing = {term.key for term in WRITTEN_TERMS} - set(clauses)
    if missing:
        raise ValueError(f"no words for {sorted(missing)}")
    paper = dict(kept["paper"])
    facts = paper.pop("facts")
    return ContractWords(
        edition=kept["edition"],
        in_use_from=date.fromisoformat(kept["in_use_from"]),
        clauses=clauses,
        paper=_words(paper),
        facts=_words(facts),
        record=_words(kept["record"]),
    )


def _words(kept: dict[str, Any]) -> dict[str, Words]:
    return {name: Words.of(text) for name, text in kept.items()}


@cache
def shipped_words() -> tuple[ContractWords, ...]:
    """Every edition that was ever shipped."""
    return read_words(_SHIPPED.read_text(encoding="utf-8"))


def words_in_use(day: date) -> ContractWords:
    """The newest edition of the day. Raises RuleBroken when there is none."""
    found = [one for one in shipped_words() if one.in_use_from <= day]
    if not found:
        raise RuleBroken(N_("There are no words for a contract of %(day)s."), day=day)
    return max(found, key=lambda one: one.in_use_from)
