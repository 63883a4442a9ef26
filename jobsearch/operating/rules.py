"""What a backup says of itself, and how what was restored is compared with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass


class Refused(Exception):
    """The operator asked for something that would do harm or cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table holds: how many rows, and one digest over all of them, whatever their order."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup's own account: of which engine and schema, when, and what was in each table.

    `key_numbers` are the keys that its encrypted values need: without them it is unreadable.
    """

    made_at: str
    engine: str
    schema: str
    key_numbers: tuple[int, ...]
    tables: Mapping[str, Contents]

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(one.rows for one in self.tables.values())

    def to_json(self) -> str:
        """The manifest as it stands in the backup."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def read_manifest(text: str) -> Manifest:
    """The manifest that `to_json` wrote. Raises ValueError, KeyError or TypeError for another."""
    given = json.loads(text)
    return Manifest(
        made_at=given["made_at"],
        engine=given["engine"],
        schema=given["schema"],
        key_numbers=tuple(given["key_numbers"]),
        tables={name: Contents(**one) for name, one in given["tables"].items()},
    )


def differences(wanted: Mapping[str, Contents], found: Mapping[str, Contents]) -> list[str]:
    """What of the restored tables is not as it was saved, a line each; empty when all is."""
    told = []
    for name in sorted(wanted.keys() | found.keys()):
        before, after = wanted.get(name), found.get(name)
        if before is None:
            told.append(f"{name}: was not in the backup")
        elif after is None:
            told.append(f"{name}: is missing")
        elif before.rows != after.rows:
            told.append(f"{name}: {before.rows} rows were saved, {after.rows} are there")
        elif before.digest != after.digest:
            told.append(f"{name}: its {before.rows} rows are not what was saved")
    return told
