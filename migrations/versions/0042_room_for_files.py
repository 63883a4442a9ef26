"""What the files of an organisation take is summed without reading them.

Revision: 0042, after 0041.
"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sizes and owners lie in an index of their own."""
    op.create_index("ix_stored_file_room", "stored_file", ["size_bytes", "organisation_id"])


def downgrade() -> None:
    """The sum reads the rows."""
    op.drop_index("ix_stored_file_room", table_name="stored_file")
