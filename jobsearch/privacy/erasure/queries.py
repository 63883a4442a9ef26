"""What an erasure would take, what the law keeps, and who was erased."""

from datetime import date

from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.privacy.erasure.models import Erasure
from jobsearch.privacy.retention.queries import is_kept_open

PAGE = 25


def find_erasure(person_id: str) -> Erasure | None:
    """The receipt of a person's erasure, if she has been erased."""
    return db.session.scalar(select(Erasure).where(Erasure.person_id == person_id))


def list_erasures(page: int) -> list[Erasure]:
    """Who was erased, by key, newest first; 25 a page."""
    statement = select(Erasure).order_by(Erasure.erased_at.desc(), Erasure.id)
    return list(db.session.scalars(statement.limit(PAGE).offset((page - 1) * PAGE)))


def count_pages() -> int:
    """How many pages the receipts have, at least one."""
    count = db.session.scalar(select(func.count(Erasure.id))) or 0
    return max(1, -(-count // PAGE))


def what_goes_on(person_id: str, day: date) -> str | None:
    """What forbids erasing her today: an employment, a contract, pay or a group that goes on."""
    going_on = (
        select(Enrolment.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.left_on.is_(None),
            Cohort.ends_on >= day,
        )
    )
    in_a_group = db.session.scalar(select(going_on.exists()))
    return is_kept_open(person_id, day) or ("group" if in_a_group else None)
