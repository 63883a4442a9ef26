"""Use case of the settings of the tracker."""

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.tracker.models import TrackerSettings
from jobsearch.tracker.settings import queries
from jobsearch.tracker.settings.rules import check_settings


def save_settings(
    actor: Actor, version: int | None, cooling_days: int, quiet_days: int
) -> TrackerSettings:
    """Keep what the provider decides. Raises RuleBroken, and Conflict for an older version."""
    check_settings(cooling_days, quiet_days)
    row = queries.find_settings(actor.organisation_id)
    if version != (0 if row is None else row.version):
        raise Conflict
    if row is None:
        row = TrackerSettings(id=actor.organisation_id)
        db.session.add(row)
    row.cooling_days, row.quiet_days = cooling_days, quiet_days
    db.session.flush()
    return row
