"""What becomes of the candidates that there are: migration 0008."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from jobsearch.core.db import db
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]

_BLANKS = {
    sa.String: "x",
    sa.Text: "",
    sa.Integer: 1,
    sa.Date: date(2021, 5, 1),
    sa.DateTime: datetime(2021, 5, 1, tzinfo=UTC),
    sa.Boolean: False,
}


def _insert(connection: sa.Connection, into: str, **values: object) -> None:
    """A row with these values, and something harmless wherever a value is needed."""
    table = sa.Table(into, sa.MetaData(), autoload_with=connection)
    row = dict(values)
    for column in table.columns:
        if column.name not in row and not column.nullable and column.server_default is None:
            kinds = (blank for kind, blank in _BLANKS.items() if isinstance(column.type, kind))
            row[column.name] = next(kinds)
    connection.execute(table.insert().values(**row))


@pytest.fixture
def connect(empty):
    """The database at the step before, with three candidates."""
    with empty.app_context():
        upgrade(FOLDER, revision="0007")
        with db.engine.begin() as connection:
            own = {"organisation_id": "o"}
            _insert(connection, "organisation", id="o", kind="provider", name="A")
            _insert(connection, "template", id="t", **own)
            _insert(connection, "programme", id="p", template_id="t", **own)
            for key in ("a", "b", "c"):
                _insert(connection, "person", id=key, given_name=key, board_name="first", **own)
            _candidate(connection, "a", stage="referred")
            _candidate(connection, "b", stage="invited")
            _candidate(
                connection,
                "c",
                stage="referred",
                exit_reason="not_reached",
                exited_on=date(2026, 11, 9),
            )
        yield db.engine.begin


def _candidate(connection: sa.Connection, key: str, **values: object) -> None:
    _insert(
        connection,
        "candidate",
        id=key,
        person_id=key,
        programme_id="p",
        organisation_id="o",
        referred_on=date(2026, 11, 2),
        times_returned=0,
        **values,
    )


def _rows(connect, columns: str) -> list[tuple[object, ...]]:
    with connect() as connection:
        rows = connection.execute(sa.text(f"SELECT {columns} FROM candidate ORDER BY id"))
        return [tuple(row) for row in rows]


def test_whoever_waits_for_a_first_call_is_on_the_call_list(connect) -> None:
    upgrade(FOLDER, revision="0008")
    assert [row[0] is not None for row in _rows(connect, "call_on")] == [True, False, False]
    assert str(_rows(connect, "call_on")[0][0]) == "2026-11-02"
    assert _rows(connect, "id, channel, call_why, tries, exit_words, entered_on") == [
        ("a", "imported", "first_call", 0, "", None),
        ("b", "imported", None, 0, "", None),
        ("c", "imported", None, 0, "", None),
    ]


@pytest.mark.parametrize(
    "change",
    [
        "exit_words = 'x'",
        "tries = -1",
        "call_on = NULL",
        "channel = 'elsewhere'",
        "call_why = 'boredom'",
    ],
)
def test_the_database_refuses_what_cannot_be(connect, change) -> None:
    upgrade(FOLDER, revision="0008")
    with pytest.raises(IntegrityError), connect() as connection:
        connection.execute(sa.text(f"UPDATE candidate SET {change} WHERE id = 'a'"))


def test_on_the_way_back_the_candidates_stay(connect) -> None:
    upgrade(FOLDER, revision="0008")
    downgrade(FOLDER, revision="0007")
    assert _rows(connect, "id, stage, exit_reason") == [
        ("a", "referred", None),
        ("b", "invited", None),
        ("c", "referred", "not_reached"),
    ]
