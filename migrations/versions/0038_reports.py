"""Reports frozen as snapshots, and the open pages of results.

Revision: 0038, after 0037.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_FROZEN, _PUBLICATION = "frozen_report", "publication"
_KINDS = ("results", "cohort", "funder", "public")


def refuse_changes(table: str) -> None:
    """Let nobody update or delete a row."""
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
    )


def _links(table: str, **links: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))
        for name, to in links.items()
    ]


def _once(name: str, table: str, columns: list[str], where: str) -> None:
    stands = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=stands, postgresql_where=stands)


def upgrade() -> None:
    """Nothing is frozen or open yet."""
    op.create_table(
        _PUBLICATION,
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.String(length=20), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_publication_closed")
        ),
        *_links(
            _PUBLICATION,
            organisation_id="organisation",
            programme_id="programme",
            opened_by_id="account",
            closed_by_id="account",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(op.f("ix_publication_programme_id"), _PUBLICATION, ["programme_id"])
    _once("uq_publication_open", _PUBLICATION, ["programme_id"], "closed_at IS NULL")
    _make_frozen()


def _make_frozen() -> None:
    kind = sa.Enum(*_KINDS, name="kind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        _FROZEN,
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("publication_id", sa.String(length=20), nullable=True),
        sa.Column("kind", kind, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("workbook_sha256", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_id", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "(kind = 'public') = (publication_id IS NOT NULL)",
            name=op.f("ck_frozen_report_published"),
        ),
        *_links(
            _FROZEN,
            organisation_id="organisation",
            programme_id="programme",
            publication_id="publication",
            frozen_by_id="account",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_report")),
        sa.UniqueConstraint(
            "publication_id", "language", name=op.f("uq_frozen_report_publication_id_language")
        ),
    )
    _once("uq_frozen_report_text", _FROZEN, ["programme_id", "sha256"], "publication_id IS NULL")
    op.create_index("ix_frozen_report_programme", _FROZEN, ["programme_id", "frozen_at"])
    refuse_changes(_FROZEN)


def downgrade() -> None:
    """What was frozen is gone."""
    op.drop_table(_FROZEN)
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION IF EXISTS {_FROZEN}_append_only()")
    op.drop_table(_PUBLICATION)
