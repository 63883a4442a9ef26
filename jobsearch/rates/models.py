"""Tables of dated figures: the nationwide ones and those of each employer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Audited, Base, Key, Owned, Versioned, enum_type
from jobsearch.core.money import Rate
from jobsearch.core.periods import Span
from jobsearch.rates.employer import AllowanceTreatment, EmployerSettings, TyelForm, UiBand
from jobsearch.rates.rules import Confidence, RateKey, RateRow, Unit


class RateEntry(Audited, Base):
    """One nationwide figure with its days of validity and its source; the same for every tenant.

    `value` is in basis points or cents, as `unit` says.
    """

    __tablename__ = "rate"
    __table_args__ = (
        UniqueConstraint("key", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates"),
        CheckConstraint("value >= 0", name="value"),
    )

    id: Mapped[Key]
    key: Mapped[RateKey] = mapped_column(enum_type(RateKey))
    unit: Mapped[Unit] = mapped_column(enum_type(Unit))
    value: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(200))
    confidence: Mapped[Confidence] = mapped_column(enum_type(Confidence))

    def as_row(self) -> RateRow:
        """The figure as the rules read it."""
        valid = Span(self.valid_from, self.valid_to)
        return RateRow(self.key, self.unit, self.value, valid, self.source, self.confidence)


class EmployerSetting(Owned, Versioned, Base):
    """What one employer has agreed or chosen for one year of payment; percentages are its own."""

    __tablename__ = "employer_setting"
    __table_args__ = (
        UniqueConstraint("year", "organisation_id"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("tyel_total_bp BETWEEN 0 AND 10000", name="tyel_total"),
        CheckConstraint("accident_bp BETWEEN 0 AND 10000", name="accident"),
        CheckConstraint("group_life_bp BETWEEN 0 AND 10000", name="group_life"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed"),
        # a reimbursement needs its cost named, or it is wage
        CheckConstraint(
            "allowance_treatment <> '353' OR allowance_basis <> ''", name="allowance_basis"
        ),
    )

    id: Mapped[Key]
    year: Mapped[int]
    tyel_form: Mapped[TyelForm] = mapped_column(enum_type(TyelForm), default=TyelForm.TOTAL)
    tyel_total_bp: Mapped[int]
    accident_bp: Mapped[int]
    group_life_bp: Mapped[int]
    ui_band: Mapped[UiBand] = mapped_column(enum_type(UiBand), default=UiBand.LOW)
    allowance_treatment: Mapped[AllowanceTreatment] = mapped_column(enum_type(AllowanceTreatment))
    allowance_basis: Mapped[str] = mapped_column(String(200), default="")
    bonus_in_holiday_base: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))

    def as_settings(self) -> EmployerSettings:
        """The settings as the calculation reads them."""
        return EmployerSettings(
            year=self.year,
            tyel_total=Rate(self.tyel_total_bp),
            accident=Rate(self.accident_bp),
            group_life=Rate(self.group_life_bp),
            ui_band=self.ui_band,
            allowance_treatment=self.allowance_treatment,
            allowance_basis=self.allowance_basis,
            bonus_in_holiday_base=self.bonus_in_holiday_base,
            tyel_form=self.tyel_form,
        )
