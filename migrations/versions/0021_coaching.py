"""Alerts, strategies and documents of job search.

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
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
    """Five tables."""
    _make_alerts()
    _make_documents()


def _make_alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column(
            "rule",
            _enum(
                "alert_rule",
                "asked_for_help",
                "no_action",
                "under_goal",
                "no_reply",
                "confidence_down",
            ),
            nullable=False,
        ),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("taken_by_id", sa.String(length=20), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.String(length=20), nullable=True),
        sa.Column("verdict", _enum("verdict", "helpful", "needless"), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(taken_by_id IS NULL) = (taken_at IS NULL)", name=op.f("ck_alert_taken")
        ),
        sa.CheckConstraint(
            "ended_by_id IS NULL OR ended_at IS NOT NULL", name=op.f("ck_alert_ended")
        ),
        sa.CheckConstraint("(verdict IS NULL) = (judged_at IS NULL)", name=op.f("ck_alert_judged")),
        _foreign("alert", "cohort_id", "cohort"),
        _foreign("alert", "ended_by_id", "account"),
        _foreign("alert", "enrolment_id", "enrolment"),
        _foreign("alert", "organisation_id", "organisation"),
        _foreign("alert", "person_id", "person"),
        _foreign("alert", "taken_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index("ix_alert_cohort", "alert", ["cohort_id", "raised_at"])
    op.create_index("ix_alert_enrolment", "alert", ["enrolment_id", "rule"])
    op.create_index(op.f("ix_alert_person_id"), "alert", ["person_id"])
    op.create_index(
        "uq_alert_open",
        "alert",
        ["enrolment_id", "rule"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "strategy",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=False),
        sa.Column("work", sa.String(length=500), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("targets", sa.String(length=500), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _foreign("strategy", "enrolment_id", "enrolment"),
        _foreign("strategy", "organisation_id", "organisation"),
        _foreign("strategy", "person_id", "person"),
        _foreign("strategy", "written_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_strategy_enrolment_id")),
    )
    op.create_index(op.f("ix_strategy_person_id"), "strategy", ["person_id"])


def _make_documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("lead_id", sa.String(length=20), nullable=True),
        sa.Column("kind", _enum("document_kind", "cv", "letter", "profile"), nullable=False),
        sa.Column(
            "state", _enum("document_state", "not_started", "draft", "ready"), nullable=False
        ),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _foreign("document", "enrolment_id", "enrolment"),
        _foreign("document", "lead_id", "lead"),
        _foreign("document", "organisation_id", "organisation"),
        _foreign("document", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("lead_id", "kind", name=op.f("uq_document_lead_id_kind")),
    )
    op.create_index("ix_document_person", "document", ["person_id", "kind"])
    op.create_index(
        "uq_document_general",
        "document",
        ["enrolment_id", "kind"],
        unique=True,
        sqlite_where=sa.text("lead_id IS NULL"),
        postgresql_where=sa.text("lead_id IS NULL"),
    )
    op.create_table(
        "document_version",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("document_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.String(length=20), nullable=False),
        sa.Column("taken_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_document_version_number")),
        _foreign("document_version", "document_id", "document", "CASCADE"),
        _foreign("document_version", "file_id", "stored_file"),
        _foreign("document_version", "organisation_id", "organisation"),
        _foreign("document_version", "person_id", "person"),
        _foreign("document_version", "uploaded_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint(
            "document_id", "number", name=op.f("uq_document_version_document_id_number")
        ),
    )
    op.create_index(op.f("ix_document_version_file_id"), "document_version", ["file_id"])
    op.create_index(op.f("ix_document_version_person_id"), "document_version", ["person_id"])
    op.create_table(
        "document_comment",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("document_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("writer_id", sa.String(length=20), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign("document_comment", "document_id", "document", "CASCADE"),
        _foreign("document_comment", "organisation_id", "organisation"),
        _foreign("document_comment", "person_id", "person"),
        _foreign("document_comment", "writer_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_comment")),
    )
    op.create_index("ix_document_comment", "document_comment", ["document_id", "written_at"])
    op.create_index(op.f("ix_document_comment_person_id"), "document_comment", ["person_id"])


def downgrade() -> None:
    """What stands in them is gone."""
    op.drop_table("document_comment")
    op.drop_table("document_version")
    op.drop_table("document")
    op.drop_table("strategy")
    op.drop_table("alert")
