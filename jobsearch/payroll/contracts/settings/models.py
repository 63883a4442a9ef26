"""Table of an employer's settings of contracts."""

from datetime import date

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned
from jobsearch.payroll.contracts.settings.rules import ContractSettings


class ContractSetting(Owned, Versioned, Base):
    """What all contracts of one employer say from a day on, until the next such row."""

    __tablename__ = "contract_setting"
    __table_args__ = (
        UniqueConstraint("valid_from", "organisation_id"),
        CheckConstraint("pay_days BETWEEN 0 AND 31", name="pay_days"),
        CheckConstraint("trial_days BETWEEN 0 AND 180", name="trial_days"),
        # a contract names both insurers (Employment Contracts Act 2:4)
        CheckConstraint(
            "pension_insurer <> '' AND accident_insurer <> '' AND accident_policy <> ''",
            name="insurers",
        ),
    )

    id: Mapped[Key]
    valid_from: Mapped[date]
    address: Mapped[str] = mapped_column(String(160))
    pension_insurer: Mapped[str] = mapped_column(String(120))
    accident_insurer: Mapped[str] = mapped_column(String(120))
    accident_policy: Mapped[str] = mapped_column(String(60))
    pay_days: Mapped[int]
    trial_days: Mapped[int]
    tasks: Mapped[str] = mapped_column(Text, default="")
    training: Mapped[str] = mapped_column(Text, default="")

    def as_settings(self) -> ContractSettings:
        """The row as the rules read it."""
        return ContractSettings(
            valid_from=self.valid_from,
            address=self.address,
            pension_insurer=self.pension_insurer,
            accident_insurer=self.accident_insurer,
            accident_policy=self.accident_policy,
            pay_days=self.pay_days,
            trial_days=self.trial_days,
            tasks=self.tasks,
            training=self.training,
        )
