"""What is looked at before anybody is served: the schema, and how the database keeps things."""

import logging
from pathlib import Path

from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection

from jobsearch.config import Config, ConfigRefused, Mode
from jobsearch.core.away import is_away
from jobsearch.core.db import db

log = logging.getLogger("jobsearch.starting")

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_UPGRADE = "flask --app wsgi db upgrade"


def check_start(app: Flask) -> Flask:
    """The application, if it may serve. Raises ConfigRefused with what to do.

    A database that does not answer yet is no reason: every page says so until it does.
    """
    config: Config = app.config["JOBSEARCH"]
    with app.app_context():
        try:
            with db.engine.connect() as connection:
                _check_schema(connection)
                _check_disk(connection, config)
        except ConfigRefused:
            raise
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("the database does not answer yet; its schema was not looked at")
        finally:
            db.engine.dispose()
    return app


def _check_schema(connection: Connection) -> None:
    """A newer schema than ours is none of our business: another machine was upgraded first."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(_MIGRATIONS))
    scripts = ScriptDirectory.from_config(settings)
    found = MigrationContext.configure(connection).get_current_revision()
    head = scripts.get_current_head()
    known = {script.revision for script in scripts.walk_revisions()}
    if found is None:
        raise ConfigRefused(f"The database has no tables yet; make them with: {_UPGRADE}")
    if found != head and found in known:
        raise ConfigRefused(
            f"The database stands at {found}, and this version of the program needs {head}. "
            f"Make a backup, then: {_UPGRADE}"
        )
    if found != head:
        log.warning("the database stands at %s, which is newer than this program", found)


def _check_disk(connection: Connection, config: Config) -> None:
    if connection.dialect.name != "postgresql" or config.mode is not Mode.PRODUCTION:
        return
    for setting in ("fsync", "full_page_writes"):
        if connection.exec_driver_sql(f"SHOW {setting}").scalar_one() != "on":
            raise ConfigRefused(
                f"The PostgreSQL server runs with {setting} off: a power cut destroys it. "
                f"Set {setting} = on in postgresql.conf."
            )
