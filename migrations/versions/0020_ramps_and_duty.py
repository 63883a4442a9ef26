"""Goals that grow week by week, and the number of acts a month.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
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
    """Two tables."""
    _make_goals()


def _make_goals() -> None:
    op.create_table(
        "ramp_step",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column(
            "activity",
            _enum(
                "activity",
                "advertised_application",
                "employer_contact",
                "agency_application",
                "interview",
            ),
            nullable=False,
        ),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("target BETWEEN 0 AND 50", name=op.f("ck_ramp_step_target")),
        sa.CheckConstraint("week BETWEEN 1 AND 12", name=op.f("ck_ramp_step_week")),
        _foreign("ramp_step", "organisation_id", "organisation"),
        _foreign("ramp_step", "programme_id", "programme", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ramp_step")),
        sa.UniqueConstraint(
            "programme_id", "week", "activity", name=op.f("uq_ramp_step_programme_id_week_activity")
        ),
    )
    op.create_table(
        "duty_number",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("months IN (1, 3)", name=op.f("ck_duty_number_months")),
        sa.CheckConstraint("number BETWEEN 0 AND 20", name=op.f("ck_duty_number_number")),
        _foreign("duty_number", "organisation_id", "organisation"),
        _foreign("duty_number", "person_id", "person"),
        _foreign("duty_number", "set_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_number")),
    )
    op.create_index("ix_duty_number_person_month", "duty_number", ["person_id", "from_month"])


def downgrade() -> None:
    """What stands in them is gone."""
    op.drop_table("duty_number")
    op.drop_table("ramp_step")
