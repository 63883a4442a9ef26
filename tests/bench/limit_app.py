"""The least a page can cost: the same kind of work on the same libraries, and nothing else.

No session, no rights, no tokens, no translation, no headers; one table for each thing asked.
"""

from collections.abc import Sequence
from pathlib import Path

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

COHORTS, PEOPLE, DAYS = 300, 6, 20
ACTIVITIES = ("applications", "contacts", "openings", "interviews")
TODAY = "2026-11-24"
_TABLES = MetaData()
_GROUP = Table(
    "board",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
)
_CELL = Table(
    "cell",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("board_id", Integer, nullable=False),
    Column("person", String(80), nullable=False),
    Column("day", String(10), nullable=False),
    Column("activity", String(20), nullable=False),
    Column("goal", Integer, nullable=False),
    Column("done", Integer, nullable=False),
)
_LOG = Table(
    "log",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, nullable=False),
    Column("day", String(10), nullable=False),
    Column("employer", String(120), nullable=False),
    Column("title", String(120), nullable=False),
)
_VERSION = select(_GROUP.c.version).where(_GROUP.c.id == bindparam("board"))
_TODAY = (
    select(_CELL.c.person, _CELL.c.activity, _CELL.c.goal, _CELL.c.done)
    .where(_CELL.c.board_id == bindparam("board"), _CELL.c.day == bindparam("day"))
    .order_by(_CELL.c.id)
)
# the product's own table of actions, in the file that `programme` fills
_ACTION = Table(
    "action",
    MetaData(),
    Column("cohort_id", String(20)),
    Column("activity", String(40)),
    Column("count", Integer),
    Column("undone_at", String(40)),
)
_ROLL_UP = (
    select(_ACTION.c.cohort_id, _ACTION.c.activity, func.sum(_ACTION.c.count))
    .where(_ACTION.c.undone_at.is_(None))
    .group_by(_ACTION.c.cohort_id, _ACTION.c.activity)
)
_ONE = {"board": 1}
_ONE_TODAY = {"board": 1, "day": TODAY}

Turn = tuple[str, list[tuple[str, int, int, int]]]


def limit_app(database: Path) -> Flask:
    """The application on a database that `fill` made; `searched.db` beside it has the actions."""
    app = Flask("limit", template_folder=str(Path(__file__).parent / "limit_templates"))
    engine, searched = _engine(database), _engine(database.with_name("searched.db"))

    @app.get("/hello")
    def hello() -> ResponseReturnValue:
        return "hello"

    @app.get("/board")
    def board_core() -> ResponseReturnValue:
        with engine.connect() as connection:
            return _page(connection)

    @app.get("/poll")
    def poll() -> ResponseReturnValue:
        with engine.connect() as connection:
            tag = f'"{connection.execute(_VERSION, _ONE).scalar_one()}"'
            if request.headers.get("If-None-Match") == tag:
                return Response(status=304, headers={"ETag": tag})
            return Response(_page(connection), headers={"ETag": tag})

    @app.get("/roll-up")
    def roll_up() -> ResponseReturnValue:
        with searched.connect() as connection:
            return render_template("roll_up.html", rows=connection.execute(_ROLL_UP).all())

    @app.post("/log")
    def log_core() -> ResponseReturnValue:
        form = request.form
        row = {
            "person_id": int(form["person_id"]),
            "day": TODAY,
            "employer": form["employer"],
            "title": form["title"],
        }
        with engine.begin() as connection:
            connection.execute(insert(_LOG), row)
        return redirect("/board", 303)

    return app


def _engine(database: Path) -> Engine:
    engine = create_engine(f"sqlite:///{database}", pool_size=8)

    @event.listens_for(engine, "connect")
    def manners(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _page(connection: Connection) -> str:
    cells = connection.execute(_TODAY, _ONE_TODAY)
    turns: list[Turn] = []
    for person, activity, goal, done in cells:
        if not turns or turns[-1][0] != person:
            turns.append((person, []))
        turns[-1][1].append((activity, goal, done, round(100 * done / goal)))
    return render_template("board.html", turns=turns, activities=ACTIVITIES, day=TODAY, board=1)


def fill(database: Path) -> None:
    """Make the tables and 144,000 rows of 300 boards."""
    engine = create_engine(f"sqlite:///{database}")
    _TABLES.create_all(engine)
    days = [TODAY] + [f"2026-10-{number:02d}" for number in range(1, DAYS)]
    with engine.begin() as connection:
        boards = [{"id": number, "version": 1} for number in range(1, COHORTS + 1)]
        connection.execute(insert(_GROUP), boards)
        for board in boards:
            connection.execute(insert(_CELL), _cells(board["id"], days))
        connection.exec_driver_sql("CREATE INDEX cell_of_day ON cell (board_id, day)")
    engine.dispose()


def _cells(board: int, days: Sequence[str]) -> list[dict[str, object]]:
    return [
        {
            "board_id": board,
            "person": f"Person {board * PEOPLE + person:05d}",
            "day": day,
            "activity": activity,
            "goal": 2 + at,
            "done": (board + 3 * person + 5 * at) % 7,
        }
        for day in days
        for person in range(PEOPLE)
        for at, activity in enumerate(ACTIVITIES)
    ]
