"""What a block of a template is for, its notes, links and files, and templates inside another job.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Every template that there is belongs to the programme's own employment."""
    with op.batch_alter_table("template") as batch:
        batch.add_column(
            sa.Column(
                "mode",
                _enum("template_mode", "employed", "attached"),
                nullable=False,
                server_default="employed",
            )
        )
        batch.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("template") as batch:
        batch.alter_column("mode", server_default=None)
        batch.alter_column("version", server_default=None)
    with op.batch_alter_table("template_block") as batch:
        batch.add_column(sa.Column("aim", _enum("aim", "skill", "motivation"), nullable=True))
        batch.add_column(sa.Column("notes", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("template_block") as batch:
        batch.alter_column("notes", server_default=None)
    with op.batch_alter_table("cohort_block") as batch:
        batch.add_column(sa.Column("template_block_id", sa.String(length=20), nullable=True))
        batch.create_foreign_key(
            "fk_cohort_block_template_block_id", "template_block", ["template_block_id"], ["id"]
        )
    _make_template_resource()


def _make_template_resource() -> None:
    op.create_table(
        "template_resource",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("template_block_id", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("url", sa.String(length=400), nullable=True),
        sa.Column("file_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "(url IS NULL) <> (file_id IS NULL)", name=op.f("ck_template_resource_one")
        ),
        sa.ForeignKeyConstraint(
            ["template_block_id"],
            ["template_block.id"],
            name=op.f("fk_template_resource_template_block_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_template_resource_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_template_resource_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_resource")),
        sa.UniqueConstraint(
            "template_block_id",
            "position",
            name=op.f("uq_template_resource_template_block_id_position"),
        ),
    )


def downgrade() -> None:
    """What blocks are for, their notes, links and files are gone."""
    op.drop_table("template_resource")
    with op.batch_alter_table("cohort_block") as batch:
        batch.drop_constraint("fk_cohort_block_template_block_id", type_="foreignkey")
        batch.drop_column("template_block_id")
    with op.batch_alter_table("template_block") as batch:
        batch.drop_constraint(op.f("ck_template_block_aim"), type_="check")
        batch.drop_column("notes")
        batch.drop_column("aim")
    with op.batch_alter_table("template") as batch:
        batch.drop_constraint(op.f("ck_template_template_mode"), type_="check")
        batch.drop_column("version")
        batch.drop_column("changed_at")
        batch.drop_column("mode")
