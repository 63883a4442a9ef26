"""What becomes of accounts when they may have a phone instead of an e-mail: migration 0004."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from jobsearch.core.db import db
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]

_AT = "2026-11-24 08:00:00"
_ACCOUNT = (
    "INSERT INTO account (id, email, {more}name, language, version) VALUES ({values}, 'A', 'fi', 1)"
)


@pytest.fixture
def connect(empty):
    """The database at the step before, with an account and a code that it asked for."""
    with empty.app_context():
        upgrade(FOLDER, revision="0003")
        with db.engine.begin() as connection:
            connection.execute(sa.text(_ACCOUNT.format(more="", values="'a', 'a@example.org'")))
            connection.execute(
                sa.text(
                    "INSERT INTO sign_in_code"
                    " (id, account_id, code_digest, request_digest, expires_at, tries)"
                    f" VALUES ('c', 'a', 'x', 'y', '{_AT}', 0)"
                )
            )
        yield db.engine.begin


def _run(connect, statement: str) -> None:
    with connect() as connection:
        connection.execute(sa.text(statement))


def _emails(connect) -> list[tuple[object, ...]]:
    with connect() as connection:
        rows = connection.execute(sa.text("SELECT id, email FROM account ORDER BY id"))
        return [tuple(row) for row in rows]


def test_accounts_stay_and_old_codes_do_not(connect) -> None:
    upgrade(FOLDER, revision="0004")
    assert _emails(connect) == [("a", "a@example.org")]
    with connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        assert connection.execute(sa.text("SELECT count(*) FROM one_time_code")).scalar() == 0
    assert "sign_in_code" not in tables


def test_an_account_has_an_address_and_an_open_one_has_it_alone(connect) -> None:
    upgrade(FOLDER, revision="0004")
    _run(connect, _ACCOUNT.format(more="phone, ", values="'b', NULL, '+358400000201'"))
    for values in ("'c', NULL, NULL", "'c', NULL, '+358400000201'", "'c', 'a@example.org', NULL"):
        with pytest.raises(IntegrityError):
            _run(connect, _ACCOUNT.format(more="phone, ", values=values))
    _run(connect, f"UPDATE account SET closed_at = '{_AT}'")
    _run(connect, _ACCOUNT.format(more="phone, ", values="'c', 'a@example.org', '+358400000201'"))


def test_on_the_way_back_everyone_has_an_address_of_her_own(connect) -> None:
    upgrade(FOLDER, revision="0004")
    _run(connect, f"UPDATE account SET closed_at = '{_AT}'")
    _run(connect, _ACCOUNT.format(more="phone, ", values="'b', NULL, '+358400000201'"))
    _run(connect, _ACCOUNT.format(more="phone, ", values="'c', 'a@example.org', NULL"))
    downgrade(FOLDER, revision="0003")
    assert _emails(connect) == [
        ("a", "a@closed.invalid"),
        ("b", "b@closed.invalid"),
        ("c", "a@example.org"),
    ]
