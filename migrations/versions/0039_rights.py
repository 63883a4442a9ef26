"""Requests about one's data, copies that were made, and restrictions of processing.

Revision: 0039, after 0038.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_RESTRICTION, _REQUEST, _COPY = "processing_restriction", "data_request", "data_copy"
_REASONS = ("accuracy", "unlawful", "claim", "objection")
_KINDS = ("copy", "correction", "erasure", "restriction", "objection")
_STATES = ("asked", "in_work", "done", "refused", "taken_back")
_AREAS = (
    *("contact", "identity", "recruitment", "hours", "search", "talks", "analysis", "pay"),
    *("outcome", "follow_up", "all"),
)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _links(table: str, **links: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))
        for name, to in links.items()
    ]


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Nobody has asked anything yet."""
    _make_restrictions()
    _make_requests()
    op.create_table(
        _COPY,
        _key("id"),
        _key("person_id", nullable=True),
        _key("account_id"),
        _key("request_id", nullable=True),
        _at("made_at"),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        _key("organisation_id"),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_data_copy_size")),
        sa.CheckConstraint(
            "request_id IS NULL OR person_id IS NOT NULL", name=op.f("ck_data_copy_asked")
        ),
        *_links(
            _COPY,
            person_id="person",
            account_id="account",
            request_id=_REQUEST,
            organisation_id="organisation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_copy")),
    )
    op.create_index("ix_data_copy_person", _COPY, ["person_id", "made_at"])
    op.create_index("ix_data_copy_account", _COPY, ["account_id", "made_at"])


def _make_restrictions() -> None:
    op.create_table(
        _RESTRICTION,
        _key("id"),
        _key("person_id"),
        sa.Column("reason", _choice("restriction_reason", *_REASONS), nullable=False),
        _at("began_at"),
        _key("began_by_id"),
        _at("ended_at", nullable=True),
        _key("ended_by_id", nullable=True),
        _key("organisation_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)",
            name=op.f("ck_processing_restriction_ended"),
        ),
        *_links(
            _RESTRICTION,
            person_id="person",
            began_by_id="account",
            ended_by_id="account",
            organisation_id="organisation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_restriction")),
    )
    op.create_index(op.f("ix_processing_restriction_person_id"), _RESTRICTION, ["person_id"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_processing_restriction_open",
        _RESTRICTION,
        ["person_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _make_requests() -> None:
    op.create_table(
        _REQUEST,
        _key("id"),
        _key("person_id"),
        sa.Column("kind", _choice("request_kind", *_KINDS), nullable=False),
        sa.Column("area", _choice("area", *_AREAS), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("state", _choice("request_state", *_STATES), nullable=False),
        _at("asked_at"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        _key("asked_by_id"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _at("later_at", nullable=True),
        sa.Column("later_reason", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        _at("answered_at", nullable=True),
        _key("answered_by_id", nullable=True),
        _at("taken_back_at", nullable=True),
        _key("organisation_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_checks(),
        *_links(
            _REQUEST,
            person_id="person",
            asked_by_id="account",
            answered_by_id="account",
            organisation_id="organisation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index(op.f("ix_data_request_person_id"), _REQUEST, ["person_id"])
    op.create_index("ix_data_request_due", _REQUEST, ["due_on", "organisation_id"])


def _checks() -> list[sa.CheckConstraint]:
    rules = {
        "answered": "(state IN ('done', 'refused')) = (answered_at IS NOT NULL)",
        "answer": "(answered_at IS NULL) = (answered_by_id IS NULL)"
        " AND (answered_at IS NULL) = (answer IS NULL)",
        "taken_back": "(state = 'taken_back') = (taken_back_at IS NOT NULL)",
        "later": "(later_at IS NULL) = (later_reason IS NULL)",
        "due": "due_on > asked_on",
    }
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_data_request_{name}"))
        for name, rule in rules.items()
    ]


def downgrade() -> None:
    """What was asked is gone."""
    for table in (_COPY, _REQUEST, _RESTRICTION):
        op.drop_table(table)
