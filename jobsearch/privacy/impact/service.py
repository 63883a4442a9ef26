"""Use cases of the impact assessment: keep the provider's review."""

from dataclasses import asdict

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.privacy.impact.models import ImpactReview
from jobsearch.privacy.impact.rules import Review, check_review


def keep_review(actor: Actor, review: Review) -> ImpactReview:
    """Keep what the provider decided; earlier reviews stay. Raises RuleBroken on a wrong day."""
    check_review(review, today(actor.zone))
    kept = ImpactReview(**asdict(review), kept_at=now(), kept_by_id=actor.account_id)
    db.session.add(kept)
    return kept
