"""Tables of introductions: the coaches who make them, and each of them as it was told."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.rules import KnownBy
from jobsearch.recruitment.rules import Channel

_COACH = personal(
    purpose="to let a municipal coach introduce candidates, and to thank and ask her",
    basis="task of the municipality's employment services (GDPR art. 6(1)(e))",
    retention="while she introduces people, then a year",
    sees="provider's staff, the coach herself",
)
_TOLD = personal(
    purpose="to reach the candidate, and to show on whose word she was introduced",
    basis="steps before an employment contract, at the person's request (GDPR art. 6(1)(b))",
    retention="6 months for who was not selected; anonymous counts remain",
    sees="provider's staff, the person; the coach who told it, on her receipt",
)


class Referrer(Owned, Versioned, Base):
    """One municipal coach who introduces candidates, by a personal link or signed in."""

    __tablename__ = "referrer"
    __table_args__ = (
        CheckConstraint("name <> ''", name="has_a_name"),
        # one coach each: nobody shares a link, and nobody has two
        UniqueConstraint("email", "organisation_id"),
        UniqueConstraint("account_id", "organisation_id"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120), info=_COACH)
    email: Mapped[str] = mapped_column(String(254), info=_COACH)
    municipality: Mapped[str] = mapped_column(String(60), default="", info=_COACH)
    language: Mapped[str] = mapped_column(String(2), default="fi", info=_COACH)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(info=_COACH)
    made_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(info=_COACH)


class Referral(Owned, Base):
    """One introduction as the municipal coach told it, with the statement that she ticked.

    A person who is known already gets no second row; `known_by` says how she was recognised.
    """

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_candidate", "candidate_id"),
        Index("ix_referral_person", "person_id"),
        Index("ix_referral_referrer", "referrer_id", "referred_at"),
    )

    id: Mapped[Key]
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    referrer_id: Mapped[str] = mapped_column(ForeignKey("referrer.id"))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel), info=_TOLD)
    given_name: Mapped[str] = mapped_column(String(80), info=_TOLD)
    family_name: Mapped[str] = mapped_column(String(80), info=_TOLD)
    phone: Mapped[str] = mapped_column(String(20), info=_TOLD)
    email: Mapped[str | None] = mapped_column(String(254), info=_TOLD)
    municipality: Mapped[str | None] = mapped_column(String(60), info=_TOLD)
    language: Mapped[str] = mapped_column(String(2), info=_TOLD)
    introduction: Mapped[str] = mapped_column(Text, default="", info=_TOLD)
    call_when: Mapped[str] = mapped_column(String(120), default="", info=_TOLD)
    known_by: Mapped[KnownBy | None] = mapped_column(enum_type(KnownBy), info=_TOLD)
    statement_edition: Mapped[str] = mapped_column(String(20), info=_TOLD)
    statement_language: Mapped[str] = mapped_column(String(2), info=_TOLD)
    statement: Mapped[str] = mapped_column(Text, info=_TOLD)
    referred_at: Mapped[datetime] = mapped_column(info=_TOLD)

    candidate: Mapped[Candidate] = relationship(lazy="raise")
    referrer: Mapped[Referrer] = relationship(lazy="raise")

    @property
    def full_name(self) -> str:
        """The name as it was told."""
        return f"{self.given_name} {self.family_name}".strip()
