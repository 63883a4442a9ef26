"""Says whether the application and its database answer; nothing else."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.web.gate import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@public
def check() -> ResponseReturnValue:
    """200 ok when the database answers; otherwise the page for 503."""
    db.session.connection().execute(select(1))
    return "ok", 200, {"Content-Type": "text/plain"}
