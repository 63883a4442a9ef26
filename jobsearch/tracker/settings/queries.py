"""What is asked of a provider's settings of the tracker."""

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.tracker.models import TrackerSettings
from jobsearch.tracker.settings.rules import Settings


def settings_of(organisation_id: str) -> Settings:
    """What the provider has decided, or what holds until it does. One statement."""
    row = find_settings(organisation_id)
    return Settings() if row is None else Settings(row.cooling_days, row.quiet_days, row.version)


def find_settings(organisation_id: str) -> TrackerSettings | None:
    """The provider's row, if it has one."""
    statement = select(TrackerSettings).where(TrackerSettings.id == organisation_id)
    return db.session.scalar(statement)
