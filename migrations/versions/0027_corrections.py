"""Corrections of pay, and reports to the Incomes Register that replace or cancel others.

Revision: 0027, after 0026. A payslip of before counts on the day on which it was paid.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_RUNS = ("wages", "bonus")
_DELIVERIES = ("wages", "summary", "cancelled_wages")
_POSTS = (
    "wages",
    "bonuses",
    "holiday_compensation",
    "reimbursements",
    "pension_cost",
    "unemployment_cost",
    "health_cost",
    "accident_cost",
    "group_life_cost",
    "tax_debt",
    "pension_debt",
    "unemployment_debt",
    "accident_debt",
    "group_life_debt",
    "bank",
)
_NOT_NEGATIVE = "gross >= 0 AND deductions >= 0 AND net >= 0"
_MONTHLY = "kind IN ('summary', 'cancelled_summary')"


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _allow(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    """The values that a column may have from now on."""
    allowed = ", ".join(repr(value) for value in values)
    _check(table, {name: f"{column} IN ({allowed})"}, replaced=(name,))


def _check(table: str, conditions: dict[str, str], replaced: tuple[str, ...] = ()) -> None:
    with op.batch_alter_table(table) as batch:
        for name in replaced:
            batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    with op.batch_alter_table(table) as batch:
        for name, condition in conditions.items():
            batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def upgrade() -> None:
    """A table, some columns, and what runs, files and posts may be."""
    for table in ("pay_run", "payslip"):
        _allow(table, "run_kind", "kind", (*_RUNS, "correction"))
    _allow("ledger_account", "post", "post", (*_POSTS, "owed"))
    _change_payslips()
    _make_corrections()
    _change_reports()


def _change_payslips() -> None:
    with op.batch_alter_table("payslip") as batch:
        batch.add_column(sa.Column("counts_on", sa.Date(), nullable=True))
        batch.add_column(_key("corrects_id", nullable=True))
        batch.add_column(sa.Column("correction_no", sa.Integer(), nullable=True))
        batch.add_column(_key("restates_id", nullable=True))
    op.execute("UPDATE payslip SET counts_on = pays_on")
    with op.batch_alter_table("payslip") as batch:
        batch.alter_column("counts_on", existing_type=sa.Date(), nullable=False)
        for column in ("corrects_id", "restates_id"):
            batch.create_foreign_key(op.f(f"fk_payslip_{column}"), "payslip", [column], ["id"])
        batch.create_index(op.f("ix_payslip_restates_id"), ["restates_id"])
        batch.create_unique_constraint(
            op.f("uq_payslip_corrects_id_correction_no"), ["corrects_id", "correction_no"]
        )
    conditions = {
        "correction": "(kind = 'correction') = (corrects_id IS NOT NULL)",
        "numbered_correction": "(corrects_id IS NULL) = (correction_no IS NULL)",
        "restates": "restates_id IS NULL OR corrects_id IS NOT NULL",
        "counts_on": "restates_id IS NOT NULL OR counts_on = pays_on",
        "not_negative": f"restates_id IS NOT NULL OR ({_NOT_NEGATIVE})",
    }
    _check("payslip", conditions, replaced=("not_negative",))
    with op.batch_alter_table("pay_line") as batch:
        batch.add_column(_key("reverses_id", nullable=True))
        batch.create_foreign_key(
            op.f("fk_pay_line_reverses_id"), "payslip", ["reverses_id"], ["id"]
        )
    _check("pay_line", {"amount": "amount >= 0 OR reverses_id IS NOT NULL"}, replaced=("amount",))


def _make_corrections() -> None:
    op.create_table(
        "pay_correction",
        _key("id"),
        _key("root_id"),
        _key("payslip_id"),
        _key("pay_run_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("allowance", sa.Integer(), nullable=True),
        sa.Column("bonus", sa.Integer(), nullable=True),
        _key("asked_by_id"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        _key("settled_by_id", nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        _key("organisation_id"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_pay_correction_number")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_pay_correction_reason")),
        *(
            sa.CheckConstraint(
                f"{name} IS NULL OR {name} >= 0", name=op.f(f"ck_pay_correction_{name}")
            )
            for name in ("minutes", "allowance", "bonus")
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)",
            name=op.f("ck_pay_correction_settled"),
        ),
        _foreign("pay_correction", "root_id", "payslip"),
        _foreign("pay_correction", "payslip_id", "payslip"),
        _foreign("pay_correction", "pay_run_id", "pay_run"),
        _foreign("pay_correction", "asked_by_id", "account"),
        _foreign("pay_correction", "settled_by_id", "account"),
        _foreign("pay_correction", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_correction")),
        sa.UniqueConstraint("root_id", "number", name=op.f("uq_pay_correction_root_id_number")),
    )
    for column in ("payslip_id", "pay_run_id"):
        op.create_index(op.f(f"ix_pay_correction_{column}"), "pay_correction", [column])


def _change_reports() -> None:
    _allow("register_delivery", "delivery_kind", "kind", (*_DELIVERIES, "cancelled_summary"))
    _check(
        "register_delivery",
        {
            "month": f"({_MONTHLY}) = (month IS NOT NULL)",
            "pay_run": f"({_MONTHLY}) = (pay_run_id IS NULL)",
        },
        replaced=("month", "pay_run"),
    )
    with op.batch_alter_table("register_settings") as batch:
        batch.add_column(sa.Column("remind_days", sa.Integer(), nullable=False, server_default="2"))
    with op.batch_alter_table("register_settings") as batch:
        batch.alter_column("remind_days", existing_type=sa.Integer(), server_default=None)
        batch.create_check_constraint(
            op.f("ck_register_settings_remind_days"), "remind_days BETWEEN 0 AND 30"
        )
    with op.batch_alter_table("register_report") as batch:
        batch.add_column(sa.Column("reference", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("covers", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("contribution", sa.Integer(), nullable=True))
        batch.add_column(_key("replaces_id", nullable=True))
    op.execute("UPDATE register_report SET reference = id")
    with op.batch_alter_table("register_report") as batch:
        batch.alter_column("reference", existing_type=sa.String(length=40), nullable=False)
        batch.alter_column("covers", existing_type=sa.Integer(), server_default=None)
        batch.create_foreign_key(
            op.f("fk_register_report_replaces_id"), "register_report", ["replaces_id"], ["id"]
        )
        batch.create_index(op.f("ix_register_report_replaces_id"), ["replaces_id"])


def downgrade() -> None:
    """Corrections are gone; what they changed in the bank and the register is not."""
    with op.batch_alter_table("register_settings") as batch:
        batch.drop_constraint(op.f("ck_register_settings_remind_days"), type_="check")
        batch.drop_column("remind_days")
    with op.batch_alter_table("register_report") as batch:
        batch.drop_index(op.f("ix_register_report_replaces_id"))
        batch.drop_constraint(op.f("fk_register_report_replaces_id"), type_="foreignkey")
        for column in ("replaces_id", "contribution", "covers", "reference"):
            batch.drop_column(column)
    op.execute("DELETE FROM register_delivery WHERE kind = 'cancelled_summary'")
    _allow("register_delivery", "delivery_kind", "kind", _DELIVERIES)
    _check(
        "register_delivery",
        {
            "month": "(kind = 'summary') = (month IS NOT NULL)",
            "pay_run": "(kind = 'summary') = (pay_run_id IS NULL)",
        },
        replaced=("month", "pay_run"),
    )
    op.drop_table("pay_correction")
    op.execute("DELETE FROM pay_line WHERE reverses_id IS NOT NULL")
    op.execute(
        "DELETE FROM register_report WHERE payslip_id IN"
        " (SELECT id FROM payslip WHERE kind = 'correction')"
    )
    op.execute(
        "DELETE FROM register_delivery WHERE pay_run_id IN"
        " (SELECT id FROM pay_run WHERE kind = 'correction')"
    )
    op.execute(
        "DELETE FROM bank_file WHERE pay_run_id IN"
        " (SELECT id FROM pay_run WHERE kind = 'correction')"
    )
    op.execute(
        "DELETE FROM pay_line WHERE payslip_id IN"
        " (SELECT id FROM payslip WHERE kind = 'correction')"
    )
    op.execute("DELETE FROM payslip WHERE kind = 'correction'")
    op.execute("DELETE FROM pay_run WHERE kind = 'correction'")
    _check("pay_line", {"amount": "amount >= 0"}, replaced=("amount",))
    with op.batch_alter_table("pay_line") as batch:
        batch.drop_constraint(op.f("fk_pay_line_reverses_id"), type_="foreignkey")
        batch.drop_column("reverses_id")
    added = ("correction", "numbered_correction", "restates", "counts_on", "not_negative")
    _check("payslip", {"not_negative": _NOT_NEGATIVE}, replaced=added)
    with op.batch_alter_table("payslip") as batch:
        batch.drop_constraint(op.f("uq_payslip_corrects_id_correction_no"), type_="unique")
        batch.drop_index(op.f("ix_payslip_restates_id"))
        for column in ("corrects_id", "restates_id"):
            batch.drop_constraint(op.f(f"fk_payslip_{column}"), type_="foreignkey")
        for column in ("restates_id", "correction_no", "corrects_id", "counts_on"):
            batch.drop_column(column)
    op.execute("DELETE FROM ledger_account WHERE post = 'owed'")
    _allow("ledger_account", "post", "post", _POSTS)
    for table in ("pay_run", "payslip"):
        _allow(table, "run_kind", "kind", _RUNS)
