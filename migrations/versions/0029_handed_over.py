"""Hours and items for other payrolls.

Revision: 0029, after 0028.
"""

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay what this revision adds."""


def downgrade() -> None:
    """Take it away."""
