"""Tables of pay: runs, payslips and their lines."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import Base, Encrypted, Key, Owned, Versioned, enum_type, personal
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.payroll.pay.lines import Item, LineKind
from jobsearch.payroll.pay.rules import PaidBy, RunKind, RunState
from jobsearch.payroll.pay.sentences import Sentence

_PAY = personal(
    purpose="to pay wages and to account for them",
    basis="employment contract; Employment Contracts Act 2:16; bookkeeping act 1336/1997",
    retention="10 years from the end of the financial year",
    sees="payroll clerk, manager, the person",
)


class PayRun(Owned, Versioned, Base):
    """One payment to several people: one cohort's, or everyone's whose contract is in the period.

    `settings_used` is the copy of the employer's figures that the run was computed with.
    """

    __tablename__ = "pay_run"
    __table_args__ = (
        CheckConstraint("period_last >= period_first", name="period"),
        # pay needs four eyes: nobody approves the run that she made
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> made_by_id", name="four_eyes"),
        CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL)", name="approved_by_someone"
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'paid', 'reported', 'handed_over')"
            " OR approved_at IS NOT NULL",
            name="approved",
        ),
        # what another payroll system pays is never paid or reported from here as well
        CheckConstraint(
            "state NOT IN ('paid', 'reported') OR paid_by = 'here'", name="paid_from_here"
        ),
        CheckConstraint("state <> 'handed_over' OR paid_by = 'elsewhere'", name="handed_over"),
        # the wages of a group and period are run once
        Index(
            "uq_pay_run_wages",
            "cohort_id",
            "period_first",
            unique=True,
            sqlite_where=literal_column("kind = 'wages'"),
            postgresql_where=literal_column("kind = 'wages'"),
        ),
        Index("ix_pay_run_pays_on", "pays_on", "organisation_id"),
    )

    id: Mapped[Key]
    cohort_id: Mapped[str | None] = mapped_column(ForeignKey("cohort.id"))
    kind: Mapped[RunKind] = mapped_column(enum_type(RunKind))
    pays_on: Mapped[date]
    period_first: Mapped[date]
    period_last: Mapped[date]
    state: Mapped[RunState] = mapped_column(enum_type(RunState), default=RunState.DRAFT)
    paid_by: Mapped[PaidBy] = mapped_column(enum_type(PaidBy), default=PaidBy.HERE)
    employment_ids: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    settings_used: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    exceptions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, info=_PAY)
    made_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    computed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    reviewed_at: Mapped[datetime | None]
    approved_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]

    cohort: Mapped[Cohort | None] = relationship(lazy="raise")
    made_by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[made_by_id])
    reviewed_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[reviewed_by_id])
    approved_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[approved_by_id])

    @property
    def period(self) -> Span:
        """The days of work that the run pays."""
        return Span(self.period_first, self.period_last)


class Payslip(Owned, Base):
    """One payment to one person, with the values it was computed from; frozen when approved.

    A correction (`corrects_id`: the payslip that was paid first) either pays what more is due, by
    the rules of its own day, or says an earlier payment anew (`restates_id`): then its figures are
    differences that count on the day of that payment (`counts_on`).
    """

    __tablename__ = "payslip"
    __table_args__ = (
        # nobody is paid the same wages twice; that no bonus is, `paid_bonus` sees to
        Index(
            "uq_payslip_wages",
            "employment_id",
            "period_first",
            unique=True,
            sqlite_where=literal_column("kind = 'wages'"),
            postgresql_where=literal_column("kind = 'wages'"),
        ),
        UniqueConstraint("pay_run_id", "employment_id"),
        # each correction of a payslip counts once
        UniqueConstraint("corrects_id", "correction_no"),
        CheckConstraint("(kind = 'correction') = (corrects_id IS NOT NULL)", name="correction"),
        CheckConstraint(
            "(corrects_id IS NULL) = (correction_no IS NULL)", name="numbered_correction"
        ),
        CheckConstraint("restates_id IS NULL OR corrects_id IS NOT NULL", name="restates"),
        CheckConstraint("restates_id IS NOT NULL OR counts_on = pays_on", name="counts_on"),
        CheckConstraint("net = gross - deductions", name="net"),
        CheckConstraint("deductions = tax + pension + unemployment", name="deductions"),
        CheckConstraint("to_account = net + reimbursements - distraint", name="to_account"),
        # nobody pays to work: a payment ban takes no more than net pay
        CheckConstraint("distraint >= 0 AND (distraint = 0 OR distraint <= net)", name="distraint"),
        CheckConstraint("employer_total = gross + reimbursements + contributions", name="total"),
        # only what says an earlier payment anew may take something back
        CheckConstraint(
            "restates_id IS NOT NULL OR (gross >= 0 AND deductions >= 0 AND net >= 0)",
            name="not_negative",
        ),
        Index("ix_payslip_person", "person_id", "pays_on"),
    )

    id: Mapped[Key]
    pay_run_id: Mapped[str] = mapped_column(ForeignKey("pay_run.id"), index=True)
    employment_id: Mapped[str] = mapped_column(ForeignKey("employment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[RunKind] = mapped_column(enum_type(RunKind), info=_PAY)
    period_first: Mapped[date] = mapped_column(info=_PAY)
    period_last: Mapped[date] = mapped_column(info=_PAY)
    pays_on: Mapped[date] = mapped_column(info=_PAY)
    counts_on: Mapped[date] = mapped_column(info=_PAY)
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("payslip.id"), info=_PAY)
    correction_no: Mapped[int | None] = mapped_column(info=_PAY)
    restates_id: Mapped[str | None] = mapped_column(ForeignKey("payslip.id"), index=True, info=_PAY)
    position: Mapped[int]
    employee_name: Mapped[str] = mapped_column(String(161), info=_PAY)
    masked_account: Mapped[str | None] = mapped_column(String(40), info=_PAY)
    # the account that was approved: nobody is paid to another one that came afterwards
    account: Mapped[str | None] = mapped_column(Encrypted("payslip.account"), info=_PAY)
    language: Mapped[str] = mapped_column(String(2), info=_PAY)
    paid_minutes: Mapped[int] = mapped_column(info=_PAY)
    wage: Mapped[Money] = mapped_column(info=_PAY)
    gross: Mapped[Money] = mapped_column(info=_PAY)
    tax: Mapped[Money] = mapped_column(info=_PAY)
    pension: Mapped[Money] = mapped_column(info=_PAY)
    unemployment: Mapped[Money] = mapped_column(info=_PAY)
    deductions: Mapped[Money] = mapped_column(info=_PAY)
    net: Mapped[Money] = mapped_column(info=_PAY)
    reimbursements: Mapped[Money] = mapped_column(info=_PAY)
    distraint: Mapped[Money] = mapped_column(default=Money(0), info=_PAY)
    to_account: Mapped[Money] = mapped_column(info=_PAY)
    contributions: Mapped[Money] = mapped_column(info=_PAY)
    health_employer: Mapped[Money] = mapped_column(info=_PAY)
    employer_total: Mapped[Money] = mapped_column(info=_PAY)
    pension_base: Mapped[Money] = mapped_column(info=_PAY)
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))

    run: Mapped[PayRun] = relationship(lazy="raise", viewonly=True)
    lines: Mapped[list["PayLineRow"]] = relationship(
        lazy="raise",
        order_by="PayLineRow.position",
        foreign_keys="PayLineRow.payslip_id",
        viewonly=True,
    )

    @property
    def period(self) -> Span:
        """The days of work that the payslip pays."""
        return Span(self.period_first, self.period_last)


class PayLineRow(Owned, Base):
    """One figure of a payslip and the sentence that explains it.

    One that takes back a line of an earlier payslip names it (`reverses_id`) and is negative.
    """

    __tablename__ = "pay_line"
    __table_args__ = (
        UniqueConstraint("payslip_id", "position"),
        CheckConstraint("amount >= 0 OR reverses_id IS NOT NULL", name="amount"),
    )

    id: Mapped[Key]
    payslip_id: Mapped[str] = mapped_column(ForeignKey("payslip.id", ondelete="CASCADE"))
    position: Mapped[int]
    item: Mapped[Item] = mapped_column(enum_type(Item))
    kind: Mapped[LineKind] = mapped_column(enum_type(LineKind))
    code: Mapped[str] = mapped_column(String(3), default="")
    minutes: Mapped[int | None] = mapped_column(info=_PAY)
    hourly: Mapped[Money | None] = mapped_column(info=_PAY)
    rate_bp: Mapped[int | None] = mapped_column(info=_PAY)
    base: Mapped[Money | None] = mapped_column(info=_PAY)
    amount: Mapped[Money] = mapped_column(info=_PAY)
    reverses_id: Mapped[str | None] = mapped_column(ForeignKey("payslip.id"), info=_PAY)
    explanation: Mapped[str] = mapped_column(String(300))
    gaps: Mapped[dict[str, Any]] = mapped_column(JSON, info=_PAY)

    @property
    def sentence(self) -> Sentence:
        """The explanation with its gaps."""
        return Sentence.from_json(self.explanation, self.gaps)
