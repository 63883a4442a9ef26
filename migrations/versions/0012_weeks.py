"""Check-ins, words in advance of an absence, weeks said to be complete, and weeks opened again.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _organisation(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f(f"fk_{table}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """A time of check-in on hours, and three small tables."""
    with op.batch_alter_table("attendance") as batch:
        batch.add_column(sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "absence_notice",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_day_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("late_minutes", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "late_minutes BETWEEN 5 AND 300", name=op.f("ck_absence_notice_late_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_absence_notice_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_day_id"], ["cohort_day.id"], name=op.f("fk_absence_notice_cohort_day_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_absence_notice_person_id")
        ),
        *_organisation("absence_notice"),
    )
    op.create_index("ix_absence_notice_day", "absence_notice", ["cohort_day_id"])
    op.create_index("ix_absence_notice_person", "absence_notice", ["person_id"])
    op.create_index(
        "uq_absence_notice_open",
        "absence_notice",
        ["enrolment_id", "cohort_day_id"],
        unique=True,
        sqlite_where=sa.text("taken_back_at IS NULL"),
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )
    op.create_table(
        "week_word",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_week_word_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_week_word_person_id")),
        sa.UniqueConstraint("enrolment_id", "week", name=op.f("uq_week_word_enrolment_id_week")),
        *_organisation("week_word"),
    )
    op.create_index("ix_week_word_person", "week_word", ["person_id"])
    op.create_table(
        "week_unlock",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("unlocked_by_id", sa.String(length=20), nullable=False),
        sa.Column("unlocked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_week_unlock_reason")),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_week_unlock_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["unlocked_by_id"], ["account.id"], name=op.f("fk_week_unlock_unlocked_by_id")
        ),
        *_organisation("week_unlock"),
    )
    op.create_index("ix_week_unlock_cohort", "week_unlock", ["cohort_id", "week"])


def downgrade() -> None:
    """Check-ins, words and unlockings are gone; the hours themselves stay."""
    op.drop_table("week_unlock")
    op.drop_table("week_word")
    op.drop_table("absence_notice")
    with op.batch_alter_table("attendance") as batch:
        batch.drop_column("checked_in_at")
