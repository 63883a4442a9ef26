"""The provider's reviews of the impact assessment."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jobsearch.core.db import db
from jobsearch.privacy.impact.models import ImpactReview
from jobsearch.privacy.impact.rules import PAGE


def find_review() -> ImpactReview | None:
    """The newest review."""
    reviews = list_reviews(1)
    return reviews[0] if reviews else None


def list_reviews(limit: int = PAGE) -> list[ImpactReview]:
    """The reviews, the newest first, with who kept them; at most ten."""
    statement = (
        select(ImpactReview)
        .options(joinedload(ImpactReview.kept_by))
        .order_by(ImpactReview.kept_at.desc(), ImpactReview.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))
