"""How long analyses and the proof of consent are kept.

Revision: 0033, after 0032.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_OVER = (
    "(SELECT max(proof_end.ended_before) FROM proof_end "
    "WHERE proof_end.organisation_id = OLD.organisation_id)"
)
OVER = {
    "consent": f"OLD.valid_to < {_OVER}",
    "consent_withdrawal": (
        "EXISTS (SELECT 1 FROM consent WHERE consent.id = OLD.consent_id "  # noqa: S608
        f"AND consent.valid_to < {_OVER})"
    ),
}
"""Rows that may be deleted: a note that stays says that their proof has had its time."""


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


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _is_sqlite() -> bool:
    return bool(op.get_context().dialect.name == "sqlite")


def upgrade() -> None:
    """Terms, receipts and ends of proofs; what is erased says when."""
    with op.batch_alter_table("analysis") as batch:
        batch.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("release") as batch:
        batch.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch.alter_column("file_id", existing_type=sa.String(length=20), nullable=True)
        batch.create_check_constraint(
            op.f("ck_release_erased"), "(file_id IS NULL) = (erased_at IS NOT NULL)"
        )
    _terms()
    _receipts()
    _proof_ends()


def _terms() -> None:
    op.create_table(
        "keeping_terms",
        _key("id"),
        sa.Column("analysis_months", sa.Integer(), nullable=False),
        sa.Column("unsent_months", sa.Integer(), nullable=False),
        sa.Column("proof_months", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _key("set_by_id"),
        _key("organisation_id"),
        sa.CheckConstraint(
            "analysis_months BETWEEN 1 AND 24 AND unsent_months BETWEEN 1 AND 24",
            name=op.f("ck_keeping_terms_content"),
        ),
        sa.CheckConstraint(
            "proof_months BETWEEN 12 AND 120 AND proof_months >= analysis_months",
            name=op.f("ck_keeping_terms_proof"),
        ),
        _foreign("keeping_terms", "set_by_id", "account"),
        _foreign("keeping_terms", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeping_terms")),
    )
    op.create_index("ix_keeping_terms_set", "keeping_terms", ["set_at", "organisation_id"])


def _receipts() -> None:
    op.create_table(
        "keeping_run",
        _key("id"),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("analyses", sa.Integer(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("introductions", sa.Integer(), nullable=False),
        sa.Column("proofs", sa.Integer(), nullable=False),
        _key("organisation_id"),
        sa.CheckConstraint(
            "analyses + papers + introductions + proofs > 0", name=op.f("ck_keeping_run_counts")
        ),
        _foreign("keeping_run", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeping_run")),
    )
    op.create_index("ix_keeping_run_at", "keeping_run", ["ran_at", "organisation_id"])


def _proof_ends() -> None:
    op.create_table(
        "proof_end",
        _key("id"),
        sa.Column("ended_before", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        _key("organisation_id"),
        sa.CheckConstraint("ended_before < noted_on", name=op.f("ck_proof_end_past")),
        _foreign("proof_end", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_end")),
    )
    if _is_sqlite():
        for verb in ("UPDATE", "DELETE"):
            _refuse("proof_end", verb)
        for table, over in OVER.items():
            op.execute(f"DROP TRIGGER {table}_no_delete")
            _refuse(table, "DELETE", over)
        return
    _refuse_by_function("proof_end")
    op.execute(
        "CREATE TRIGGER proof_end_append_only BEFORE UPDATE OR DELETE ON proof_end "
        "FOR EACH ROW EXECUTE FUNCTION proof_end_append_only()"
    )
    for table, over in OVER.items():
        _refuse_by_function(table, over)


def downgrade() -> None:
    """Nobody lets a proof go any more; what was erased is gone, with the papers' rows."""
    if _is_sqlite():
        for table in OVER:
            op.execute(f"DROP TRIGGER {table}_no_delete")
            _refuse(table, "DELETE")
    else:
        for table in OVER:
            _refuse_by_function(table)
    op.drop_table("proof_end")
    if not _is_sqlite():
        op.execute("DROP FUNCTION proof_end_append_only()")
    op.drop_table("keeping_run")
    op.drop_table("keeping_terms")
    op.execute("DELETE FROM release WHERE file_id IS NULL")
    with op.batch_alter_table("release") as batch:
        batch.drop_constraint(op.f("ck_release_erased"), type_="check")
        batch.alter_column("file_id", existing_type=sa.String(length=20), nullable=False)
        batch.drop_column("erased_at")
    op.drop_column("analysis", "erased_at")
