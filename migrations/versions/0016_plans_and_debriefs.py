"""Plans of the morning, debriefs, and good news for the board.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _of_a_day(table: str, *columns: sa.schema.SchemaItem, also: str = "") -> None:
    """A table of rows that belong to one person's one day."""
    only = ["enrolment_id", "cohort_day_id", *([also] if also else [])]
    op.create_table(
        table,
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_day_id", sa.String(length=20), nullable=False),
        *columns,
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign(table, "enrolment_id", "enrolment"),
        _foreign(table, "cohort_day_id", "cohort_day"),
        _foreign(table, "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*only, name=op.f(f"uq_{table}_{'_'.join(only)}")),
    )
    op.create_index(op.f(f"ix_{table}_cohort_day_id"), table, ["cohort_day_id"])


def upgrade() -> None:
    """Three tables."""
    _of_a_day(
        "day_plan",
        sa.Column("employer", sa.String(length=80), nullable=False),
        sa.Column("way", _enum("plan_way", "call", "visit", "write", "apply"), nullable=False),
        sa.Column("at_minute", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("at_minute BETWEEN 0 AND 1439", name=op.f("ck_day_plan_at_minute")),
    )
    _of_a_day(
        "debrief",
        sa.Column("learned", sa.String(length=500), nullable=False),
        sa.Column("next_step", sa.String(length=200), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    _of_a_day(
        "good_news",
        sa.Column("news", _enum("news", "interview", "job"), nullable=False),
        sa.Column("words", sa.String(length=80), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        also="news",
    )


def downgrade() -> None:
    """What people said is gone."""
    for table in ("good_news", "debrief", "day_plan"):
        op.drop_table(table)
