"""What a contract says: frozen documents, every text already in the contract's language."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from jobsearch.payroll.contracts.law.rules import TermKey


@dataclass(frozen=True, slots=True)
class Clause:
    """One written term: its heading, what is agreed, and the same in plain words."""

    key: TermKey
    title: str
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A row of the table of days, written out."""

    day: str
    begins: str
    hours: str


@dataclass(frozen=True, slots=True)
class ContractDocument:
    """A contract as it is issued; `words` are the paper's own fixed words."""

    language: str
    edition_of_words: str
    number: str
    edition: int
    dated: date
    employer: str
    business_id: str
    employee: str
    facts: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    days: tuple[WorkingDay, ...]
    hours_in_all: str
    words: dict[str, str]
    is_change: bool = False
    is_demo: bool = False

    def dump(self) -> str:
        """Everything as JSON, for the page that shows what was issued."""
        kept = asdict(self) | {"dated": self.dated.isoformat()}
        return json.dumps(kept, ensure_ascii=False)


def load_document(text: str) -> ContractDocument:
    """The document of a stored content."""
    kept = json.loads(text)
    kept["dated"] = date.fromisoformat(kept["dated"])
    kept["facts"] = tuple((name, value) for name, value in kept["facts"])
    kept["clauses"] = tuple(
        Clause(TermKey(one["key"]), one["title"], one["text"], one["plain"])
        for one in kept["clauses"]
    )
    kept["days"] = tuple(WorkingDay(**one) for one in kept["days"])
    return ContractDocument(**kept)


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One signature as the record prints it; `signed_at` is written out in the record's zone."""

    side: str
    name: str
    signed_at: str
    how: str


@dataclass(frozen=True, slots=True)
class SigningRecord:
    """The record beside a signed contract."""

    language: str
    number: str
    edition: int
    employer: str
    employee: str
    issued_at: str
    sha256: str
    signatures: tuple[SignedBy, ...]
    made_at: datetime
    words: dict[str, str]
    page_words: str
    is_demo_words: str = ""
