"""Tables of following."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, enum_type, personal
from jobsearch.recruitment.following.rules import AgreedHow

_AGREED = personal(
    purpose="proof that the candidate lets her municipal coach see stage and day",
    basis="consent (GDPR art. 6(1)(a)); act on privacy in working life 759/2004 section 4",
    retention="that of the candidate",
    sees="the person, provider's staff",
)


class FollowAgreement(Owned, Base):
    """A candidate agreed that one municipal coach sees her stage and its day, until she does not.

    It is hers: given on her own page, or in words that staff wrote down.
    """

    __tablename__ = "follow_agreement"
    __table_args__ = (
        CheckConstraint("(how = 'spoken') = (recorded_by_id IS NOT NULL)", name="recorded"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn"),
        # at most one that holds, for each coach who introduced her
        Index(
            "uq_follow_agreement_open",
            "candidate_id",
            "referrer_id",
            unique=True,
            sqlite_where=literal_column("withdrawn_at IS NULL"),
            postgresql_where=literal_column("withdrawn_at IS NULL"),
        ),
        Index("ix_follow_agreement_person", "person_id"),
        Index("ix_follow_agreement_referrer", "referrer_id"),
    )

    id: Mapped[Key]
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    referrer_id: Mapped[str] = mapped_column(ForeignKey("referrer.id"))
    how: Mapped[AgreedHow] = mapped_column(enum_type(AgreedHow), info=_AGREED)
    given_on: Mapped[date] = mapped_column(info=_AGREED)
    given_at: Mapped[datetime] = mapped_column(info=_AGREED)
    recorded_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    wording_edition: Mapped[str] = mapped_column(String(20), info=_AGREED)
    wording_language: Mapped[str] = mapped_column(String(2), info=_AGREED)
    wording: Mapped[str] = mapped_column(Text, info=_AGREED)
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=_AGREED)
