"""The table of reviews of the impact on people."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.append_only import append_only
from jobsearch.core.db import Base, Key, Owned, personal
from jobsearch.privacy.impact.rules import LONGEST_CONSULTED, LONGEST_NAME, LONGEST_WORDS

_SIGNER = personal(
    purpose="to show who answers for the review of the impact on people",
    basis="duty of the controller (GDPR art. 5(2) and 35)",
    retention="as long as the processing goes on, and a claims period after",
    sees="manager",
)


class ImpactReview(Owned, Base):
    """One review of the impact assessment: the provider's own decision, and who answers for it."""

    __tablename__ = "impact_review"
    __table_args__ = (
        CheckConstraint("next_review_on > reviewed_on", name="next"),
        Index("ix_impact_review_kept", "kept_at", "organisation_id"),
    )

    id: Mapped[Key]
    reviewed_on: Mapped[date]
    next_review_on: Mapped[date]
    signed_by: Mapped[str] = mapped_column(String(LONGEST_NAME), info=_SIGNER)
    consulted: Mapped[str] = mapped_column(String(LONGEST_CONSULTED))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    kept_at: Mapped[datetime]
    kept_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))

    kept_by: Mapped[Account] = relationship(lazy="raise")


append_only(ImpactReview.metadata.tables[ImpactReview.__tablename__])
