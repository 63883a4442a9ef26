"""What becomes of people and roles when organisations learn to invite: migration 0005."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from jobsearch.core.db import db
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]

_AT = "2026-11-24 08:00:00"


@pytest.fixture
def connect(empty):
    """The database at the step before, with an organisation, an account and two people."""
    with empty.app_context():
        upgrade(FOLDER, revision="0004")
        with db.engine.begin() as connection:
            for statement in (
                (
                    "INSERT INTO organisation (id, kind, name, service_name, zone)"
                    " VALUES ('o', 'provider', 'Firma', 'Työ', 'Europe/Helsinki')"
                ),
                (
                    "INSERT INTO account (id, email, name, language, version)"
                    " VALUES ('a', 'a@example.org', 'A', 'fi', 1)"
                ),
                (
                    "INSERT INTO membership (id, account_id, organisation_id, role)"
                    " VALUES ('m', 'a', 'o', 'manager')"
                ),
                *(_person(key, email) for key, email in _PEOPLE.items()),
            ):
                connection.execute(sa.text(statement))
        yield db.engine.begin


_PEOPLE = {"p1": "' Lea@Example.org '", "p2": "'lea@example.org'", "p3": "''", "p4": "NULL"}


def _person(key: str, email: str) -> str:
    return (
        "INSERT INTO person (id, organisation_id, given_name, family_name, email, language,"
        f" board_name, version) VALUES ('{key}', 'o', 'Lea', 'Lind', {email}, 'fi', 'first', 1)"
    )


def _asked(connection: sa.Connection, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_addresses_get_one_spelling_and_belong_to_one_person(connect):
    upgrade(FOLDER, revision="0005")
    with connect() as connection:
        kept = _asked(connection, "SELECT id, email FROM person ORDER BY id")
    assert kept == [("p1", "lea@example.org"), ("p2", None), ("p3", None), ("p4", None)]


def test_an_organisation_has_a_language_and_a_version_afterwards(connect):
    upgrade(FOLDER, revision="0005")
    with connect() as connection:
        assert _asked(connection, "SELECT language, version FROM organisation") == [("fi", 1)]
        columns = {c["name"]: c for c in sa.inspect(connection).get_columns("organisation")}
    assert columns["language"]["default"] is None


def test_a_role_that_was_held_twice_is_one_again_on_the_way_back(connect):
    upgrade(FOLDER, revision="0005")
    with connect() as connection:
        for statement in (
            f"UPDATE membership SET ended_at = '{_AT}' WHERE id = 'm'",
            (
                "INSERT INTO membership (id, account_id, organisation_id, role)"
                " VALUES ('n', 'a', 'o', 'manager')"
            ),
            (
                "INSERT INTO sign_in (id, secret_digest, membership_id, device, started_at,"
                " last_seen_at, proven_at, way, stage)"
                f" VALUES ('s', 'x', 'm', 'Test', '{_AT}', '{_AT}', '{_AT}', 'password', 'whole')"
            ),
        ):
            connection.execute(sa.text(statement))
    downgrade(FOLDER, revision="0004")
    with connect() as connection:
        assert _asked(connection, "SELECT id FROM membership") == [("n",)]
        assert _asked(connection, "SELECT membership_id FROM sign_in") == [("n",)]
