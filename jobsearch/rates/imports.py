"""The figures that ship with the house, read from their file."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.rates.rules import Confidence, RateKey, RateRow, RateTable, Unit

SHIPPED = Path(__file__).with_name("shipped") / "rates.csv"


def read_rates(lines: Iterable[str]) -> Iterator[RateRow]:
    """Rate rows of a file with the columns of `shipped/rates.csv`; ValueError for a bad one."""
    for row in csv.DictReader(lines):
        yield RateRow(
            key=RateKey(row["key"]),
            unit=Unit(row["unit"]),
            value=Money.of(row["value"]).cents,
            valid=Span(
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            ),
            source=row["source"],
            confidence=Confidence(row["confidence"]),
        )


@cache
def shipped_rates() -> RateTable:
    """The table as it ships: 2021 to 2026, with the gaps that the sources had."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return RateTable(tuple(read_rates(file)))
