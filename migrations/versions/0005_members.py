"""Invitations, settings of organisations, and the closing of accounts.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ROLES = ("operator", "manager", "coach", "payroll_clerk", "participant", "municipal_coach")
_DETAILS = (
    ("street", 120),
    ("postal_code", 10),
    ("city", 60),
    ("email", 254),
    ("privacy_name", 120),
    ("privacy_email", 254),
    ("privacy_phone", 30),
)
_person = sa.table("person", sa.column("id"), sa.column("email"), sa.column("organisation_id"))
_NOT_ENDED = sa.text("ended_at IS NULL")
_IS_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Invitations, an organisation's details, roles that end and begin again, one address each."""
    _give_details()
    _let_roles_begin_again()
    _make_invitations()
    _write_addresses_in_one_spelling()
    op.create_index("uq_person_email", "person", ["email", "organisation_id"], unique=True)


def _give_details() -> None:
    with op.batch_alter_table("organisation") as organisation:
        for name, length in _DETAILS:
            organisation.add_column(sa.Column(name, sa.String(length=length), nullable=True))
        organisation.add_column(
            sa.Column("language", sa.String(length=2), nullable=False, server_default="fi")
        )
        organisation.add_column(
            sa.Column("version", sa.Integer(), nullable=False, server_default="1")
        )
    with op.batch_alter_table("organisation") as organisation:
        organisation.alter_column("language", existing_type=sa.String(2), server_default=None)
        organisation.alter_column("version", existing_type=sa.Integer(), server_default=None)


def _let_roles_begin_again() -> None:
    with op.batch_alter_table("membership") as membership:
        membership.add_column(sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
        membership.drop_constraint("uq_membership_account_id_organisation_id_role", type_="unique")
    op.create_index(
        "uq_membership_role_open",
        "membership",
        ["account_id", "organisation_id", "role"],
        unique=True,
        sqlite_where=_NOT_ENDED,
        postgresql_where=_NOT_ENDED,
    )


def _make_invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("inviting_id", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", _choice("role", *_ROLES), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "state",
            _choice("invitation_state", "open", "expired", "accepted", "revoked"),
            nullable=False,
        ),
        sa.Column("invited_by_id", sa.String(length=20), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times_sent", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'expired'", name=op.f("ck_invitation_never_kept_as_expired")),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at IS NULL)", name=op.f("ck_invitation_settled")
        ),
        sa.CheckConstraint(
            "(state = 'accepted') = (account_id IS NOT NULL)",
            name=op.f("ck_invitation_accepted_by"),
        ),
        sa.CheckConstraint("expires_at > sent_at", name=op.f("ck_invitation_lives")),
        sa.CheckConstraint("role <> 'participant'", name=op.f("ck_invitation_no_participant")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_invitation_{column}"))
            for column, table in _PARENTS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    for column, _table in _PARENTS:
        op.create_index(op.f(f"ix_invitation_{column}"), "invitation", [column])
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["email", "role", "organisation_id"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )


_PARENTS = (
    ("organisation_id", "organisation"),
    ("inviting_id", "organisation"),
    ("invited_by_id", "account"),
    ("account_id", "account"),
)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _write_addresses_in_one_spelling() -> None:
    """Addresses in small letters; who has one that is another's too keeps none of her own.

    Which of the two is meant, only the provider knows: the person stays, with her phone number.
    """
    bind = op.get_bind()
    bind.execute(sa.update(_person).values(email=sa.func.lower(sa.func.trim(_person.c.email))))
    bind.execute(sa.update(_person).where(_person.c.email == "").values(email=None))
    other = _person.alias("other")
    earlier = sa.exists().where(
        other.c.email == _person.c.email,
        other.c.organisation_id == _person.c.organisation_id,
        other.c.id < _person.c.id,
    )
    bind.execute(sa.update(_person).where(earlier).values(email=None))


def downgrade() -> None:
    """Back to one membership of a kind: of several only the one that is open, or the last."""
    op.drop_index("uq_person_email", table_name="person")
    op.drop_table("invitation")
    _keep_one_of_each_role()
    op.drop_index("uq_membership_role_open", "membership")
    with op.batch_alter_table("membership") as membership:
        membership.drop_column("began_at")
        membership.create_unique_constraint(
            op.f("uq_membership_account_id_organisation_id_role"),
            ["account_id", "organisation_id", "role"],
        )
    with op.batch_alter_table("organisation") as organisation:
        for name in ("version", "language", *(name for name, _length in _DETAILS)):
            organisation.drop_column(name)


def _keep_one_of_each_role() -> None:
    """Sign-ins of a role that was held twice go to the membership that stays."""
    kept = (
        "SELECT kept.id FROM membership AS kept WHERE kept.account_id = membership.account_id"
        " AND kept.organisation_id = membership.organisation_id AND kept.role = membership.role"
        " ORDER BY (kept.ended_at IS NULL) DESC, kept.ended_at DESC, kept.id LIMIT 1"
    )
    op.execute(
        f"UPDATE sign_in SET membership_id = (SELECT ({kept}) FROM membership"  # noqa: S608
        " WHERE membership.id = sign_in.membership_id)"
    )
    op.execute(f"DELETE FROM membership WHERE id <> ({kept})")  # noqa: S608
