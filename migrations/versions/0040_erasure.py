"""The timetable and erasure: when keeping looks at a person next, receipts, ends of papers.

Revision: 0040, after 0038.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_SIGNATURE = "contract_signature"
_OVER = (
    "EXISTS (SELECT 1 FROM contract WHERE contract.id = OLD.contract_id "
    "AND contract.ends_on < (SELECT max(papers_end.ended_before) FROM papers_end "
    "WHERE papers_end.organisation_id = OLD.organisation_id))"
)
"""Signatures that may be deleted: a note that stays says that their papers have had their time."""


def _refuse(table: str, verb: str, over: str = "") -> None:
    """Let nobody change a row on SQLite, but for the deletion of one that is over."""
    unless = f"WHEN NOT coalesce({over}, 0) " if over else ""
    op.execute(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {unless}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _refuse_by_function(table: str, over: str = "") -> None:
    """The same on PostgreSQL: the function that the table's trigger calls."""
    allowed = f"IF TG_OP = 'DELETE' AND ({over}) THEN RETURN OLD; END IF; " if over else ""
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger AS $$ "
        f"BEGIN {allowed}RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql"
    )


def _is_sqlite() -> bool:
    return bool(op.get_context().dialect.name == "sqlite")


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Nobody's time has been looked at yet, and nothing has gone."""
    op.add_column("person", sa.Column("goes_on", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_person_goes_on", "person", ["goes_on", "organisation_id"])
    op.create_index("ix_submission_answered_at", "submission", ["answered_at"])
    op.create_table(
        "retention_run",
        _key("id"),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        _key("organisation_id", nullable=True),
        sa.CheckConstraint("rows > 0", name=op.f("ck_retention_run_rows")),
        _foreign("retention_run", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    op.create_index("ix_retention_run_at", "retention_run", ["ran_at", "organisation_id"])
    op.create_table(
        "erasure",
        _key("id"),
        _key("person_id"),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        _key("erased_by_id", nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True),
        _key("organisation_id"),
        _foreign("erasure", "erased_by_id", "account"),
        _foreign("erasure", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint(
            "person_id", "organisation_id", name=op.f("uq_erasure_person_id_organisation_id")
        ),
    )
    op.create_index("ix_erasure_at", "erasure", ["erased_at", "organisation_id"])
    _papers_end()


def _papers_end() -> None:
    op.create_table(
        "papers_end",
        _key("id"),
        sa.Column("ended_before", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        _key("organisation_id"),
        sa.CheckConstraint("ended_before < noted_on", name=op.f("ck_papers_end_past")),
        _foreign("papers_end", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers_end")),
    )
    if _is_sqlite():
        for verb in ("UPDATE", "DELETE"):
            _refuse("papers_end", verb)
        op.execute(f"DROP TRIGGER {_SIGNATURE}_no_delete")
        _refuse(_SIGNATURE, "DELETE", _OVER)
        return
    _refuse_by_function("papers_end")
    op.execute(
        "CREATE TRIGGER papers_end_append_only BEFORE UPDATE OR DELETE ON papers_end "
        "FOR EACH ROW EXECUTE FUNCTION papers_end_append_only()"
    )
    _refuse_by_function(_SIGNATURE, _OVER)


def downgrade() -> None:
    """Receipts are gone; what was erased stays erased."""
    if _is_sqlite():
        op.execute(f"DROP TRIGGER {_SIGNATURE}_no_delete")
        _refuse(_SIGNATURE, "DELETE")
    else:
        _refuse_by_function(_SIGNATURE)
    op.drop_table("papers_end")
    if not _is_sqlite():
        op.execute("DROP FUNCTION papers_end_append_only()")
    op.drop_table("erasure")
    op.drop_table("retention_run")
    op.drop_index("ix_submission_answered_at", "submission")
    op.drop_index("ix_person_goes_on", "person")
    op.drop_column("person", "erased_at")
    op.drop_column("person", "goes_on")
