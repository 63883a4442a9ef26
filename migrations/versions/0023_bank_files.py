"""The employer's account, the bank's file of each run, and the account that was approved.

Revision: 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def _edition() -> sa.Enum:
    return sa.Enum(
        "pain.001.001.09",
        "pain.001.001.03",
        name="edition",
        native_enum=False,
        create_constraint=True,
        length=40,
    )


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Two tables, and a column; payslips of before keep no account."""
    op.create_table(
        "payer_account",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("bic", sa.String(length=11), nullable=False),
        sa.Column("customer_id", sa.String(length=35), nullable=False),
        sa.Column("edition", _edition(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = organisation_id", name=op.f("ck_payer_account_one")),
        _foreign("payer_account", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer_account")),
    )
    op.create_table(
        "bank_file",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("pay_run_id", sa.String(length=20), nullable=False),
        sa.Column("file_id", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=35), nullable=False),
        sa.Column("edition", _edition(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("payments > 0", name=op.f("ck_bank_file_payments")),
        sa.CheckConstraint("total > 0", name=op.f("ck_bank_file_total")),
        _foreign("bank_file", "pay_run_id", "pay_run"),
        _foreign("bank_file", "file_id", "stored_file"),
        _foreign("bank_file", "made_by_id", "account"),
        _foreign("bank_file", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_file")),
        sa.UniqueConstraint("message_id", name=op.f("uq_bank_file_message_id")),
        sa.UniqueConstraint("pay_run_id", name=op.f("uq_bank_file_pay_run_id")),
    )
    op.add_column("payslip", sa.Column("account", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """What stands in them is gone."""
    with op.batch_alter_table("payslip") as batch:
        batch.drop_column("account")
    op.drop_table("bank_file")
    op.drop_table("payer_account")
