"""A scheduler that has worked, for tests that walk every page."""

from datetime import timedelta

from sqlalchemy import select

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.jobs.models import ScheduledJob
from jobsearch.jobs.rules import Job
from jobsearch.jobs.service import Worker, register, run_due


def _sealed() -> str:
    return Outcome("Entries sealed: %(count)s.", count=7)


def furnish_jobs() -> dict[str, str]:
    """One job that has been done, and its key."""
    job = Job("audit.seal", title="Seal the audit trail", every=timedelta(minutes=5), work=_sealed)
    worker = Worker()
    register(worker, [job])
    run_due(job, worker)
    with unit_of_work(whole_installation("test")):
        return {"job_id": str(db.session.scalar(select(ScheduledJob.id)))}
