"""The register of processing, read from the marks of the columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import inspect

from jobsearch.core.columns import PERSONAL
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.queries import get_organisation
from jobsearch.privacy.processing.rules import ACTIVITY_OF, WORDS, Activity, ActivityWords
from jobsearch.privacy.queries import personal_models
from jobsearch.privacy.words import TABLES


@dataclass(frozen=True, slots=True)
class Column:
    """One column about people, and why and how long it is kept and who sees it."""

    table_name: str
    name: str
    purpose: str
    basis: str
    retention: str
    sees: str


@dataclass(frozen=True, slots=True)
class Line:
    """One activity of processing with all its columns."""

    activity: Activity
    words: ActivityWords
    columns: tuple[Column, ...]

    @property
    def tables(self) -> dict[str, list[Column]]:
        """The columns by table, in plain words (to be translated)."""
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            found.setdefault(TABLES[column.table_name], []).append(column)
        return found

    def each(self, what: str) -> list[str]:
        """What its columns say of `purpose`, `basis`, `retention` or `sees`, each once."""
        return list(dict.fromkeys(getattr(column, what) for column in self.columns))


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register of one controller."""

    controller: Organisation
    lines: tuple[Line, ...]

    @property
    def contact(self) -> list[str]:
        """Whom to ask, as far as it is known."""
        one = self.controller
        return [each for each in (one.privacy_name, one.privacy_email, one.privacy_phone) if each]


def get_register(organisation_id: str) -> Register:
    """The register of an organisation. One statement. Raises NotVisible."""
    return Register(get_organisation(organisation_id), lines_of_processing())


@cache
def lines_of_processing() -> tuple[Line, ...]:
    """Every activity with its columns, from the code's own list. Raises KeyError for a table
    that no activity names.
    """
    columns = list(_columns())
    return tuple(
        Line(
            activity,
            words,
            tuple(one for one in columns if ACTIVITY_OF[one.table_name] is activity),
        )
        for activity, words in WORDS.items()
    )


def _columns() -> Iterator[Column]:
    for model in personal_models():
        for attribute in inspect(model).column_attrs:
            mark: dict[str, Any] | None = attribute.columns[0].info.get(PERSONAL)
            if mark is not None:
                yield Column(model.__tablename__, attribute.key, **mark)
