"""Analyses written together: their own language, what is as prefilled, and drafts.

Revision: 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_LANGUAGES = "language IN ('fi', 'sv', 'en')"


def upgrade() -> None:
    """Two columns and a table; an analysis has the language of its person until somebody says."""
    with op.batch_alter_table("analysis") as batch:
        batch.add_column(
            sa.Column("language", sa.String(length=2), nullable=False, server_default="fi")
        )
    op.execute(
        "UPDATE analysis SET language = (SELECT person.language FROM person"
        " WHERE person.id = analysis.person_id AND person.language IN ('fi', 'sv', 'en'))"
        " WHERE EXISTS (SELECT 1 FROM person"
        " WHERE person.id = analysis.person_id AND person.language IN ('fi', 'sv', 'en'))"
    )
    with op.batch_alter_table("analysis") as batch:
        batch.alter_column("language", server_default=None)
        batch.create_check_constraint(op.f("ck_analysis_language"), _LANGUAGES)
    with op.batch_alter_table("analysis_section") as batch:
        batch.add_column(sa.Column("filled_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_check_constraint(
            op.f("ck_analysis_section_filled"), "filled_at IS NULL OR written_at IS NULL"
        )
    _drafts()


def _drafts() -> None:
    op.create_table(
        "section_draft",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("section_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("writer_id", sa.String(length=20), nullable=False),
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened", sa.String(length=64), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("page <> ''", name=op.f("ck_section_draft_page")),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["analysis_section.id"],
            name=op.f("fk_section_draft_section_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_section_draft_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["writer_id"], ["account.id"], name=op.f("fk_section_draft_writer_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_section_draft_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_draft")),
        sa.UniqueConstraint(
            "section_id",
            "writer_id",
            "page",
            name=op.f("uq_section_draft_section_id_writer_id_page"),
        ),
    )
    op.create_index("ix_section_draft_person_id", "section_draft", ["person_id"])


def downgrade() -> None:
    """Drafts are gone; a paper is again in the language of its person."""
    op.drop_table("section_draft")
    with op.batch_alter_table("analysis_section") as batch:
        batch.drop_constraint(op.f("ck_analysis_section_filled"), type_="check")
        batch.drop_column("filled_at")
    with op.batch_alter_table("analysis") as batch:
        batch.drop_constraint(op.f("ck_analysis_language"), type_="check")
        batch.drop_column("language")
