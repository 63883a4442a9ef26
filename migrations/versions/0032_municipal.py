"""The municipal coach: administrators, questions and moves.

Revision: 0032, after 0031.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_ROLES = ("operator", "manager", "coach", "payroll_clerk", "participant", "municipal_coach")
_KINDS = ("newer", "left_out", "longer", "permission", "talk")


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _allow_roles(*roles: str) -> None:
    allowed = ", ".join(f"'{role}'" for role in roles)
    for table in ("membership", "invitation"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_role"), type_="check")
        with op.batch_alter_table(table) as batch:
            batch.create_check_constraint(op.f(f"ck_{table}_role"), f"role IN ({allowed})")


def upgrade() -> None:
    """One role more, one open link of a person, and two tables."""
    _allow_roles(*_ROLES, "municipal_admin")
    # of several links without an end the newest goes on; the others ended when it began
    op.execute(
        "UPDATE coach_link SET valid_to = valid_from WHERE valid_to IS NULL AND EXISTS ("
        "SELECT 1 FROM coach_link AS other WHERE other.person_id = coach_link.person_id"
        " AND other.valid_to IS NULL AND (other.valid_from > coach_link.valid_from"
        " OR (other.valid_from = coach_link.valid_from AND other.id < coach_link.id)))"
    )
    op.add_column("coach_link", _at("began_at", nullable=True))
    goes_on = sa.text("valid_to IS NULL")
    op.create_index(
        "uq_coach_link_open",
        "coach_link",
        ["person_id"],
        unique=True,
        sqlite_where=goes_on,
        postgresql_where=goes_on,
    )
    _ask()


def _ask() -> None:
    kind = sa.Enum(
        *_KINDS, name="question_kind", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "client_question",
        _key("id"),
        _key("person_id"),
        _key("asked_by_id"),
        sa.Column("kind", kind, nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        _at("asked_at"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        _at("hidden_at", nullable=True),
        _key("organisation_id"),
        sa.CheckConstraint("expires_on > asked_on", name=op.f("ck_client_question_expires")),
        _foreign("client_question", "person_id", "person"),
        _foreign("client_question", "asked_by_id", "account"),
        _foreign("client_question", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_question")),
        sa.UniqueConstraint(
            "person_id",
            "asked_by_id",
            "week",
            name=op.f("uq_client_question_person_id_asked_by_id_week"),
        ),
    )
    op.create_index("ix_client_question_asked_by", "client_question", ["asked_by_id", "person_id"])
    op.create_index("ix_client_question_expires", "client_question", ["expires_on"])
    op.create_table(
        "question_stop",
        _key("id"),
        _key("person_id"),
        _key("asked_by_id"),
        _at("since"),
        _key("organisation_id"),
        _foreign("question_stop", "person_id", "person"),
        _foreign("question_stop", "asked_by_id", "account"),
        _foreign("question_stop", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_stop")),
        sa.UniqueConstraint(
            "person_id", "asked_by_id", name=op.f("uq_question_stop_person_id_asked_by_id")
        ),
    )
    op.create_index("ix_question_stop_asked_by", "question_stop", ["asked_by_id"])


def downgrade() -> None:
    """Questions are gone, and with them the administrators' memberships and invitations."""
    op.drop_table("question_stop")
    op.drop_table("client_question")
    op.drop_index("uq_coach_link_open", "coach_link")
    with op.batch_alter_table("coach_link") as batch:
        batch.drop_column("began_at")
    admins = "SELECT id FROM membership WHERE role = 'municipal_admin'"
    op.execute(f"DELETE FROM sign_in WHERE membership_id IN ({admins})")  # noqa: S608
    for table in ("membership", "invitation"):
        op.execute(f"DELETE FROM {table} WHERE role = 'municipal_admin'")  # noqa: S608
    _allow_roles(*_ROLES)
