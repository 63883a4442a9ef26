"""What becomes of what a person told, whoever decides it; its document goes with the decision."""

from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.outcomes.told.models import ToldOutcome
from jobsearch.outcomes.told.rules import ToldState


def settle(row: ToldOutcome, state: ToldState, actor: Actor) -> None:
    """Say what became of it, and erase the document that came with it."""
    file_id, row.file_id = row.file_id, None
    row.state, row.settled_at, row.settled_by_id = state, now(), actor.account_id
    db.session.flush()
    if file_id is not None:
        files.forget(file_id)
