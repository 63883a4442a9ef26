"""What becomes of permissions when they keep whom they name and what they cover: migration 0034."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DatabaseError

from jobsearch.core.db import db
from tests.migrations.test_candidates import _insert
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]


@pytest.fixture
def connect(empty):
    """The database at the step before: a permission that names a coach of a town."""
    with empty.app_context():
        upgrade(FOLDER, revision="0033")
        with db.engine.begin() as connection:
            _insert(connection, "organisation", id="o", kind="provider", name="A")
            _insert(connection, "organisation", id="t", kind="municipality", name="Town")
            person = {"given_name": "P", "board_name": "first", "organisation_id": "o"}
            _insert(connection, "person", id="p", **person)
            _insert(connection, "account", id="mia", email="mia@example.org", name="Mia")
            hers = {"account_id": "mia", "organisation_id": "t", "role": "municipal_coach"}
            _insert(connection, "membership", id="m", **hers)
            words = {"purpose": "analysis", "recipient_address": "mia@example.org"}
            own = {"organisation_id": "o", "person_id": "p", "recipient_id": "mia"}
            _insert(connection, "consent", id="a", **words, **own)
        yield db.engine.begin


def test_old_permissions_name_their_recipient_and_no_line_of_scope_is_made_up(connect) -> None:
    upgrade(FOLDER, revision="0034")
    with connect() as connection:
        asked = "SELECT recipient_name, recipient_organisation, scope FROM consent"
        assert [tuple(row) for row in connection.execute(sa.text(asked))] == [("Mia", "Town", "")]


@pytest.mark.parametrize("step", ["up", "down"])
def test_no_permission_can_be_changed_after_either_step(connect, step) -> None:
    upgrade(FOLDER, revision="0034")
    if step == "down":
        downgrade(FOLDER, revision="0033")
    for change in ("UPDATE consent SET valid_to = given_on", "DELETE FROM consent"):
        with pytest.raises(DatabaseError, match="append-only"), connect() as connection:
            connection.execute(sa.text(change))
