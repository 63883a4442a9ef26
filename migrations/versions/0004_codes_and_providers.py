"""Codes to phone or e-mail, proofs for signing, and outside identity providers.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Accounts by e-mail, phone or both; one-time codes for every purpose.

    Codes for signing in live 15 minutes: those of the old table are not worth carrying over.
    """
    with op.batch_alter_table("account") as account:
        account.alter_column("email", existing_type=sa.String(length=254), nullable=True)
        account.add_column(sa.Column("phone", sa.String(length=20), nullable=True))
        account.drop_constraint("uq_account_email", type_="unique")
        account.create_check_constraint("address", "email IS NOT NULL OR phone IS NOT NULL")
    for address in ("email", "phone"):
        op.create_index(
            f"uq_account_{address}_open",
            "account",
            [address],
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
    op.drop_table("sign_in_code")
    _make_codes()
    _make_providers()


def _make_codes() -> None:
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=True),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("sent_to", sa.String(length=60), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("link_digest", sa.String(length=64), nullable=False),
        sa.Column("link_code_digest", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > asked_at", name=op.f("ck_one_time_code_lives")),
        sa.CheckConstraint(
            "spent_at IS NULL OR spent_at >= asked_at", name=op.f("ck_one_time_code_spent_after")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_one_time_code_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("request_digest", name=op.f("uq_one_time_code_request_digest")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_one_time_code_link_digest")),
    )
    op.create_index(op.f("ix_one_time_code_account_id"), "one_time_code", ["account_id"])
    op.create_index(op.f("ix_one_time_code_asked_at"), "one_time_code", ["asked_at"])
    op.create_index("ix_one_time_code_counted", "one_time_code", ["address_digest", "asked_at"])


def _make_providers() -> None:
    op.create_table(
        "identity_provider",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("client_secret", sa.LargeBinary(), nullable=True),
        sa.Column("domains", sa.Text(), nullable=False),
        sa.Column("required_acr", sa.String(length=200), nullable=True),
        sa.Column(
            "second_factor",
            sa.Enum(
                "claimed",
                "always",
                name="second_factor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("required_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("break_glass_id", sa.String(length=20), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(required_at IS NULL) = (break_glass_id IS NULL)",
            name=op.f("ck_identity_provider_break_glass"),
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR required_at IS NULL",
            name=op.f("ck_identity_provider_ended_is_not_required"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_identity_provider_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["break_glass_id"], ["account.id"], name=op.f("fk_identity_provider_break_glass_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_provider")),
    )
    op.create_index(
        op.f("ix_identity_provider_organisation_id"), "identity_provider", ["organisation_id"]
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_identity_provider_live",
        "identity_provider",
        ["issuer", "organisation_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    _make_ties()


def _make_ties() -> None:
    provider, account = ["identity_provider.id"], ["account.id"]
    op.create_table(
        "identity_tie",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("provider_id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("tied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], provider, name=op.f("fk_identity_tie_provider_id")
        ),
        sa.ForeignKeyConstraint(["account_id"], account, name=op.f("fk_identity_tie_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_tie")),
        sa.UniqueConstraint(
            "provider_id",
            "issuer",
            "subject",
            name=op.f("uq_identity_tie_provider_id_issuer_subject"),
        ),
        sa.UniqueConstraint(
            "account_id", "provider_id", name=op.f("uq_identity_tie_account_id_provider_id")
        ),
    )
    op.create_table(
        "provider_request",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("provider_id", sa.String(length=20), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > asked_at", name=op.f("ck_provider_request_lives")),
        sa.ForeignKeyConstraint(
            ["provider_id"], provider, name=op.f("fk_provider_request_provider_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_request")),
        sa.UniqueConstraint("request_digest", name=op.f("uq_provider_request_request_digest")),
    )
    op.create_index(op.f("ix_provider_request_asked_at"), "provider_request", ["asked_at"])


def downgrade() -> None:
    """Back to accounts by e-mail; who has only a phone number gets an address that none reaches."""
    for table in ("provider_request", "identity_tie", "identity_provider"):
        op.drop_table(table)
    op.drop_table("one_time_code")
    op.create_table(
        "sign_in_code",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_code_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_code")),
        sa.UniqueConstraint("request_digest", name=op.f("uq_sign_in_code_request_digest")),
    )
    op.create_index(op.f("ix_sign_in_code_account_id"), "sign_in_code", ["account_id"])
    for address in ("email", "phone"):
        op.drop_index(f"uq_account_{address}_open", "account")
    # closed accounts may share an address with an open one: theirs is made their own
    op.execute(
        "UPDATE account SET email = id || '@closed.invalid' WHERE email IS NULL"
        " OR (closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM account AS other"
        " WHERE other.email = account.email AND other.id <> account.id))"
    )
    with op.batch_alter_table("account") as account:
        account.drop_constraint(op.f("ck_account_address"), type_="check")
        account.create_unique_constraint(op.f("uq_account_email"), ["email"])
        account.drop_column("phone")
        account.alter_column("email", existing_type=sa.String(length=254), nullable=False)
