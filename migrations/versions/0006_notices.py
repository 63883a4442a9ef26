"""Channels, preferences, own wordings and delivery states of messages.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STATES = ("waiting", "sent", "delivered", "refused", "expired", "failed")
_OLD_STATES = ("waiting", "sent", "refused", "expired")
_TROUBLES = (
    "server_down",
    "cut_off",
    "try_later",
    "address_refused",
    "message_refused",
    "reported",
    "no_address",
    "too_late",
    "gave_up",
)
_NEW = (
    ("subject_id", sa.String(20)),
    ("address_index", sa.String(64)),
    ("stop_link", sa.LargeBinary()),
    ("language", sa.String(2)),
    ("once", sa.String(120)),
    ("send_after", sa.DateTime(timezone=True)),
    ("next_try_at", sa.DateTime(timezone=True)),
    ("settled_at", sa.DateTime(timezone=True)),
    ("quiet_from_minute", sa.Integer()),
    ("quiet_to_minute", sa.Integer()),
    ("zone", sa.String(40)),
    ("gateway_id", sa.String(120)),
)


def _enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _allowed(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    """The outbox learns channels, tries and ends; three new tables."""
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(op.f("ck_message_message_state"), type_="check")
        for name, kind in _NEW:
            batch.add_column(sa.Column(name, kind, nullable=True))
        batch.add_column(sa.Column("trouble", sa.String(40), nullable=True))
        batch.alter_column("channel", type_=sa.String(40), existing_type=sa.String(10))
    _settle_what_is_over()
    with op.batch_alter_table("message") as batch:
        batch.create_check_constraint(op.f("ck_message_message_state"), _allowed("state", _STATES))
        batch.create_check_constraint(
            op.f("ck_message_channel"), _allowed("channel", ("email", "sms"))
        )
        batch.create_check_constraint(op.f("ck_message_trouble"), _allowed("trouble", _TROUBLES))
        batch.create_check_constraint(
            op.f("ck_message_settled"), "(state = 'waiting') = (settled_at IS NULL)"
        )
        batch.create_unique_constraint(op.f("uq_message_once"), ["once"])
        batch.create_index(op.f("ix_message_subject_id"), ["subject_id"])
        batch.create_index(op.f("ix_message_gateway_id"), ["gateway_id"])
        batch.create_index("ix_message_settled", ["settled_at"])
    _make_wordings()
    _make_choices()
    _make_failures()


def _settle_what_is_over() -> None:
    """Messages that were sent, refused or too late ended when they were sent, else when written."""
    message = sa.table(
        "message", sa.column("state"), sa.column("settled_at"), sa.column("sent_at"),
        sa.column("created_at"),
    )  # fmt: skip
    op.execute(
        message.update()
        .where(message.c.state != "waiting")
        .values(settled_at=sa.func.coalesce(message.c.sent_at, message.c.created_at))
    )


def _make_wordings() -> None:
    op.create_table(
        "own_wording",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sms", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.String(20), nullable=True),
        sa.Column("written_by", sa.String(120), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_own_wording_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_wording")),
    )
    op.create_index(
        "uq_own_wording_open",
        "own_wording",
        ["kind", "language", "organisation_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _make_choices() -> None:
    op.create_table(
        "message_choice",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.String(20), nullable=False),
        sa.Column("channel", _enum("channel", ("email", "sms")), nullable=False),
        sa.Column("language", sa.String(2), nullable=True),
        sa.Column("quiet_from_minute", sa.Integer(), nullable=False),
        sa.Column("quiet_to_minute", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quiet_from_minute BETWEEN 0 AND 1440", name=op.f("ck_message_choice_quiet_from")
        ),
        sa.CheckConstraint(
            "quiet_to_minute BETWEEN 0 AND 1440", name=op.f("ck_message_choice_quiet_to")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_choice")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_message_choice_subject_id")),
    )
    op.create_table(
        "declined_kind",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declined_kind")),
        sa.UniqueConstraint("subject_id", "kind", name=op.f("uq_declined_kind_subject_id_kind")),
    )


def _make_failures() -> None:
    op.create_table(
        "failed_address",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.String(20), nullable=False),
        sa.Column("channel", _enum("channel", ("email", "sms")), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("address_index", sa.String(64), nullable=False),
        sa.Column("trouble", _enum("trouble", _TROUBLES), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_failed_address_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_address")),
        sa.UniqueConstraint(
            "subject_id",
            "address_index",
            "organisation_id",
            name=op.f("uq_failed_address_subject_id_address_index_organisation_id"),
        ),
    )
    op.create_index("ix_failed_address_failed", "failed_address", ["failed_at"])


def downgrade() -> None:
    """What was delivered was sent; a message that failed is refused; text messages are gone."""
    for table in ("failed_address", "declined_kind", "message_choice", "own_wording"):
        op.drop_table(table)
    message = sa.table("message", sa.column("state"), sa.column("channel"))
    with op.batch_alter_table("message") as batch:
        for index in (op.f("ix_message_subject_id"), op.f("ix_message_gateway_id")):
            batch.drop_index(index)
        batch.drop_index("ix_message_settled")
        batch.drop_constraint(op.f("uq_message_once"), type_="unique")
        for name in ("message_state", "channel", "trouble", "settled"):
            batch.drop_constraint(op.f(f"ck_message_{name}"), type_="check")
    op.execute(message.delete().where(message.c.channel == "sms"))
    op.execute(message.update().where(message.c.state == "delivered").values(state="sent"))
    op.execute(message.update().where(message.c.state == "failed").values(state="refused"))
    with op.batch_alter_table("message") as batch:
        for name, _kind in reversed(_NEW):
            batch.drop_column(name)
        batch.drop_column("trouble")
        batch.alter_column("channel", type_=sa.String(10), existing_type=sa.String(40))
        batch.create_check_constraint(
            op.f("ck_message_message_state"), _allowed("state", _OLD_STATES)
        )
