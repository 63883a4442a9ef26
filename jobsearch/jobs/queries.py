"""What is asked of scheduled work."""

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.jobs.models import JobRun


def list_runs(limit: int = 100) -> list[JobRun]:
    """The newest runs of all jobs."""
    statement = select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id).limit(limit)
    return list(db.session.scalars(statement))
