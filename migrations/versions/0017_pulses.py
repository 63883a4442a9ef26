"""Taps about the blocks of a day, and confidence on the days 1, 6 and 12.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign(table: str, column: str, to: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "block_pulse",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_block_id", sa.String(length=20), nullable=False),
        sa.Column("usefulness", _enum("usefulness", "yes", "partly", "no"), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign("block_pulse", "enrolment_id", "enrolment", "CASCADE"),
        _foreign("block_pulse", "cohort_block_id", "cohort_block", "CASCADE"),
        _foreign("block_pulse", "organisation_id", "organisation", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block_pulse")),
        sa.UniqueConstraint(
            "enrolment_id",
            "cohort_block_id",
            name=op.f("uq_block_pulse_enrolment_id_cohort_block_id"),
        ),
    )
    op.create_index(op.f("ix_block_pulse_cohort_block_id"), "block_pulse", ["cohort_block_id"])
    op.create_table(
        "confidence_pulse",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("day_number", sa.Integer(), nullable=False),
        sa.Column(
            "item", _enum("confidence_item", "next_step", "employer", "belief"), nullable=False
        ),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("day_number IN (1, 6, 12)", name=op.f("ck_confidence_pulse_day_number")),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_confidence_pulse_score")),
        _foreign("confidence_pulse", "enrolment_id", "enrolment", "CASCADE"),
        _foreign("confidence_pulse", "organisation_id", "organisation", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confidence_pulse")),
        sa.UniqueConstraint(
            "enrolment_id",
            "day_number",
            "item",
            name=op.f("uq_confidence_pulse_enrolment_id_day_number_item"),
        ),
    )


def downgrade() -> None:
    """The answers are gone."""
    op.drop_table("confidence_pulse")
    op.drop_table("block_pulse")
