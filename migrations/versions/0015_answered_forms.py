"""Where an answered form led is encrypted: some of these addresses are one-time links.

Revision: 0015, after 0014. The old rows go: they only serve a resend of a form just sent, and what
stood in them is not to stay readable.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table anew, its address as bytes."""
    _anew(sa.LargeBinary())


def downgrade() -> None:
    """The address as text."""
    _anew(sa.String(length=500))


def _anew(location: sa.LargeBinary | sa.String) -> None:
    op.drop_table("submission")
    op.create_table(
        "submission",
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("membership_id", sa.String(length=20), nullable=True),
        sa.Column("location", location, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_digest", name=op.f("pk_submission")),
    )
