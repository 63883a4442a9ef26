"""How an employer reports to the Incomes Register, deliveries, and the reports in them.

Revision: 0024, after 0023.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign(
    table: str, column: str, to: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    """Three tables."""
    _make_settings()
    _make_deliveries()


def _make_settings() -> None:
    op.create_table(
        "register_settings",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=70), nullable=False),
        sa.Column("pension_provider", sa.Integer(), nullable=False),
        sa.Column("pension_policy", sa.String(length=11), nullable=False),
        sa.Column("profession", sa.String(length=5), nullable=False),
        sa.Column("production_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("production_by_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(production_since IS NULL) = (production_by_id IS NULL)",
            name=op.f("ck_register_settings_production"),
        ),
        sa.CheckConstraint("id = organisation_id", name=op.f("ck_register_settings_one")),
        _foreign("register_settings", "organisation_id", "organisation"),
        _foreign("register_settings", "production_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_settings")),
    )


def _make_deliveries() -> None:
    op.create_table(
        "register_delivery",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column(
            "kind", _enum("delivery_kind", "wages", "summary", "cancelled_wages"), nullable=False
        ),
        sa.Column(
            "state",
            _enum("delivery_state", "made", "delivered", "accepted", "rejected"),
            nullable=False,
        ),
        sa.Column("pay_run_id", sa.String(length=20), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("file_id", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.String(length=20), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'summary') = (month IS NOT NULL)", name=op.f("ck_register_delivery_month")
        ),
        sa.CheckConstraint(
            "(kind = 'summary') = (pay_run_id IS NULL)", name=op.f("ck_register_delivery_pay_run")
        ),
        _foreign("register_delivery", "file_id", "stored_file"),
        _foreign("register_delivery", "made_by_id", "account"),
        _foreign("register_delivery", "organisation_id", "organisation"),
        _foreign("register_delivery", "pay_run_id", "pay_run"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_delivery")),
    )
    op.create_index(
        "ix_register_delivery_made", "register_delivery", ["made_at", "organisation_id"]
    )
    op.create_index("ix_register_delivery_run", "register_delivery", ["pay_run_id"])
    op.create_table(
        "register_report",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("delivery_id", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payslip_id", sa.String(length=20), nullable=True),
        sa.Column("person_id", sa.String(length=20), nullable=True),
        sa.Column("register_id", sa.String(length=32), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("cancelled_by_id", sa.String(length=20), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign("register_report", "cancelled_by_id", "register_delivery"),
        _foreign("register_report", "delivery_id", "register_delivery"),
        _foreign("register_report", "organisation_id", "organisation"),
        _foreign("register_report", "payslip_id", "payslip"),
        _foreign("register_report", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_report")),
    )
    op.create_index(
        op.f("ix_register_report_cancelled_by_id"), "register_report", ["cancelled_by_id"]
    )
    op.create_index(op.f("ix_register_report_delivery_id"), "register_report", ["delivery_id"])
    op.create_index(op.f("ix_register_report_person_id"), "register_report", ["person_id"])
    op.create_index(
        "uq_register_report_payslip",
        "register_report",
        ["payslip_id"],
        unique=True,
        sqlite_where=sa.text("cancelled_at IS NULL"),
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )


def downgrade() -> None:
    """What stands in them is gone."""
    op.drop_table("register_report")
    op.drop_table("register_delivery")
    op.drop_table("register_settings")
