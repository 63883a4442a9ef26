"""What becomes of employers, actions and goals that there are: migration 0018."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from jobsearch.core.db import db
from tests.migrations.test_candidates import _insert
from tests.migrations.test_schema import FOLDER, empty

__all__ = ["empty"]


@pytest.fixture
def connect(empty):
    """The database at the step before: two people, one of whom came with her figures in a file."""
    with empty.app_context():
        upgrade(FOLDER, revision="0017")
        with db.engine.begin() as connection:
            own = {"organisation_id": "o"}
            _insert(connection, "organisation", id="o", kind="provider", name="A")
            _insert(connection, "template", id="t", mode="employed", **own)
            _insert(connection, "programme", id="p", template_id="t", **own)
            _insert(connection, "cohort", id="c", programme_id="p", seats=6, state="open", **own)
            for key, source in (("a", "imported"), ("b", "own")):
                _insert(connection, "person", id=key, given_name=key, board_name="first", **own)
                hers = {"person_id": key, "enrolment_id": key, "cohort_id": "c", **own}
                _insert(
                    connection,
                    "enrolment",
                    id=key,
                    person_id=key,
                    cohort_id="c",
                    state="started",
                    **own,
                )
                _insert(
                    connection,
                    "action",
                    id=key,
                    activity="interview",
                    source=source,
                    **hers,
                )
                goal = {"activity": "employer_contact", "on": date(2021, 5, 1), "target": 3}
                _insert(connection, "goal", id=key, **goal, **hers)
            for key, name in (("x", "Rannikon Leipomo  Oy"), ("y", "ÅBO Ab"), ("z", "Oy")):
                _insert(connection, "employer", id=key, name=name, person_id="b", **own)
        yield db.engine.begin


def _column(connection: sa.Connection, of: str, column: str) -> dict[str, object]:
    table = sa.Table(of, sa.MetaData(), autoload_with=connection)
    return dict(connection.execute(sa.select(table.c.id, table.c[column])).all())


def test_employers_get_the_name_by_which_names_are_compared(connect) -> None:
    upgrade(FOLDER, revision="0018")
    with connect() as connection:
        keys = _column(connection, "employer", "name_key")
    assert keys == {"x": "rannikon leipomo", "y": "åbo", "z": "oy"}


def test_goals_of_who_came_in_a_file_came_in_it_too_and_the_rest_were_set(connect) -> None:
    upgrade(FOLDER, revision="0018")
    with connect() as connection:
        assert _column(connection, "goal", "origin") == {"a": "imported", "b": "set"}


def test_actions_and_goals_survive_the_way_there_and_back(connect) -> None:
    upgrade(FOLDER, revision="0018")
    downgrade(FOLDER, revision="0017")
    with connect() as connection:
        assert _column(connection, "action", "source") == {"a": "imported", "b": "own"}
        assert _column(connection, "goal", "target") == {"a": 3, "b": 3}
        assert set(_column(connection, "employer", "name")) == {"x", "y", "z"}
