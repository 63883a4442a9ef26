"""Tables of what pay rests on: the contract of employment and the tax card."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.people.models import Person

_CONTRACT = personal(
    purpose="to employ the person and to pay her",
    basis="employment contract; Employment Contracts Act 55/2001",
    retention="10 years after the employment ends",
    sees="payroll clerk, manager, the person",
)
_TAX = personal(
    purpose="to withhold tax from wages",
    basis="prepayment act 1118/1996",
    retention="6 years as a voucher of payroll",
    sees="payroll clerk, the person; manager in the calculation",
)


class Employment(Owned, Versioned, Base):
    """One signed contract: a person employed for a fixed term, for one enrolment."""

    __tablename__ = "employment"
    __table_args__ = (
        UniqueConstraint("enrolment_id"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("hourly > 0", name="hourly"),
        CheckConstraint("allowance >= 0", name="allowance"),
        CheckConstraint("agreed_minutes > 0", name="agreed_minutes"),
        Index("ix_employment_person", "person_id"),
        Index("ix_employment_dates", "starts_on", "ends_on", "organisation_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    starts_on: Mapped[date] = mapped_column(info=_CONTRACT)
    ends_on: Mapped[date] = mapped_column(info=_CONTRACT)
    hourly: Mapped[Money] = mapped_column(info=_CONTRACT)
    allowance: Mapped[Money] = mapped_column(info=_CONTRACT)
    outcome_bonus: Mapped[Money] = mapped_column(info=_CONTRACT)
    agreed_minutes: Mapped[int] = mapped_column(info=_CONTRACT)
    agreement: Mapped[str] = mapped_column(String(120), default="", info=_CONTRACT)
    ground: Mapped[str] = mapped_column(String(300), info=_CONTRACT)
    signed_at: Mapped[datetime] = mapped_column(info=_CONTRACT)

    person: Mapped[Person] = relationship(lazy="raise")

    @property
    def term(self) -> Span:
        """The days of the employment."""
        return Span(self.starts_on, self.ends_on)


class TaxCard(Owned, Base):
    """One tax card as it was received; a new one is a new row, and so is a correction."""

    __tablename__ = "tax_card"
    __table_args__ = (
        # a card is put right once; what was put right stays readable and is not used
        UniqueConstraint("corrects_id"),
        CheckConstraint("base_bp BETWEEN 0 AND 10000", name="base"),
        CheckConstraint("additional_bp BETWEEN 0 AND 10000", name="additional"),
        CheckConstraint("ceiling IS NULL OR ceiling >= 0", name="ceiling"),
        Index("ix_tax_card_person", "person_id", "valid_from"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[TaxCardKind] = mapped_column(enum_type(TaxCardKind), info=_TAX)
    base_bp: Mapped[int] = mapped_column(info=_TAX)
    additional_bp: Mapped[int] = mapped_column(info=_TAX)
    ceiling: Mapped[Money | None] = mapped_column(info=_TAX)
    valid_from: Mapped[date] = mapped_column(info=_TAX)
    received_on: Mapped[date] = mapped_column(info=_TAX)
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("tax_card.id"))

    def as_terms(self) -> TaxCardTerms:
        """The card as the calculation reads it."""
        return TaxCardTerms(
            self.kind,
            Rate(self.base_bp),
            Rate(self.additional_bp),
            self.ceiling,
            self.valid_from,
        )
