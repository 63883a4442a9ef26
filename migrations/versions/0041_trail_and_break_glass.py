"""The trail's pages, checks of its chain, broken glass, and reviews of the impact on people.

Revision: 0041, after 0038.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = ("incident", "request", "restore")
_APPEND_ONLY = ("audit_check", "glass_page", "impact_review")
_INDEXES = {
    "ix_audit_entry_organisation_at": ("audit_entry", ["organisation_id", "at", "id"]),
    "ix_audit_entry_account_at": ("audit_entry", ["account_id", "at", "id"]),
    "ix_access_entry_at": ("access_entry", ["at", "id"]),
    "ix_access_entry_account_at": (
        "access_entry",
        ["account_id", "at", "person_id", "refused", "organisation_id"],
    ),
}
_REPLACED = ("audit_entry", "access_entry")


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


def _link(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))


def upgrade() -> None:
    """Nothing was checked, looked at or reviewed yet."""
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)
    for table in _REPLACED:
        op.drop_index(op.f(f"ix_{table}_organisation_id"), table_name=table)
    op.create_table(
        "audit_check",
        sa.Column("id", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("seals", sa.Integer(), nullable=False),
        sa.Column("last_seal_id", _SEQUENCE, nullable=True),
        sa.Column("last_digest", sa.String(length=64), nullable=True),
        sa.Column("broken", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_check")),
    )
    _make_glass()
    _make_reviews()
    for table in _APPEND_ONLY:
        refuse_changes(table)


def _make_glass() -> None:
    kind = sa.Enum(*_KINDS, name="glass_kind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "break_glass",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("sign_in_id", sa.String(length=20), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("reason", sa.String(length=600), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) BETWEEN 20 AND 600", name=op.f("ck_break_glass_reason")),
        sa.CheckConstraint(
            "ended_by_id IS NULL OR ended_at IS NOT NULL", name=op.f("ck_break_glass_ended")
        ),
        sa.CheckConstraint("ends_at > began_at", name=op.f("ck_break_glass_lasts")),
        _link("break_glass", "organisation_id", "organisation"),
        _link("break_glass", "account_id", "account"),
        _link("break_glass", "ended_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
    )
    still = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_break_glass_open",
        "break_glass",
        ["account_id"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )
    op.create_index("ix_break_glass_began", "break_glass", ["began_at", "organisation_id"])
    op.create_table(
        "glass_page",
        sa.Column("id", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("glass_id", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("method", sa.String(length=8), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        _link("glass_page", "glass_id", "break_glass"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glass_page")),
    )
    op.create_index("ix_glass_page_glass", "glass_page", ["glass_id", "id"])


def _make_reviews() -> None:
    op.create_table(
        "impact_review",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("consulted", sa.String(length=1000), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint("next_review_on > reviewed_on", name=op.f("ck_impact_review_next")),
        _link("impact_review", "organisation_id", "organisation"),
        _link("impact_review", "kept_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_review")),
    )
    op.create_index("ix_impact_review_kept", "impact_review", ["kept_at", "organisation_id"])


def downgrade() -> None:
    """What was checked, looked at and reviewed is gone."""
    for table in ("impact_review", "glass_page", "break_glass", "audit_check"):
        op.drop_table(table)
        if op.get_context().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only()")
    for table in _REPLACED:
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])
    for name, (table, _columns) in _INDEXES.items():
        op.drop_index(name, table_name=table)
