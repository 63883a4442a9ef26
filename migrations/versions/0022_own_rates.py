"""Dated figures that a provider enters itself, with four eyes.

Revision: 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_KEYS = (
    "tyel_employee_under53_and_63plus",
    "tyel_employee_53_62",
    "tyel_employee_all_ages",
    "tyel_employer_average",
    "tyel_contract_total",
    "tyel_temporary_total",
    "tyel_min_month",
    "tyel_temp_employer_limit_6m",
    "ui_employee",
    "ui_employer_low",
    "ui_employer_above_limit",
    "ui_payroll_limit_year",
    "health_employer",
    "tax_no_card",
    "holiday_comp_under_1y",
    "holiday_comp_1y_or_more",
    "tyossaoloehto_full_month",
    "tyossaoloehto_half_month",
    "benefit_protected_month",
    "benefit_reduction",
)
_STATES = ("proposed", "approved", "refused", "withdrawn", "replaced")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_own_rate_{column}"))


def upgrade() -> None:
    """One table."""
    op.create_table(
        "own_rate",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("key", _enum("rate_key", *_KEYS), nullable=False),
        sa.Column("unit", _enum("unit", "pct", "eur"), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("confidence", _enum("confidence", "H", "M", "L", "K"), nullable=False),
        sa.Column("state", _enum("proposal_state", *_STATES), nullable=False),
        sa.Column("replaces_id", sa.String(length=20), nullable=True),
        sa.Column("proposed_by_id", sa.String(length=20), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.String(length=20), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_own_rate_dates")
        ),
        sa.CheckConstraint("value >= 0", name=op.f("ck_own_rate_value")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_own_rate_source")),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'replaced')"
            " OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id)",
            name=op.f("ck_own_rate_four_eyes"),
        ),
        _foreign("replaces_id", "own_rate"),
        _foreign("proposed_by_id", "account"),
        _foreign("decided_by_id", "account"),
        _foreign("organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_rate")),
    )
    op.create_index("ix_own_rate_state", "own_rate", ["state", "key", "organisation_id"])


def downgrade() -> None:
    """What was entered is gone."""
    op.drop_table("own_rate")
