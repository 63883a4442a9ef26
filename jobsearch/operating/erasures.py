"""After a restored backup: whoever was erased since is erased again."""

from dataclasses import dataclass, replace
from pathlib import Path

from flask_migrate import upgrade

from jobsearch.app import create_app
from jobsearch.config import Config
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.operating.rules import Manifest
from jobsearch.privacy.erasure.journal import read
from jobsearch.privacy.erasure.service import erase_again


@dataclass(frozen=True, slots=True)
class Redone:
    """How many persons the journal names, and how many of them were there again and erased."""

    listed: int = 0
    erased: int = 0
    is_missing: bool = False


def again(config: Config, manifest: Manifest, journal: Path) -> Redone:
    """Erase everybody of the journal whom the restored database does not know as erased.

    The tables are brought up to date first, for erasing needs today's. Done again it does nothing.
    """
    if not journal.exists():
        return Redone(is_missing=True)
    lines, erased = read(journal), 0
    if not lines:
        return Redone()
    with create_app(replace(config, erasures=str(journal))).app_context():
        if manifest.schema:
            upgrade()
        for line in lines:
            with unit_of_work(Scope(frozenset({line.organisation}), "erasing again")):
                erased += erase_again(line.person)
        db.session.remove()
        db.engine.dispose()
    return Redone(len(lines), erased)
