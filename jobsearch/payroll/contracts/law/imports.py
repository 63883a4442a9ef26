"""The law of contracts that ships with the house, read from its file."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jobsearch.core.periods import Span
from jobsearch.core.text import Words
from jobsearch.payroll.contracts.law.rules import (
    ContractLaw,
    Ending,
    EndingKey,
    EndingTime,
    Ground,
    GroundKey,
    Limit,
    LimitKey,
)
from jobsearch.rates.rules import Confidence

SHIPPED = Path(__file__).with_name("shipped") / "law.json"


def read_law(text: str) -> ContractLaw:
    """The rows of a file like `shipped/law.json`. Raises KeyError or ValueError for a bad one."""
    kept = json.loads(text)
    return ContractLaw(
        grounds=tuple(
            Ground(
                **_dated(row),
                key=GroundKey(row["key"]),
                text=Words.of(row["text"]),
                needs_reason=row["needs_reason"],
                most_contracts=row["most_contracts"],
                most_days=row["most_days"],
            )
            for row in kept["grounds"]
        ),
        endings=tuple(
            Ending(
                **_dated(row),
                key=EndingKey(row["key"]),
                text=Words.of(row["text"]),
                when=EndingTime(row["when"]),
            )
            for row in kept["endings"]
        ),
        limits=tuple(
            Limit(**_dated(row), key=LimitKey(row["key"]), value=int(row["value"]))
            for row in kept["limits"]
        ),
    )


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    valid = None
    if row["valid_from"] is not None:
        last = row["valid_to"]
        valid = Span(
            date.fromisoformat(row["valid_from"]),
            None if last is None else date.fromisoformat(last),
        )
    return {
        "valid": valid,
        "law": row["law"],
        "source": row["source"],
        "confidence": Confidence(row["confidence"]),
    }


@cache
def shipped_law() -> ContractLaw:
    """The law as it ships; a bill without a day in force has a row that no day finds."""
    return read_law(SHIPPED.read_text(encoding="utf-8"))
