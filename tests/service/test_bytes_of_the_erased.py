"""Nothing of who was erased stays in the bytes of the database's file, nor in its log."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobsearch.core.db import db, sweep, unit_of_work
from jobsearch.core.manners import sweep_sqlite, teach_sqlite
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.notices.models import Message
from jobsearch.payroll.pay.models import PayRun
from jobsearch.people.models import Person
from jobsearch.people.rules import Details
from jobsearch.people.service import add_person, edit_person
from jobsearch.privacy.erasure.service import erase
from jobsearch.privacy.retention.jobs import do_timetable
from jobsearch.recruitment.models import Candidate
from tests.furnished import furnish
from tests.postgres import ENGINE
from tests.recruits import make_candidate

on_sqlite = pytest.mark.skipif(ENGINE != "sqlite", reason="about SQLite")
pytestmark = pytest.mark.usefixtures("context", "_journal")
_MANY = 60


@pytest.fixture
def _journal(app, tmp_path: Path):
    known = app.config["JOBSEARCH"]
    app.config["JOBSEARCH"] = replace(known, erasures=str(tmp_path / "erasures"))
    yield
    app.config["JOBSEARCH"] = known


def _in_the_bytes(bench, *words: str) -> set[str]:
    """Which of the words stand in the file or its log, wherever; nothing is read as a table."""
    db.session.remove()
    content = b"".join(one.read_bytes() for one in sorted(bench.folder.glob("test.db*")))
    return {word for word in words if word.encode() in content}


def _erase(world, person_id: str) -> None:
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope, world.aino.actor):
        erase(world.aino.actor, person_id)


@on_sqlite
def test_after_the_night_no_byte_of_a_candidate_is_left(bench, as_, world) -> None:
    words = ("Känärialintu", "+358401112222", "kaisa@kanaria.example", "Entinenlintu")
    with as_(world.aino):
        kaisa = db.session.get_one(Candidate, make_candidate(world.a)).person_id
        edit_person(kaisa, None, Details("Kaisa", "Entinenlintu", phone="+358401112222"))
    for number in range(_MANY):  # the same page is written again and again
        with as_(world.aino):
            add_person(Details("Muu", f"Ihminen{number}", phone=f"+3584055500{number:02}"))
            details = Details(
                "Kaisa",
                "Känärialintu",
                phone="+358401112222",
                email="kaisa@kanaria.example",
                municipality=f"Pori {number}",
            )
            edit_person(kaisa, None, details)
    assert _in_the_bytes(bench, *words) == set(words)
    _erase(world, kaisa)
    do_timetable()
    assert _in_the_bytes(bench, *words) == set()
    assert _in_the_bytes(bench, "Ihminen7") == {"Ihminen7"}


@on_sqlite
def test_after_the_night_only_what_the_law_keeps_is_left_of_an_employee(
    bench, world, clock
) -> None:
    furnish(world)
    with unit_of_work(whole_installation("test")):
        paid = {"state": "paid", "approved_at": datetime(2026, 12, 1, tzinfo=UTC)}
        who = {"approved_by_id": world.aino.account_id, "made_by_id": world.paula.account_id}
        db.session.execute(sa.update(PayRun).values(**paid, **who))
        db.session.execute(sa.delete(Message))
        phone = db.session.get_one(Person, world.pia.person_id).phone
    clock.shift(timedelta(days=40))
    words = ("pia@example.org", phone)
    assert _in_the_bytes(bench, *words) == set(words)
    _erase(world, world.pia.person_id)
    do_timetable()
    assert _in_the_bytes(bench, *words, "Pihlaja") == {"Pihlaja"}


@on_sqlite
def test_a_file_that_somebody_writes_is_swept_another_time(tmp_path) -> None:
    lines = [
        sqlite3.connect(tmp_path / "busy.db", isolation_level=None) for _ in ("sweeper", "writer")
    ]
    for line in lines:
        teach_sqlite(line)
        line.execute("PRAGMA busy_timeout=0")
    sweeper, writer = lines
    writer.execute("CREATE TABLE word (text TEXT)")
    writer.execute("BEGIN IMMEDIATE")
    assert not sweep_sqlite(sweeper)
    writer.execute("COMMIT")
    writer.execute("BEGIN")
    writer.execute("SELECT * FROM word").fetchall()  # a reader keeps the log
    assert not sweep_sqlite(sweeper)
    writer.execute("COMMIT")
    assert sweep_sqlite(sweeper)
    for line in lines:
        line.close()


def test_sweeping_changes_nothing_that_is_kept(world) -> None:
    with unit_of_work(whole_installation("test"), read_only=True):
        before = db.session.scalars(sa.select(Person.phone).order_by(Person.id)).all()
    assert sweep()
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.scalars(sa.select(Person.phone).order_by(Person.id)).all() == before
