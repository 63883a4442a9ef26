"""Introductions fetched by consent, and whom and what a consent names.

Revision: 0034, after 0033.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_STATES = ("asked", "written", "declined", "ended")
_NAMES = ("recipient_name", "recipient_organisation")


@contextmanager
def _changeable(table: str) -> Iterator[None]:
    """Lay down the triggers that name the table, and lay them again after as they were."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    laid = []
    if is_sqlite:
        there = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(sql, :table)"
        laid = op.get_bind().execute(sa.text(there), {"table": table}).all()
        for name, _sql in laid:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    yield
    if is_sqlite:
        for _name, sql in laid:
            op.execute(sql)
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
    )


def upgrade() -> None:
    """A consent keeps its recipient's name and organisation and what it covers; introductions.

    Old consents name their recipient as she is now. Their words had no line of scope.
    """
    with _changeable("consent"):
        with op.batch_alter_table("consent") as batch:
            for name in _NAMES:
                batch.add_column(sa.Column(name, sa.String(length=120), nullable=True))
            batch.add_column(sa.Column("scope", sa.Text(), nullable=False, server_default=""))
        op.execute(
            "UPDATE consent SET recipient_name = COALESCE((SELECT account.name FROM account "
            "WHERE account.id = consent.recipient_id), ''), recipient_organisation = COALESCE(("
            "SELECT organisation.name FROM membership JOIN organisation ON organisation.id = "
            "membership.organisation_id WHERE membership.account_id = consent.recipient_id AND "
            "membership.role = 'municipal_coach' ORDER BY membership.id LIMIT 1), '')"
        )
        with op.batch_alter_table("consent") as batch:
            for name in _NAMES:
                batch.alter_column(name, existing_type=sa.String(length=120), nullable=False)
            batch.alter_column("scope", existing_type=sa.Text(), server_default=None)
    _introductions()


def _introductions() -> None:
    table = "asked_introduction"
    keys = ("organisation_id", "person_id", "consent_id", "recipient_id", "asked_by_id")
    to = ("organisation", "person", "consent", "account", "account")
    op.create_table(
        table,
        sa.Column("id", sa.String(length=20), nullable=False),
        *(sa.Column(key, sa.String(length=20), nullable=False) for key in keys),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.LargeBinary(), nullable=True),
        sa.Column("commented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN {_STATES!r}", name=op.f(f"ck_{table}_introduction_state")),
        sa.CheckConstraint("state <> 'ended'", name=op.f(f"ck_{table}_never_stored_as_ended")),
        sa.CheckConstraint(
            "text IS NULL OR state = 'written'", name=op.f(f"ck_{table}_text_is_written")
        ),
        sa.CheckConstraint(
            "state <> 'written' OR written_at IS NOT NULL", name=op.f(f"ck_{table}_written_at")
        ),
        sa.CheckConstraint(
            "comment IS NULL OR commented_at IS NOT NULL", name=op.f(f"ck_{table}_commented_at")
        ),
        *(
            sa.ForeignKeyConstraint([key], [f"{one}.id"], name=op.f(f"fk_{table}_{key}"))
            for key, one in zip(keys, to, strict=True)
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("consent_id", name=op.f(f"uq_{table}_consent_id")),
    )
    op.create_index(f"ix_{table}_person", table, ["person_id"])
    op.create_index(f"ix_{table}_recipient", table, ["recipient_id"])


def downgrade() -> None:
    """Forget the introductions, the names and the scopes."""
    op.drop_table("asked_introduction")
    with _changeable("consent"), op.batch_alter_table("consent") as batch:
        for name in (*_NAMES, "scope"):
            batch.drop_column(name)
