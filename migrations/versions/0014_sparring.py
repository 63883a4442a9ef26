"""Times for sparring, notes of talks, and agreed next steps.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "sparring_slot",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("coach_id", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 10 AND 120", name=op.f("ck_sparring_slot_minutes")),
        sa.CheckConstraint(
            "(enrolment_id IS NULL) = (booked_at IS NULL)", name=op.f("ck_sparring_slot_booked")
        ),
        _foreign("sparring_slot", "coach_id", "account"),
        _foreign("sparring_slot", "enrolment_id", "enrolment"),
        _foreign("sparring_slot", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_slot")),
    )
    op.create_index("ix_sparring_slot_enrolment", "sparring_slot", ["enrolment_id"])
    op.create_index(
        "uq_sparring_slot_open",
        "sparring_slot",
        ["coach_id", "starts_at"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "sparring_note",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("writer_id", sa.String(length=20), nullable=False),
        sa.Column("reader", _enum("note_reader", "staff", "shared"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign("sparring_note", "enrolment_id", "enrolment"),
        _foreign("sparring_note", "person_id", "person"),
        _foreign("sparring_note", "writer_id", "account"),
        _foreign("sparring_note", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_note")),
    )
    op.create_index("ix_sparring_note_enrolment", "sparring_note", ["enrolment_id", "written_at"])
    op.create_index("ix_sparring_note_person", "sparring_note", ["person_id"])
    op.create_table(
        "next_step",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_next_step_text")),
        _foreign("next_step", "enrolment_id", "enrolment"),
        _foreign("next_step", "person_id", "person"),
        _foreign("next_step", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
    )
    op.create_index("ix_next_step_enrolment", "next_step", ["enrolment_id", "done_at"])
    op.create_index("ix_next_step_person", "next_step", ["person_id"])


def downgrade() -> None:
    """Times, notes and steps are gone."""
    for table in ("next_step", "sparring_note", "sparring_slot"):
        op.drop_table(table)
