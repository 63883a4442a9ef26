"""What becomes of the turns that a scheduler wrote down before 0007."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from jobsearch.core.db import db
from jobsearch.jobs.models import JobRun, ScheduledJob, Scheduler
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]

_AT = "'2026-11-24 08:00:00'"


@pytest.fixture
def before(empty):
    """Three turns as they were written: one done, one failed, one whose scheduler died."""
    with empty.app_context():
        upgrade(FOLDER, revision="0006")
        with db.engine.begin() as connection:
            for key, minute, ended, outcome in (
                ("a", 1, _AT, "'sent: 1'"),
                ("b", 2, _AT, "'failed; see the log'"),
                ("c", 3, "NULL", "NULL"),
            ):
                connection.execute(
                    sa.text(
                        "INSERT INTO job_run (id, job, due_at, started_at, ended_at, outcome)"
                        f" VALUES ('{key}', 'x', '2026-11-24 08:0{minute}:00', {_AT}, {ended},"
                        f" {outcome})"
                    )
                )
        yield db.engine


def _asked(statement: str) -> list[tuple[object, ...]]:
    with db.engine.begin() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_old_turns_are_done_or_failed_and_none_runs_for_ever(before):
    upgrade(FOLDER, revision="0007")
    states = _asked("SELECT id, state, lap, tries FROM job_run ORDER BY id")
    assert states == [("a", "done", 0, 1), ("b", "failed", 0, 1), ("c", "failed", 0, 1)]


def test_the_tables_are_those_of_the_models(before):
    upgrade(FOLDER, revision="0007")
    looked = sa.inspect(before)
    for model in (JobRun, ScheduledJob, Scheduler):
        table = model.__table__
        migrated = {c["name"]: c["nullable"] for c in looked.get_columns(table.name)}
        assert migrated == {c.name: c.nullable for c in table.c}
        assert {i["name"] for i in looked.get_indexes(table.name)} >= {
            i.name for i in table.indexes
        }


def test_the_way_back_keeps_what_was_done_and_forgets_what_was_asked_for(before):
    upgrade(FOLDER, revision="0007")
    with db.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO account (id, email, name, language, version)"
                " VALUES ('olga', 'o@example.org', 'O', 'fi', 1)"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO job_run (id, job, due_at, started_at, lap, state, tries, asked_by_id)"
                f" VALUES ('d', 'x', {_AT}, {_AT}, 0, 'waiting', 0, 'olga')"
            )
        )
    downgrade(FOLDER, revision="0006")
    assert _asked("SELECT id FROM job_run ORDER BY id") == [("a",), ("b",), ("c",)]
    upgrade(FOLDER, revision="0007")
