"""Every night: what the database knows of erasures stands in the journal beside it too."""

from datetime import timedelta
from pathlib import Path

from jobsearch.core.clock import now
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.privacy.erasure import journal, queries

LATELY = timedelta(days=30)


def complete_journal() -> Outcome:
    """Enter the erasures of the last 30 days that the journal lacks.

    One is missing where the line to the database broke at the very commit that came true, or where
    the journal was lost: a restored backup would bring its person back.
    """
    path = journal.where()
    with unit_of_work(whole_installation("journal of erasures"), read_only=True):
        known = queries.list_since(now() - LATELY)
    written = {(one.person, one.organisation) for one in _written(path)}
    missing = [
        journal.Line(one.person_id, one.organisation_id, one.erased_at.isoformat())
        for one in known
        if (one.person_id, one.organisation_id) not in written
    ]
    if missing:
        journal.append(path, missing)
    return Outcome(N_("Entered into the journal of erasures: %(count)s."), count=len(missing))


def _written(path: Path) -> list[journal.Line]:
    return journal.read(path) if path.exists() else []
