"""Distraint, chosen days of payment, copies of payslips, corrected cards and closed years.

Revision: 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_ITEMS = (
    "wage",
    "bonus",
    "allowance",
    "holiday_compensation",
    "reimbursement",
    "tax",
    "pension_employee",
    "unemployment_employee",
    "pension_employer",
    "unemployment_employer",
    "health_employer",
    "accident_employer",
    "group_life_employer",
)
_KINDS = ("earning", "deduction", "reimbursement", "employer")
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
    "owed",
    "bank",
)
_MARKS = ("present", "paid_absence", "unpaid_absence", "unsettled_absence")
_EXTRA = (
    ("extra_minutes", "extra_minutes BETWEEN 0 AND paid_minutes"),
    ("extra_approved", "(extra_minutes = 0) = (extra_by_id IS NULL)"),
    ("extra_present", "extra_minutes = 0 OR mark = 'present'"),
)
_SUM, _SUM_BEFORE = "net + reimbursements - distraint", "net + reimbursements"


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _allow(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    """The values that a column may have from now on."""
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    allowed = ", ".join(repr(value) for value in values)
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({allowed})")


def upgrade() -> None:
    """Three tables, some columns, and what lines, posts and marks may be."""
    _allow("pay_line", "item", "item", (*_ITEMS, "distraint"))
    _allow("pay_line", "line_kind", "kind", (*_KINDS, "after_net"))
    _allow("ledger_account", "post", "post", (*_POSTS, "distraint_debt"))
    _allow("attendance", "mark", "mark", (*_MARKS, "half_paid_absence"))
    _allow_extra_hours()
    _take_distraint()
    _make_choices()
    _change_cards_and_years()
    with op.batch_alter_table("message") as batch:
        batch.add_column(_key("attachment_id", nullable=True))
        batch.add_column(sa.Column("attachment_name", sa.String(length=80), nullable=True))
        batch.create_foreign_key(
            op.f("fk_message_attachment_id"),
            "stored_file",
            ["attachment_id"],
            ["id"],
            ondelete="SET NULL",
        )


def _allow_extra_hours() -> None:
    with op.batch_alter_table("attendance") as batch:
        minutes = sa.Column("extra_minutes", sa.Integer(), nullable=False, server_default="0")
        batch.add_column(minutes)
        batch.add_column(_key("extra_by_id", nullable=True))
        batch.create_foreign_key(
            op.f("fk_attendance_extra_by_id"), "account", ["extra_by_id"], ["id"]
        )
    with op.batch_alter_table("attendance") as batch:
        batch.alter_column("extra_minutes", existing_type=sa.Integer(), server_default=None)
        for name, rule in _EXTRA:
            batch.create_check_constraint(op.f(f"ck_attendance_{name}"), rule)


def _take_distraint() -> None:
    with op.batch_alter_table("payslip") as batch:
        batch.drop_constraint(op.f("ck_payslip_to_account"), type_="check")
        batch.add_column(sa.Column("distraint", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("payslip") as batch:
        batch.alter_column("distraint", existing_type=sa.Integer(), server_default=None)
        batch.create_check_constraint(op.f("ck_payslip_to_account"), f"to_account = {_SUM}")
        batch.create_check_constraint(
            op.f("ck_payslip_distraint"), "distraint >= 0 AND (distraint = 0 OR distraint <= net)"
        )
    op.create_table(
        "distraint",
        _key("id"),
        _key("pay_run_id"),
        _key("employment_id"),
        _key("person_id"),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("authority", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("reference", sa.LargeBinary(), nullable=False),
        _key("entered_by_id"),
        _at("entered_at"),
        _key("organisation_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_distraint_amount")),
        _foreign("distraint", "pay_run_id", "pay_run"),
        _foreign("distraint", "employment_id", "employment"),
        _foreign("distraint", "person_id", "person"),
        _foreign("distraint", "entered_by_id", "account"),
        _foreign("distraint", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distraint")),
        sa.UniqueConstraint(
            "pay_run_id", "employment_id", name=op.f("uq_distraint_pay_run_id_employment_id")
        ),
    )
    op.create_index(op.f("ix_distraint_person_id"), "distraint", ["person_id"])


def _make_choices() -> None:
    op.create_table(
        "pay_date_choice",
        _key("id"),
        _key("pay_run_id"),
        sa.Column("pays_on", sa.Date(), nullable=False),
        sa.Column("instead_of", sa.Date(), nullable=False),
        _key("chosen_by_id"),
        _at("chosen_at"),
        _key("organisation_id"),
        _foreign("pay_date_choice", "pay_run_id", "pay_run"),
        _foreign("pay_date_choice", "chosen_by_id", "account"),
        _foreign("pay_date_choice", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_date_choice")),
    )
    op.create_index(op.f("ix_pay_date_choice_pay_run_id"), "pay_date_choice", ["pay_run_id"])
    op.create_table(
        "payslip_copy",
        _key("id"),
        _key("payslip_id"),
        _key("person_id"),
        sa.Column("sent_to", sa.String(length=60), nullable=False),
        _at("asked_at"),
        _key("organisation_id"),
        _foreign("payslip_copy", "payslip_id", "payslip"),
        _foreign("payslip_copy", "person_id", "person"),
        _foreign("payslip_copy", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payslip_copy")),
    )
    op.create_index("ix_payslip_copy_person", "payslip_copy", ["person_id", "asked_at"])


def _change_cards_and_years() -> None:
    with op.batch_alter_table("tax_card") as batch:
        batch.drop_constraint(op.f("uq_tax_card_person_id_valid_from_received_on"), type_="unique")
        batch.add_column(_key("corrects_id", nullable=True))
        batch.create_foreign_key(
            op.f("fk_tax_card_corrects_id"), "tax_card", ["corrects_id"], ["id"]
        )
        batch.create_unique_constraint(op.f("uq_tax_card_corrects_id"), ["corrects_id"])
    with op.batch_alter_table("employer_setting") as batch:
        batch.add_column(_at("closed_at", nullable=True))
        batch.add_column(_key("closed_by_id", nullable=True))
        batch.create_foreign_key(
            op.f("fk_employer_setting_closed_by_id"), "account", ["closed_by_id"], ["id"]
        )
        batch.create_check_constraint(
            op.f("ck_employer_setting_closed"), "(closed_at IS NULL) = (closed_by_id IS NULL)"
        )


def downgrade() -> None:
    """Runs with distraint cannot be told without it: their sums lose it."""
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(op.f("fk_message_attachment_id"), type_="foreignkey")
        batch.drop_column("attachment_name")
        batch.drop_column("attachment_id")
    with op.batch_alter_table("employer_setting") as batch:
        batch.drop_constraint(op.f("ck_employer_setting_closed"), type_="check")
        batch.drop_constraint(op.f("fk_employer_setting_closed_by_id"), type_="foreignkey")
        batch.drop_column("closed_by_id")
        batch.drop_column("closed_at")
    with op.batch_alter_table("tax_card") as batch:
        batch.drop_constraint(op.f("uq_tax_card_corrects_id"), type_="unique")
        batch.drop_constraint(op.f("fk_tax_card_corrects_id"), type_="foreignkey")
        batch.drop_column("corrects_id")
        batch.create_unique_constraint(
            op.f("uq_tax_card_person_id_valid_from_received_on"),
            ["person_id", "valid_from", "received_on"],
        )
    for table in ("payslip_copy", "pay_date_choice", "distraint"):
        op.drop_table(table)
    with op.batch_alter_table("payslip") as batch:
        batch.drop_constraint(op.f("ck_payslip_to_account"), type_="check")
        batch.drop_constraint(op.f("ck_payslip_distraint"), type_="check")
    op.execute("UPDATE payslip SET to_account = net + reimbursements")
    with op.batch_alter_table("payslip") as batch:
        batch.drop_column("distraint")
        batch.create_check_constraint(op.f("ck_payslip_to_account"), f"to_account = {_SUM_BEFORE}")
    with op.batch_alter_table("attendance") as batch:
        for name, _rule in _EXTRA:
            batch.drop_constraint(op.f(f"ck_attendance_{name}"), type_="check")
        batch.drop_constraint(op.f("fk_attendance_extra_by_id"), type_="foreignkey")
        batch.drop_column("extra_by_id")
        batch.drop_column("extra_minutes")
    op.execute("DELETE FROM pay_line WHERE item = 'distraint'")
    op.execute("DELETE FROM ledger_account WHERE post = 'distraint_debt'")
    op.execute("UPDATE attendance SET mark = 'paid_absence' WHERE mark = 'half_paid_absence'")
    _allow("pay_line", "item", "item", _ITEMS)
    _allow("pay_line", "line_kind", "kind", _KINDS)
    _allow("ledger_account", "post", "post", _POSTS)
    _allow("attendance", "mark", "mark", _MARKS)
