"""On which account an employer books each part of pay.

Revision: 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

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


def upgrade() -> None:
    """One table."""
    post = sa.Enum(*_POSTS, name="post", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "ledger_account",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("post", post, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("number <> ''", name=op.f("ck_ledger_account_number")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ledger_account_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_account")),
        sa.UniqueConstraint(
            "post", "organisation_id", name=op.f("uq_ledger_account_post_organisation_id")
        ),
    )


def downgrade() -> None:
    """The accounts are gone."""
    op.drop_table("ledger_account")
