"""What an erasure would take, what the law keeps, and who was erased."""

from datetime import datetime

from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.privacy.erasure.models import Erasure

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


def list_since(at: datetime) -> list[Erasure]:
    """Who was erased since an instant, by every provider of the scope, oldest first."""
    statement = select(Erasure).where(Erasure.erased_at >= at)
    return list(db.session.scalars(statement.order_by(Erasure.erased_at, Erasure.id)))
