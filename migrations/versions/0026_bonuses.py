"""What getting work earns.

Revision: 0026, after 0025.
"""

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay what this revision adds."""


def downgrade() -> None:
    """Take it away."""
