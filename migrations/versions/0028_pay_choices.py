"""Distraint and choices of pay.

Revision: 0028, after 0027.
"""

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay what this revision adds."""


def downgrade() -> None:
    """Take it away."""
