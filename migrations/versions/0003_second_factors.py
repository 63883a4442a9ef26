"""Second factors, recovery codes and passkeys of staff.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_LIVE = sa.text("ended_at IS NULL AND confirmed_at IS NOT NULL")
_PENDING = sa.text("ended_at IS NULL AND confirmed_at IS NULL")
_OPEN = sa.text("ended_at IS NULL")
_WAYS = (
    "code",
    "link",
    "password",
    "authenticator",
    "recovery_code",
    "passkey",
    "provider",
)
_PURPOSES = ("first_password", "new_password", "start_again", "new_email")


def _enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")
    )


def upgrade() -> None:
    """How a sign-in began, when it was last proven, and the factors of staff.

    Sign-ins of before were by code for participants and municipal coaches, else by password; they
    end, so that staff come back through the second factor.
    """
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.add_column(
            sa.Column("way", _enum("way", _WAYS), nullable=False, server_default="code")
        )
        sign_in.add_column(
            sa.Column(
                "stage",
                _enum("stage", ("whole", "set_up")),
                nullable=False,
                server_default="whole",
            )
        )
        sign_in.add_column(sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE sign_in SET proven_at = started_at")
    staff = "SELECT id FROM membership WHERE role NOT IN ('participant', 'municipal_coach')"
    op.execute(f"UPDATE sign_in SET way = 'password' WHERE membership_id IN ({staff})")  # noqa: S608
    op.execute(
        "UPDATE sign_in SET ended_at = last_seen_at WHERE way = 'password' AND ended_at IS NULL"
    )
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.alter_column("way", existing_type=sa.String(40), server_default=None)
        sign_in.alter_column("stage", existing_type=sa.String(40), server_default=None)
        sign_in.alter_column("proven_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("account_link") as link:
        link.add_column(
            sa.Column(
                "purpose",
                _enum("link_purpose", _PURPOSES),
                nullable=False,
                server_default="first_password",
            )
        )
        link.add_column(sa.Column("new_email", sa.String(length=254), nullable=True))
        link.create_check_constraint(
            op.f("ck_account_link_new_email"), "(purpose = 'new_email') = (new_email IS NOT NULL)"
        )
    with op.batch_alter_table("account_link") as link:
        link.alter_column("purpose", existing_type=sa.String(40), server_default=None)
    _make_factors()
    _make_passkeys()
    _make_tries()


def _make_factors() -> None:
    op.create_table(
        "authenticator",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= made_at", name=op.f("ck_authenticator_ends_after")
        ),
        _of_account("authenticator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator")),
    )
    op.create_index(op.f("ix_authenticator_account_id"), "authenticator", ["account_id"])
    for name, where in (("live", _LIVE), ("pending", _PENDING)):
        op.create_index(
            f"uq_authenticator_{name}",
            "authenticator",
            ["account_id"],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        _of_account("recovery_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint(
            "account_id", "digest", name=op.f("uq_recovery_code_account_id_digest")
        ),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])


def _make_passkeys() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("credential_digest", sa.String(length=64), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= made_at", name=op.f("ck_passkey_ends_after")
        ),
        _of_account("passkey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])
    op.create_index(
        "uq_passkey_credential_live",
        "passkey",
        ["credential_digest"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "spent_challenge",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_spent_challenge")),
    )
    op.create_index(op.f("ix_spent_challenge_spent_at"), "spent_challenge", ["spent_at"])


def _make_tries() -> None:
    op.create_table(
        "wrong_tries",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_wrong_tries_counted")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_wrong_tries")),
    )
    op.create_index(op.f("ix_wrong_tries_last_at"), "wrong_tries", ["last_at"])
    op.create_table(
        "known_device",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        _of_account("known_device"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_device")),
        sa.UniqueConstraint("account_id", "digest", name=op.f("uq_known_device_account_id_digest")),
    )
    op.create_index(op.f("ix_known_device_seen_at"), "known_device", ["seen_at"])
    op.create_table(
        "half_sign_in",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("membership_id", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > started_at", name=op.f("ck_half_sign_in_lives")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_half_sign_in_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_half_sign_in")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_half_sign_in_secret_digest")),
    )
    op.create_index(op.f("ix_half_sign_in_membership_id"), "half_sign_in", ["membership_id"])
    op.create_index(op.f("ix_half_sign_in_expires_at"), "half_sign_in", ["expires_at"])


def downgrade() -> None:
    """Staff sign in by password alone again; links that confirm an address are gone."""
    for table in (
        "half_sign_in",
        "known_device",
        "wrong_tries",
        "spent_challenge",
        "passkey",
        "recovery_code",
        "authenticator",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM account_link WHERE purpose = 'new_email'")
    with op.batch_alter_table("account_link") as link:
        link.drop_constraint(op.f("ck_account_link_new_email"), type_="check")
        link.drop_constraint(op.f("ck_account_link_link_purpose"), type_="check")
        link.drop_column("new_email")
        link.drop_column("purpose")
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.drop_constraint(op.f("ck_sign_in_way"), type_="check")
        sign_in.drop_constraint(op.f("ck_sign_in_stage"), type_="check")
        for column in ("way", "stage", "proven_at"):
            sign_in.drop_column(column)
