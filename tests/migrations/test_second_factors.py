"""What becomes of sign-ins and links when staff get a second factor: migration 0003."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from jobsearch.core.db import db
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]

_AT, _LATER = "2026-11-24 08:00:00", "2026-11-24 09:00:00"
_BEFORE = (
    (
        "INSERT INTO organisation (id, kind, name, service_name, zone)"
        " VALUES ('o', 'provider', 'Firma', 'Työ', 'Europe/Helsinki')"
    ),
    (
        "INSERT INTO person (id, organisation_id, given_name, family_name, language, board_name,"
        " version) VALUES ('p', 'o', 'Lea', 'Lind', 'fi', 'first', 1)"
    ),
    (
        "INSERT INTO account (id, email, name, language, version)"
        " VALUES ('a', 'a@example.org', 'A', 'fi', 1), ('b', 'b@example.org', 'B', 'fi', 1)"
    ),
    (
        "INSERT INTO membership (id, account_id, organisation_id, role, person_id)"
        " VALUES ('m', 'a', 'o', 'manager', NULL), ('n', 'b', 'o', 'participant', 'p')"
    ),
    (
        "INSERT INTO sign_in (id, secret_digest, membership_id, device, started_at, last_seen_at)"
        f" VALUES ('s', 'x', 'm', 'Computer', '{_AT}', '{_LATER}'),"
        f" ('t', 'y', 'n', 'Android', '{_AT}', '{_LATER}')"
    ),
    (
        "INSERT INTO account_link (id, account_id, secret_digest, expires_at)"
        f" VALUES ('l', 'a', 'z', '{_LATER}')"
    ),
)


@pytest.fixture
def connect(empty):
    """The database at the step before, with a manager and a participant who are signed in."""
    with empty.app_context():
        upgrade(FOLDER, revision="0002")
        with db.engine.begin() as connection:
            for statement in _BEFORE:
                connection.execute(sa.text(statement))
        yield db.engine.begin


def _asked(connection: sa.Connection, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_staff_come_back_through_the_second_factor_and_participants_stay_signed_in(connect):
    upgrade(FOLDER, revision="0003")
    with connect() as connection:
        rows = _asked(
            connection,
            "SELECT id, way, stage, proven_at = started_at, ended_at IS NULL FROM sign_in"
            " ORDER BY id",
        )
        links = _asked(connection, "SELECT id, purpose, new_email FROM account_link")
    assert rows == [("s", "password", "whole", True, False), ("t", "code", "whole", True, True)]
    assert links == [("l", "first_password", None)]


def test_going_back_keeps_sign_ins_and_lets_links_to_an_address_go(connect):
    upgrade(FOLDER, revision="0003")
    with connect() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO account_link (id, account_id, secret_digest, expires_at, purpose,"
                f" new_email) VALUES ('e', 'a', 'w', '{_LATER}', 'new_email', 'n@example.org')"
            )
        )
    downgrade(FOLDER, revision="0002")
    with connect() as connection:
        assert _asked(connection, "SELECT id FROM sign_in ORDER BY id") == [("s",), ("t",)]
        assert _asked(connection, "SELECT id FROM account_link") == [("l",)]
