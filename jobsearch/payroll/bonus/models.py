"""Tables of bonuses: the rules of programmes, what was promised to whom, and which payslip pays."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.payroll.bonus.rules import BonusState, ProofWay
from jobsearch.payroll.bonus.terms.rules import BonusEvent, BonusTerms, DatedTerms, ProofAsked
from jobsearch.payroll.contracts.models import Employment

_BONUS = personal(
    purpose="to pay the bonus that the contract and the programme promise",
    basis="employment contract (GDPR art. 6(1)(b)); bookkeeping act 1336/1997",
    retention="10 years from the end of the financial year; the proof until it is checked",
    sees="payroll clerk, manager, the person",
)


class BonusRule(Owned, Versioned, Base):
    """One thing that a programme pays a bonus for, to those whose employment begins in its days.

    A later row of the same slot takes its place; a rule is ended, never edited.
    """

    __tablename__ = "bonus_rule"
    __table_args__ = (
        UniqueConstraint("programme_id", "slot", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="days"),
        CheckConstraint("(event = 'work_during') = (months = 0)", name="months"),
        CheckConstraint("amount IS NULL OR amount > 0", name="amount"),
        # a contract promises a figure for finding work only
        CheckConstraint(
            "amount IS NOT NULL OR event IN ('work_during', 'work_after')", name="own_amount"
        ),
        CheckConstraint("proof_days BETWEEN 1 AND 365", name="proof_days"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    slot: Mapped[str] = mapped_column(String(20))
    event: Mapped[BonusEvent] = mapped_column(enum_type(BonusEvent))
    months: Mapped[int]
    amount: Mapped[Money | None]
    proof: Mapped[ProofAsked] = mapped_column(enum_type(ProofAsked))
    proof_days: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))

    made_by: Mapped[Account] = relationship(lazy="raise")

    def as_terms(self) -> DatedTerms:
        """The rule as the rules read it."""
        terms = BonusTerms(self.event, self.months, self.amount, self.proof, self.proof_days)
        return DatedTerms(terms, Span(self.valid_from, self.valid_to), self.id)


class BonusAward(Owned, Versioned, Base):
    """One bonus of one employment, with the figures that were promised; there is one of a promise.

    `promise` says what is got once: finding work, studies, or a job of so many months.
    """

    __tablename__ = "bonus_award"
    __table_args__ = (
        # nobody is promised the same thing twice, whatever rule or version of it earns it
        UniqueConstraint("employment_id", "promise"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "state NOT IN ('proof', 'approved', 'paid') OR"
            " (proof_way IS NOT NULL AND proof_at IS NOT NULL AND proof_by_id IS NOT NULL)",
            name="proof",
        ),
        CheckConstraint(
            "(state IN ('approved', 'paid')) = (approved_at IS NOT NULL)", name="approved"
        ),
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_someone"
        ),
        # pay needs four eyes: nobody approves what she registered or brought the proof of
        CheckConstraint(
            "approved_by_id IS NULL OR"
            " (approved_by_id <> promised_by_id AND approved_by_id <> proof_by_id)",
            name="four_eyes",
        ),
        CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid"),
        # a proof is kept only until somebody has checked it
        CheckConstraint("proof_file_id IS NULL OR state = 'proof'", name="file"),
        Index("ix_bonus_award_state", "state", "due_on", "organisation_id"),
        Index("ix_bonus_award_person", "person_id"),
    )

    id: Mapped[Key]
    employment_id: Mapped[str] = mapped_column(ForeignKey("employment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    bonus_rule_id: Mapped[str | None] = mapped_column(ForeignKey("bonus_rule.id"))
    promise: Mapped[str] = mapped_column(String(20), info=_BONUS)
    event: Mapped[BonusEvent] = mapped_column(enum_type(BonusEvent), info=_BONUS)
    months: Mapped[int] = mapped_column(info=_BONUS)
    amount: Mapped[Money] = mapped_column(info=_BONUS)
    proof_asked: Mapped[ProofAsked] = mapped_column(enum_type(ProofAsked), info=_BONUS)
    happened_on: Mapped[date] = mapped_column(info=_BONUS)
    due_on: Mapped[date] = mapped_column(info=_BONUS)
    state: Mapped[BonusState] = mapped_column(
        enum_type(BonusState), default=BonusState.PROMISED, info=_BONUS
    )
    promised_at: Mapped[datetime] = mapped_column(info=_BONUS)
    promised_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    proof_way: Mapped[ProofWay | None] = mapped_column(enum_type(ProofWay), info=_BONUS)
    proof_at: Mapped[datetime | None] = mapped_column(info=_BONUS)
    proof_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    proof_file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    approved_at: Mapped[datetime | None] = mapped_column(info=_BONUS)
    approved_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    paid_at: Mapped[datetime | None] = mapped_column(info=_BONUS)
    ended_at: Mapped[datetime | None] = mapped_column(info=_BONUS)
    words: Mapped[str] = mapped_column(String(200), default="", info=_BONUS)

    employment: Mapped[Employment] = relationship(lazy="raise")
    promised_by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[promised_by_id])
    proof_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[proof_by_id])
    approved_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[approved_by_id])


class PaidBonus(Owned, Base):
    """Which payslip pays a bonus: one, whatever runs are made; `settled_at` once it is approved."""

    __tablename__ = "paid_bonus"
    __table_args__ = (Index("ix_paid_bonus_payslip", "payslip_id"),)

    id: Mapped[Key]
    # no bonus is on two payslips, not even on two that nobody has approved yet
    bonus_award_id: Mapped[str] = mapped_column(ForeignKey("bonus_award.id"), unique=True)
    payslip_id: Mapped[str] = mapped_column(ForeignKey("payslip.id", ondelete="CASCADE"))
    settled_at: Mapped[datetime | None]
