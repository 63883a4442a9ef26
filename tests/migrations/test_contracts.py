"""What becomes of people with a seat when contracts get versions: migration 0010."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from jobsearch.core.db import db
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]

_AT = "2026-11-24 08:00:00"
_ROWS = (
    (
        "INSERT INTO organisation (id, kind, name, service_name, zone, language, version)"
        " VALUES ('o', 'provider', 'Firma', 'Työ', 'Europe/Helsinki', 'fi', 1)"
    ),
    "INSERT INTO account (id, email, name, language, version) VALUES ('a', 'a@x.fi', 'A', 'fi', 1)",
    (
        "INSERT INTO person (id, organisation_id, given_name, family_name, language, board_name,"
        " version) VALUES ('p', 'o', 'Lea', 'Lind', 'fi', 'first', 1)"
    ),
    "INSERT INTO template (id, name, edition, organisation_id) VALUES ('t', 'T', 1, 'o')",
    (
        "INSERT INTO programme (id, code, name, zone, follow_up_months, template_id,"
        " organisation_id, version) VALUES ('g', 'c', 'P', 'Europe/Helsinki', 3, 't', 'o', 1)"
    ),
    (
        "INSERT INTO cohort (id, programme_id, name, place, state, seats, starts_on, ends_on,"
        " board_version, organisation_id, version) VALUES ('c', 'g', '7', 'Pori', 'open', 6,"
        " '2026-12-07', '2026-12-24', 1, 'o', 1)"
    ),
    (
        "INSERT INTO enrolment (id, cohort_id, person_id, state, organisation_id, version)"
        " VALUES ('e', 'c', 'p', 'placed', 'o', 1)"
    ),
)
_CONTRACT = (
    "INSERT INTO contract (id, person_id, enrolment_id, number, edition, state, starts_on,"
    " ends_on, hourly, allowance, outcome_bonus, agreed_minutes, agreement, ground, ground_reason,"
    " trial_days, place, tasks, language, reason, made_by_id, made_at, organisation_id, version)"
    " VALUES ('{key}', 'p', 'e', 'TS', {edition}, 'draft', '2026-12-07', '2026-12-24', 1150, 0,"
    f" 0, 2880, 'x', 'own_wish', 'x', 0, 'Pori', '', 'fi', '', 'a', '{_AT}', 'o', 1)"
)


@pytest.fixture
def connect(empty):
    """The database at the step before, with one person who has a seat."""
    with empty.app_context():
        upgrade(FOLDER, revision="0009")
        with db.engine.begin() as connection:
            for row in _ROWS:
                connection.execute(sa.text(row))
        upgrade(FOLDER, revision="0010")
        yield db.engine.begin


def _asked(connection: sa.Connection, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_who_has_a_seat_keeps_it_and_waits_for_nothing_yet(connect):
    with connect() as connection:
        kept = _asked(connection, "SELECT id, state, waiting_from FROM enrolment")
    assert kept == [("e", "placed", None)]


def test_an_enrolment_has_one_version_on_its_way(connect):
    with connect() as connection:
        connection.execute(sa.text(_CONTRACT.format(key="k1", edition=1)))
    with pytest.raises(sa.exc.IntegrityError), connect() as connection:
        connection.execute(sa.text(_CONTRACT.format(key="k2", edition=2)))


def test_a_signature_cannot_be_changed_or_removed(connect):
    with connect() as connection:
        connection.execute(sa.text(_CONTRACT.format(key="k1", edition=1)))
        connection.execute(
            sa.text(
                "INSERT INTO contract_signature (id, contract_id, person_id, side, account_id,"
                " name, method, sent_to, sha256, signed_at, organisation_id) VALUES ('s', 'k1',"
                f" 'p', 'employer', 'a', 'A', 'sign_in', '', 'x', '{_AT}', 'o')"
            )
        )
    for change in ("UPDATE contract_signature SET name = 'B'", "DELETE FROM contract_signature"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), connect() as connection:
            connection.execute(sa.text(change))


def test_on_the_way_back_seats_stay_and_contracts_go(connect):
    with connect() as connection:
        connection.execute(sa.text(_CONTRACT.format(key="k1", edition=1)))
    downgrade(FOLDER, revision="0009")
    with connect() as connection:
        assert _asked(connection, "SELECT id FROM enrolment") == [("e",)]
        tables = sa.inspect(connection).get_table_names()
    assert not {"contract", "contract_signature", "orientation"} & set(tables)
