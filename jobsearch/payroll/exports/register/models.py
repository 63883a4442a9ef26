"""Tables of the Incomes Register: how the employer reports, deliveries and the reports in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, impersonal, personal
from jobsearch.core.money import Money
from jobsearch.payroll.exports.register.rules import (
    DAYS_BEFORE,
    DeliveryKind,
    DeliveryState,
    Sender,
)

__all__ = ["RegisterDelivery", "RegisterReport", "RegisterSettings"]

_REPORT = personal(
    purpose="to report wages to the Incomes Register and to correct what was reported",
    basis="act on the incomes information system 53/2018",
    retention="10 years from the end of the financial year",
    sees="payroll clerk, manager",
)
_STANDS = "cancelled_at IS NULL"
_MONTHLY = "kind IN ('summary', 'cancelled_summary')"


class RegisterSettings(Owned, Versioned, Base):
    """How one employer reports; its key is the employer's own, so there is one row.

    Until somebody has turned it on, files say that they are tests (`production_since`).
    """

    __tablename__ = "register_settings"
    __table_args__ = (
        CheckConstraint("id = organisation_id", name="one"),
        CheckConstraint("remind_days BETWEEN 0 AND 30", name="remind_days"),
        CheckConstraint(
            "(production_since IS NULL) = (production_by_id IS NULL)", name="production"
        ),
    )

    id: Mapped[Key]
    contact: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(70), default="")
    pension_provider: Mapped[int]
    pension_policy: Mapped[str] = mapped_column(String(11))
    profession: Mapped[str] = mapped_column(String(5))
    remind_days: Mapped[int] = mapped_column(default=DAYS_BEFORE)
    production_since: Mapped[datetime | None]
    production_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))

    def as_sender(self, business_id: str) -> Sender:
        """The employer as the register knows it."""
        return Sender(
            business_id=business_id,
            contact=self.contact,
            phone=self.phone,
            email=self.email,
            pension_provider=self.pension_provider,
            pension_policy=self.pension_policy,
            profession=self.profession,
            is_production=self.production_since is not None,
        )


class RegisterDelivery(Owned, Versioned, Base):
    """One file for the register, made once: wages of a run and period, a month's separate report,
    or a cancellation. `is_test` while the employer had not turned production on."""

    __tablename__ = "register_delivery"
    __table_args__ = (
        CheckConstraint(f"({_MONTHLY}) = (month IS NOT NULL)", name="month"),
        CheckConstraint(f"({_MONTHLY}) = (pay_run_id IS NULL)", name="pay_run"),
        Index("ix_register_delivery_run", "pay_run_id"),
        Index("ix_register_delivery_made", "made_at", "organisation_id"),
    )

    id: Mapped[Key]
    kind: Mapped[DeliveryKind] = mapped_column(enum_type(DeliveryKind))
    state: Mapped[DeliveryState] = mapped_column(
        enum_type(DeliveryState), default=DeliveryState.MADE
    )
    pay_run_id: Mapped[str | None] = mapped_column(ForeignKey("pay_run.id"))
    month: Mapped[date | None]
    due_on: Mapped[date | None]
    is_test: Mapped[bool]
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    delivered_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(500), default="")

    made_by: Mapped[Account] = relationship(lazy="raise")
    reports: Mapped[list["RegisterReport"]] = relationship(
        lazy="raise",
        order_by="RegisterReport.position",
        foreign_keys="RegisterReport.delivery_id",
        viewonly=True,
    )


class RegisterReport(Owned, Base):
    """One report of a delivery, a payslip's or a month's; `reference` is its name in corrections.

    One that replaces another (`replaces_id`) has its reference and stands in its place. It stands
    no more (`cancelled_at`) when it was rejected, replaced, cancelled, or made as a test before
    production began; `cancelled_by_id` is the file that asks the register to cancel it. A payslip's
    tells of its corrections up to the number `covers`, a month's of the `contribution`.
    """

    __tablename__ = "register_report"
    __table_args__ = (
        # a payment is reported once, unless its report was cancelled or rejected
        Index(
            "uq_register_report_payslip",
            "payslip_id",
            unique=True,
            sqlite_where=literal_column(_STANDS),
            postgresql_where=literal_column(_STANDS),
        ),
    )

    id: Mapped[Key]
    delivery_id: Mapped[str] = mapped_column(ForeignKey("register_delivery.id"), index=True)
    position: Mapped[int]
    payslip_id: Mapped[str | None] = mapped_column(ForeignKey("payslip.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    reference: Mapped[str] = mapped_column(
        String(40), info=impersonal("a name for the report, of no meaning")
    )
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("register_report.id"), index=True)
    covers: Mapped[int] = mapped_column(default=0, info=_REPORT)
    contribution: Mapped[Money | None] = mapped_column(info=_REPORT)
    register_id: Mapped[str] = mapped_column(
        String(32), default="", info=impersonal("the register's own key of the report")
    )
    error: Mapped[str] = mapped_column(String(500), default="", info=_REPORT)
    cancelled_by_id: Mapped[str | None] = mapped_column(
        ForeignKey("register_delivery.id"), index=True
    )
    cancelled_at: Mapped[datetime | None] = mapped_column(info=_REPORT)
