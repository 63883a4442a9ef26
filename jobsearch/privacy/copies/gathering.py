"""Everything about one person, gathered for the copy: her rows, their words and their documents."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect

from jobsearch.core.access import Role
from jobsearch.core.columns import PERSONAL
from jobsearch.core.crypto import open_with
from jobsearch.desk.takeaway.rules import unique_names
from jobsearch.privacy.copies import queries
from jobsearch.privacy.copies.areas import Area, area_of
from jobsearch.privacy.copies.fields import FIELDS
from jobsearch.privacy.copies.queries import Whose
from jobsearch.privacy.copies.rules import LEFT_OUT_FIELDS, NAMED_BY, packed, safe_name
from jobsearch.privacy.copies.titles import TITLES

_SEALED, _SUBJECT = "_sealed", "_subject_id"
STAFF, YOU = "staff", "you"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, the mark of its column (empty for what has none).

    `of` is the table that a field leads to: an account, told as a role, or another table of hers.
    """

    key: str
    name: str
    mark: Mapping[str, str]
    of: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Her rows of one table, with the names of their fields; `left_off` are older ones."""

    key: str
    title: str
    area: Area
    fields: tuple[Field, ...]
    rows: list[dict[str, Any]]
    left_off: int


@dataclass(frozen=True, slots=True)
class FileInCopy:
    """One document: its key, the name that it has in the copy, and whether it fits in."""

    file_id: str
    name: str
    is_packed: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a copy is made of."""

    whose: Whose
    name: str
    provider: str
    language: str
    zone: str
    made_at: datetime
    tables: tuple[Table, ...]
    documents: tuple[FileInCopy, ...]

    @property
    def names(self) -> dict[str, str]:
        """What her own things are called that other rows of hers lead to, by their key."""
        return {row["id"]: row["name"] for row in self.rows_of("employer")}

    def rows_of(self, key: str) -> list[dict[str, Any]]:
        """The rows of one table."""
        return next((table.rows for table in self.tables if table.key == key), [])


@dataclass(slots=True)
class _Loaded:
    """Rows as they were read: by model, with the keys that lead elsewhere still in them."""

    rows: dict[type[Any], tuple[list[dict[str, Any]], int]]
    own: set[str] = field(default_factory=set)
    leads: dict[str, set[str]] = field(default_factory=dict)


def gather(
    whose: Whose, *, name: str, provider: str, language: str, zone: str, made_at: datetime
) -> Gathered:
    """Read everything that is hers; nothing of anybody else is among it."""
    loaded = _load(whose)
    documents, names = _documents(loaded)
    said = _Said(whose, loaded, names)
    tables = [
        Table(
            model.__tablename__,
            TITLES[model.__tablename__],
            area_of(model.__module__.split(".")[1]),
            _fields(model),
            [said.row(model, row) for row in rows],
            left,
        )
        for model, (rows, left) in loaded.rows.items()
        if rows
    ]
    return Gathered(whose, name, provider, language, zone, made_at, tuple(tables), documents)


def _load(whose: Whose) -> _Loaded:
    loaded = _Loaded({model: queries.load_rows(model, whose) for model in queries.copied_models()})
    for model, (rows, _left) in loaded.rows.items():
        loaded.own |= {row["id"] for row in rows if isinstance(row.get("id"), str)}
        for key, target in targets_of(model).items():
            found = loaded.leads.setdefault(target, set())
            found |= {row[key] for row in rows if row.get(key)}
    return loaded


def targets_of(model: Any) -> dict[str, str]:
    """The fields that are keys of other tables, and which."""
    columns = inspect(model).columns
    keys = queries.copied_fields(model)
    found = {
        key: next(iter(columns[key].foreign_keys)).column.table.name
        for key in keys
        if columns[key].foreign_keys
    }
    # the traces name an organisation without being bound to it
    return {**found, "organisation_id": "organisation"} if "organisation_id" in keys else found


def said_as(key: str, targets: Mapping[str, str]) -> str:
    """What a field is called in the copy: a key that is told in words loses its ending."""
    if key == "account_id":
        return "who"
    target = targets.get(key)
    told = target in NAMED_BY or target in ("account", "stored_file")
    return key.removesuffix("_id") if told else key


def _fields(model: Any) -> tuple[Field, ...]:
    columns, targets = inspect(model).columns, targets_of(model)
    made = [
        Field(
            name := said_as(key, targets),
            FIELDS.get(name, FIELDS.get(name.removesuffix("_id"), "")),
            columns[key].info.get(PERSONAL, {}),
            "" if targets.get(key) in NAMED_BY else targets.get(key, ""),
        )
        for key in queries.copied_fields(model)
    ]
    if "sealed" in columns:
        made.append(Field("values", FIELDS["values"], columns["sealed"].info.get(PERSONAL, {})))
    return tuple(made)


def _documents(loaded: _Loaded) -> tuple[tuple[FileInCopy, ...], dict[str, str]]:
    """The stored files of her rows, each once however many rows name it; names by their key."""
    meta = queries.files_of(loaded.leads.get("stored_file", set()))
    wanted: dict[str, tuple[str, str]] = {}
    same: dict[str, str] = {}
    for model, (rows, _left) in loaded.rows.items():
        keys = [key for key, target in targets_of(model).items() if target == "stored_file"]
        for row in rows:
            for key in keys:
                file_id = row.get(key)
                if file_id not in meta or file_id in same:
                    continue
                sha, kind, _size = meta[file_id]
                same[file_id] = sha
                wanted.setdefault(sha, (file_id, safe_name(_called(model, row), kind)))
    names = unique_names(name for _file_id, name in wanted.values())
    fit = packed((file_id, meta[file_id][2]) for file_id, _name in wanted.values())
    made = tuple(
        FileInCopy(file_id, name, file_id in fit)
        for (file_id, _wish), name in zip(wanted.values(), names, strict=True)
    )
    by_sha = dict(zip(wanted, names, strict=True))
    return made, {file_id: f"documents/{by_sha[sha]}" for file_id, sha in same.items()}


def _called(model: type[Any], row: Mapping[str, Any]) -> str:
    """The name that a document has already, or its kind with its number or day."""
    for key in ("name", "attachment_name"):
        if row.get(key):
            return str(row[key])
    title = model.__tablename__.replace("_", "-")
    days = (one for one in row.values() if isinstance(one, date | datetime))
    day = row.get("pays_on") or next(days, None)
    number = row.get("number") or (f"{day:%Y-%m-%d}" if day else "")
    return f"{title} {number}".strip()


class _Said:
    """Turns the keys in rows into words: a role, a name, a document, or nothing at all."""

    def __init__(self, whose: Whose, loaded: _Loaded, documents: Mapping[str, str]) -> None:
        self.own, self.documents, self.accounts = loaded.own, documents, whose.account_ids
        accounts = loaded.leads.get("account", set()) - whose.account_ids
        self.roles: dict[str, Role] = queries.roles_of(accounts, whose.organisation_id)
        self.named = {
            target: queries.names_of(target, field_, loaded.leads[target])
            for target, field_ in NAMED_BY.items()
            if loaded.leads.get(target)
        }
        self.keys = queries.keys_of(_subjects(loaded))

    def row(self, model: type[Any], row: Mapping[str, Any]) -> dict[str, Any]:
        """One row as the copy has it."""
        targets = targets_of(model)
        told = {
            said_as(key, targets): self.value(targets.get(key), value)
            for key, value in row.items()
            if key not in (_SEALED, _SUBJECT)
        }
        if _SEALED in row:
            told["values"] = self._opened(row)
        return told

    def value(self, target: str | None, value: Any) -> Any:
        """A value; of a key only what may be told."""
        if target is None or value is None:
            return value
        if target == "account":
            if value in self.accounts:
                return YOU
            role = self.roles.get(value)
            return STAFF if role is None else role.value
        if target == "stored_file":
            return self.documents.get(value)
        if target in self.named:
            return self.named[target].get(value)
        return value if value in self.own else None

    def _opened(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        key = self.keys.get(row[_SUBJECT] or "")
        if row[_SEALED] is None or key is None:
            return None
        values = json.loads(open_with(key, bytes(row[_SEALED])))
        return {name: pair for name, pair in values.items() if name not in LEFT_OUT_FIELDS}


def _subjects(loaded: _Loaded) -> frozenset[str]:
    rows: Iterable[Mapping[str, Any]] = (
        row for rows, _left in loaded.rows.values() for row in rows if _SEALED in row
    )
    return frozenset(row[_SUBJECT] for row in rows if row[_SUBJECT])
