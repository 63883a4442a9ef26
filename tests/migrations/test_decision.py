"""What becomes of permissions and of what was sent by them: migration 0031."""

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
    """The database at the step before: a permission whose sign-in is known, one whose is not."""
    with empty.app_context():
        upgrade(FOLDER, revision="0030")
        with db.engine.begin() as connection:
            own = {"organisation_id": "o", "person_id": "p"}
            _insert(connection, "organisation", id="o", kind="provider", name="A")
            _insert(connection, "organisation", id="t", kind="municipality", name="T")
            _insert(
                connection,
                "person",
                id="p",
                given_name="P",
                board_name="first",
                organisation_id="o",
            )
            _insert(connection, "account", id="mia", email="mia@example.org", name="Mia")
            _insert(connection, "account", id="pia", email="pia@example.org", name="Pia")
            _insert(
                connection,
                "membership",
                id="m",
                account_id="pia",
                organisation_id="o",
                role="participant",
                person_id="p",
            )
            _insert(connection, "sign_in", id="s", membership_id="m", way="link", stage="whole")
            for key, sign_in in (("a", "s"), ("b", "gone")):
                _insert(
                    connection,
                    "consent",
                    id=key,
                    recipient_id="mia",
                    purpose="analysis",
                    sign_in_id=sign_in,
                    **own,
                )
        yield db.engine.begin


def _consents(connection: sa.Connection) -> list[tuple[object, ...]]:
    table = sa.Table("consent", sa.MetaData(), autoload_with=connection)
    columns = (table.c.id, table.c.recipient_address, table.c.given_by)
    return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(table.c.id))]


def test_old_permissions_name_the_address_of_now_and_how_they_were_given(connect) -> None:
    upgrade(FOLDER, revision="0031")
    with connect() as connection:
        assert _consents(connection) == [
            ("a", "mia@example.org", "link"),
            ("b", "mia@example.org", None),
        ]


@pytest.mark.parametrize("step", ["up", "down"])
def test_no_permission_can_be_changed_after_either_step(connect, step) -> None:
    upgrade(FOLDER, revision="0031")
    if step == "down":
        downgrade(FOLDER, revision="0030")
    for change in ("UPDATE consent SET valid_to = given_on", "DELETE FROM consent"):
        with pytest.raises(DatabaseError), connect() as connection:
            connection.execute(sa.text(change))
