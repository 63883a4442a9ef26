"""The database fails a request: it is said in plain words, and nothing is half done."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
import pytest
import sqlalchemy as sa

from jobsearch.core.db import db
from jobsearch.tracker.models import Action
from tests.outbox import system
from tests.postgres import ENGINE

on_sqlite = pytest.mark.skipif(ENGINE != "sqlite", reason="about SQLite")
on_postgresql = pytest.mark.skipif(ENGINE != "postgresql", reason="about PostgreSQL")
TAP = "/job-search/log/employer_contact"


def _actions() -> int:
    with system():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Action))


@contextmanager
def _no_room(app) -> Iterator[None]:
    """The file may not grow by a page, as on a full disk."""

    def narrow(line, _record=None) -> None:
        line.execute("PRAGMA max_page_count = 1")  # SQLite takes the size that it has

    with app.app_context():
        engine = db.engine
        engine.dispose()
        sa.event.listen(engine, "connect", narrow)
        # what is free inside the file is used up first
        with engine.connect() as line, pytest.raises(sa.exc.OperationalError, match="full"):
            line.exec_driver_sql("CREATE TABLE filler (x)")
            for _ in range(10_000):
                line.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(900))")
        with engine.connect() as line:  # a half empty page takes a count for long
            for _ in range(2000):
                with suppress(sa.exc.OperationalError), line.begin():
                    line.exec_driver_sql("INSERT INTO try_count VALUES (hex(randomblob(9)), 1, 1)")
        yield
        sa.event.remove(engine, "connect", narrow)
        engine.dispose()


@on_sqlite
@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "ei tallennettu"), ("sv", "sparades inte"), ("en", "was not saved")],
)
def test_a_form_for_which_there_is_no_room_is_told_and_reading_goes_on(
    app, world, sign_in, language: str, said: str
) -> None:
    pia, coach = sign_in(world.pia), sign_in(world.stig)
    with system():
        account = sa.text("UPDATE account SET language = :language")
        db.session.execute(account, {"language": language})
    before = _actions()
    with _no_room(app):
        answers = [pia.send(TAP) for _ in range(8)]
        assert pia.get("/today").status_code == 200
        assert pia.get("/my-weeks.pdf").status_code == 200  # how many papers is not counted then
        # a look finds room in the last page of its table, until there is none
        looked = [coach.get(f"/people/{world.pia.person_id}") for _ in range(60)][-1]
    refused = [answer for answer in answers if answer.status_code == 503]
    assert {answer.status_code for answer in answers} <= {303, 503}
    assert refused
    assert all(said in answer.get_data(as_text=True) for answer in refused)
    assert all(answer.headers["Retry-After"] == "30" for answer in refused)
    assert looked.status_code == 503  # a look that nobody can find out afterwards
    assert "Pihlaja" not in looked.get_data(as_text=True)
    assert _actions() == before + len(answers) - len(refused)
    assert pia.send(TAP).status_code == 303


@on_postgresql
@pytest.mark.usefixtures("context")
def test_where_the_line_breaks_at_the_commit_it_is_said_to_be_uncertain(
    app, world, sign_in
) -> None:
    pia, before = sign_in(world.pia), _actions()
    form = {**dict(pia.token())}
    url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def cut(session) -> None:
        number = session.connection().connection.driver_connection.info.backend_pid
        with psycopg.connect(url) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])

    sa.event.listen(db.session, "before_commit", cut)
    answer = pia.post(TAP, data=form)
    sa.event.remove(db.session, "before_commit", cut)
    assert answer.status_code == 503
    assert "not certain" in answer.get_data(as_text=True)
    assert _actions() == before
    assert pia.post(TAP, data=form).status_code == 303
    assert pia.post(TAP, data=form).status_code == 303
    assert _actions() == before + 1
