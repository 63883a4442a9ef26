"""Table of comparators."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, Versioned
from jobsearch.core.money import Money, Rate
from jobsearch.costs.comparators.rules import Figure


class Comparator(Owned, Versioned, Base):
    """One figure of another service as its source gives it; it is ended, never edited.

    Of one programme, or (without one) of everything that the provider offers.
    """

    __tablename__ = "comparator"
    __table_args__ = (
        # a figure nobody can judge is no comparator
        CheckConstraint(
            "service <> '' AND population <> '' AND period <> '' AND source <> '' AND caveat <> ''",
            name="can_be_judged",
        ),
        CheckConstraint("(found IS NULL) = (out_of IS NULL)", name="k_of_n"),
        CheckConstraint("out_of IS NULL OR (out_of > 0 AND found BETWEEN 0 AND out_of)", name="of"),
        CheckConstraint("percent_bp IS NULL OR percent_bp BETWEEN 0 AND 10000", name="percent"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
        CheckConstraint(
            "(CASE WHEN out_of IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN percent_bp IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN amount IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_figure",
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended"),
        Index("ix_comparator_programme", "programme_id", "organisation_id"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str | None] = mapped_column(ForeignKey("programme.id"))
    service: Mapped[str] = mapped_column(String(120))
    population: Mapped[str] = mapped_column(String(200))
    period: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(300))
    caveat: Mapped[str] = mapped_column(String(500))
    found: Mapped[int | None]
    out_of: Mapped[int | None]
    percent_bp: Mapped[int | None]
    amount: Mapped[Money | None]
    entered_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime]
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]

    entered_by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[entered_by_id])

    def as_figure(self) -> Figure:
        """The figure as the rules read it."""
        return Figure(
            service=self.service,
            population=self.population,
            period=self.period,
            source=self.source,
            caveat=self.caveat,
            found=self.found,
            of=self.out_of,
            percent=None if self.percent_bp is None else Rate(self.percent_bp),
            amount=self.amount,
        )
