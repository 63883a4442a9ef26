"""Table of a provider's own dated figures."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type
from jobsearch.core.periods import Span
from jobsearch.rates.own.rules import Figure, ProposalState
from jobsearch.rates.rules import Confidence, RateKey, RateRow, Unit

__all__ = ["OwnRate", "ProposalState"]


class OwnRate(Owned, Versioned, Base):
    """One dated figure that a provider entered; approved by a second person it goes before the
    figure that ships.

    `value` is in basis points or cents, as `unit` says. A replaced or refused row stays.
    """

    __tablename__ = "own_rate"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates"),
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("source <> ''", name="source"),
        # a figure that wages rest on needs four eyes
        CheckConstraint(
            "state NOT IN ('approved', 'replaced')"
            " OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id)",
            name="four_eyes",
        ),
        Index("ix_own_rate_state", "state", "key", "organisation_id"),
    )

    id: Mapped[Key]
    key: Mapped[RateKey] = mapped_column(enum_type(RateKey))
    unit: Mapped[Unit] = mapped_column(enum_type(Unit))
    value: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(200))
    confidence: Mapped[Confidence] = mapped_column(enum_type(Confidence))
    state: Mapped[ProposalState] = mapped_column(
        enum_type(ProposalState), default=ProposalState.PROPOSED
    )
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("own_rate.id"))
    proposed_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(String(200), default="")

    proposed_by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])

    def as_figure(self) -> Figure:
        """The figure as it was entered."""
        days = Span(self.valid_from, self.valid_to)
        return Figure(self.key, self.value, days, self.source, self.confidence)

    def as_row(self) -> RateRow:
        """The figure as the rules read it."""
        days = Span(self.valid_from, self.valid_to)
        return RateRow(
            self.key, self.unit, self.value, days, self.source, self.confidence, is_own=True
        )
