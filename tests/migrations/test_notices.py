"""What becomes of the outbox when messages get channels, tries and ends: migration 0006."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from jobsearch.core.db import db
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]

_WRITTEN, _SENT = "2026-11-24 08:00:00", "2026-11-24 08:01:00"
_ROWS = (
    ("w", "waiting", None),
    ("s", "sent", _SENT),
    ("r", "refused", None),
    ("e", "expired", None),
)


@pytest.fixture
def connect(empty):
    """The database at the step before, with a message in each state that there was."""
    with empty.app_context():
        upgrade(FOLDER, revision="0005")
        with db.engine.begin() as connection:
            for key, state, sent_at in _ROWS:
                connection.execute(
                    sa.text(
                        "INSERT INTO message (id, channel, address, subject, body, kind, state,"
                        " created_at, sent_at, tries)"
                        " VALUES (:id, 'email', :x, :x, :x, 'k', :state, :at, :sent, 0)"
                    ),
                    {"id": key, "state": state, "at": _WRITTEN, "sent": sent_at, "x": b"x"},
                )
        yield db.engine.begin


def _read(connect, what: str) -> dict[str, str]:
    with connect() as connection:
        rows = connection.execute(sa.text(f"SELECT id, {what} FROM message ORDER BY id"))
        return {key: str(value)[:19] for key, value in rows}


def test_what_was_over_ended_when_it_was_sent_else_when_it_was_written(connect) -> None:
    upgrade(FOLDER, revision="0006")
    assert _read(connect, "settled_at") == {"w": "None", "s": _SENT, "r": _WRITTEN, "e": _WRITTEN}


@pytest.mark.parametrize(
    "change",
    [
        "state = 'sent' WHERE id = 'w'",  # over, without an end
        "settled_at = NULL WHERE id = 's'",
        "state = 'lost' WHERE id = 's'",
        "channel = 'pigeon' WHERE id = 'w'",
        "trouble = 'bad luck' WHERE id = 'w'",
        "once = 'same'",
    ],
)
def test_the_database_itself_keeps_messages_in_order(connect, change) -> None:
    upgrade(FOLDER, revision="0006")
    with pytest.raises(IntegrityError), connect() as connection:
        connection.execute(sa.text(f"UPDATE message SET {change}"))


def test_back_again_every_e_mail_stays_and_new_states_find_their_old_ones(connect) -> None:
    upgrade(FOLDER, revision="0006")
    with connect() as connection:
        connection.execute(sa.text("UPDATE message SET state = 'delivered' WHERE id = 's'"))
        connection.execute(sa.text("UPDATE message SET state = 'failed' WHERE id = 'e'"))
        connection.execute(sa.text("UPDATE message SET channel = 'sms' WHERE id = 'r'"))
    downgrade(FOLDER, revision="0005")
    assert _read(connect, "state") == {"w": "waiting", "s": "sent", "e": "refused"}
