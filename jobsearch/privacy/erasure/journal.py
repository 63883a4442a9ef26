"""A journal of erasures beside the database: after a restored backup they are done again.

A line says a person's key, her provider's and the time, and nothing else. It is on the disk before
the erasure is true in the database, so that none is ever missing; one that came to nothing is
taken back by a second line.
"""

import json
import os
import stat
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from jobsearch.core.db import db

_ENTERED, _WRITTEN = "erasures_entered", "erasures_written"


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure of the journal, or that one came to nothing."""

    person: str
    organisation: str
    at: str
    taken_back: bool = False


def enter(person_id: str, organisation_id: str, at: datetime) -> None:
    """Have an erasure written into the journal when this unit of work is made true."""
    line = Line(person_id, organisation_id, at.isoformat())
    db.session().info.setdefault(_ENTERED, []).append(line)


def append(path: Path, lines: list[Line]) -> None:
    """Add lines, on the disk when this returns; only the file's owner can read them."""
    mode = stat.S_IRUSR | stat.S_IWUSR
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, mode)
    with os.fdopen(handle, "w") as file:
        file.write("".join(f"{json.dumps(asdict(line))}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> list[Line]:
    """The erasures that came true, oldest first, each once.

    A line that a broken machine left half is left out. Raises OSError for a journal that is not
    there.
    """
    found: dict[tuple[str, str], Line] = {}
    for text in path.read_text().splitlines():
        line = _line(text)
        if line is None:
            continue
        if line.taken_back:
            found.pop((line.person, line.organisation), None)
        else:
            found[line.person, line.organisation] = line
    return list(found.values())


def _line(text: str) -> Line | None:
    try:
        return Line(**json.loads(text))
    except (ValueError, TypeError):
        return None


@event.listens_for(FlaskSession, "before_commit")
def _write(session: Session) -> None:
    lines: list[Line] = session.info.pop(_ENTERED, [])
    if lines:
        append(where(), lines)
        session.info[_WRITTEN] = lines


@event.listens_for(FlaskSession, "after_commit")
def _came_true(session: Session) -> None:
    session.info.pop(_WRITTEN, None)


@event.listens_for(FlaskSession, "after_transaction_end")
def _came_to_nothing(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is not None:
        return
    session.info.pop(_ENTERED, None)
    lines: list[Line] = session.info.pop(_WRITTEN, [])
    if lines:
        append(where(), [replace(one, taken_back=True) for one in lines])


def where() -> Path:
    """The file of the journal."""
    known: Any = current_app.config["JOBSEARCH"]
    return Path(known.erasures_path)
