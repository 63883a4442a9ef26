"""Outcomes as they were and their follow-up.

Revision: 0035, after 0034.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_ANSWERS = ("in_work", "not_in_work", "unknown")
_NEW_ANSWERS = ("gig", "studies", "entrepreneur", "rather_not")
_KINDS = (
    *("permanent_full_time", "permanent_part_time", "fixed_term_full_time"),
    *("fixed_term_part_time", "agency_work", "own_field_work", "freelance", "self_employment"),
    *("subsidised_work", "other_work", "studies"),
)
_CHANNELS = (
    *("advertised", "employer_contact", "agency"),
    *("own_network", "programme", "other"),
)
_FIELDS = ("own", "other")
_SEEN = ("contract", "payslip", "certificate", "study_place", "business", "other")
_ORIGINS = ("lead", "action")
_KEY = sa.String(length=20)
_WORD = sa.String(length=40)
_AT = sa.DateTime(timezone=True)
_OUTCOME_CHECKS = {
    "weekly_minutes": "weekly_minutes BETWEEN 15 AND 6000",
    "fit": "fit BETWEEN 1 AND 5",
    "one_origin": "lead_id IS NULL OR action_id IS NULL",
    "seen": "seen IS NULL OR evidence = 'document'",
    "checked": "(checked_at IS NULL) = (checked_by_id IS NULL)",
    "own_field": f"own_field IN {_FIELDS!r}",
    "seen_document": f"seen IN {_SEEN!r}",
}
_OUTCOME_COLUMNS = {
    "weekly_minutes": sa.Integer(),
    "own_field": _WORD,
    "fit": sa.Integer(),
    "lead_id": _KEY,
    "action_id": _KEY,
    "seen": _WORD,
    "checked_at": _AT,
    "checked_by_id": _KEY,
    "noted_at": _AT,
    "noted_by_id": _KEY,
}
_NOTERS = ("checked_by_id", "noted_by_id")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, values))})"


def upgrade() -> None:
    """Outcomes get their measures and how they are known; follow-up its questions and ways."""
    _change_outcomes()
    _change_answers()
    _make_follow_up()
    _make_told()


def _change_outcomes() -> None:
    with op.batch_alter_table("outcome") as batch:
        for name, kind in _OUTCOME_COLUMNS.items():
            batch.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("outcome") as batch:
        for name, condition in _OUTCOME_CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_outcome_{name}"), condition)
        for to in _ORIGINS:
            key = f"{to}_id"
            name = op.f(f"fk_outcome_{key}")
            batch.create_foreign_key(name, to, [key], ["id"], ondelete="SET NULL")
            batch.create_index(op.f(f"ix_outcome_{key}"), [key])
        for key in _NOTERS:
            batch.create_foreign_key(op.f(f"fk_outcome_{key}"), "account", [key], ["id"])


def _change_answers() -> None:
    with op.batch_alter_table("follow_up") as batch:
        batch.drop_constraint(op.f("ck_follow_up_answer"), type_="check")
        batch.add_column(sa.Column("point", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("way", _WORD, nullable=False, server_default="noted"))
        batch.add_column(sa.Column("noted_at", _AT, nullable=True))
        batch.add_column(sa.Column("noted_by_id", _KEY, nullable=True))
    with op.batch_alter_table("follow_up") as batch:
        batch.alter_column("way", existing_type=_WORD, server_default=None)
        for name, condition in (
            ("answer", _one_of("answer", (*_ANSWERS, *_NEW_ANSWERS))),
            ("way", _one_of("way", ("noted", "link", "call"))),
            ("point", "point BETWEEN 0 AND 24"),
            ("by_link", "way <> 'link' OR noted_by_id IS NULL"),
        ):
            batch.create_check_constraint(op.f(f"ck_follow_up_{name}"), condition)
        batch.create_unique_constraint(
            op.f("uq_follow_up_enrolment_id_point"), ["enrolment_id", "point"]
        )
        batch.create_foreign_key(
            op.f("fk_follow_up_noted_by_id"), "account", ["noted_by_id"], ["id"]
        )


def _keys(table: str, *to: str, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    """Columns that name rows of other tables, "column:table" or "column:table:ondelete"."""
    found: list[sa.schema.SchemaItem] = []
    for one in to:
        column, target, *rest = one.split(":")
        found.append(sa.Column(column, _KEY, nullable=nullable))
        found.append(
            sa.ForeignKeyConstraint(
                [column],
                [f"{target}.id"],
                name=op.f(f"fk_{table}_{column}"),
                ondelete=rest[0] if rest else None,
            )
        )
    return found


def _checks(table: str, conditions: dict[str, str]) -> list[sa.schema.SchemaItem]:
    return [
        sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
        for name, condition in conditions.items()
    ]


def _own(table: str, *, versioned: bool = True) -> list[sa.schema.SchemaItem]:
    found: list[sa.schema.SchemaItem] = [
        sa.Column("id", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *_keys(table, "organisation_id:organisation"),
    ]
    if versioned:
        found.append(sa.Column("version", sa.Integer(), nullable=False))
    return found


def _make_follow_up() -> None:
    table = "follow_up_plan"
    op.create_table(
        table,
        *_own(table),
        *_keys(table, "programme_id:programme:CASCADE"),
        sa.Column("points", _WORD, nullable=False),
        sa.Column("scheme", _WORD, nullable=False),
        *_checks(
            table, {"points": "points <> ''", "scheme": _one_of("scheme", ("usual", "esf_plus"))}
        ),
        sa.UniqueConstraint("programme_id", name=op.f(f"uq_{table}_programme_id")),
    )
    table = "follow_up_ask"
    op.create_table(
        table,
        *_own(table),
        *_keys(table, "enrolment_id:enrolment", "person_id:person"),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("last_sent_on", sa.Date(), nullable=True),
        *_checks(table, {"window": "closes_on >= opens_on", "sent": "sent BETWEEN 0 AND 3"}),
        sa.UniqueConstraint("enrolment_id", "point", name=op.f(f"uq_{table}_enrolment_id_point")),
    )
    op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])
    _make_calls()


def _make_calls() -> None:
    table = "follow_up_call"
    op.create_table(
        table,
        *_own(table, versioned=False),
        *_keys(table, "enrolment_id:enrolment", "person_id:person", "called_by_id:account"),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("called_at", _AT, nullable=False),
        sa.Column("result", _KEY, nullable=False),
        *_checks(table, {"result": _one_of("result", ("reached", "not_reached"))}),
    )
    op.create_index("ix_follow_up_call_enrolment", table, ["enrolment_id", "point"])
    op.create_index(op.f("ix_follow_up_call_person_id"), table, ["person_id"])
    table = "follow_up_objection"
    op.create_table(
        table,
        *_own(table, versioned=False),
        *_keys(table, "person_id:person"),
        *_keys(table, "noted_by_id:account", nullable=True),
        sa.Column("said_at", _AT, nullable=False),
        sa.Column("ended_at", _AT, nullable=True),
    )
    holds = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_follow_up_objection_open",
        table,
        ["person_id"],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )


def _make_told() -> None:
    table = "told_outcome"
    days = ("told_at", "began_on", "ended_on", "settled_at")
    conditions = {
        "days": "ended_on IS NULL OR began_on IS NULL OR ended_on >= began_on",
        "weekly_minutes": _OUTCOME_CHECKS["weekly_minutes"],
        "fit": _OUTCOME_CHECKS["fit"],
        "one_origin": _OUTCOME_CHECKS["one_origin"],
        "end": "ends_id IS NULL OR ended_on IS NOT NULL",
        "file": "file_id IS NULL OR state = 'told'",
        "settled": "(state = 'told') = (settled_at IS NULL)",
        "noted": "outcome_id IS NULL OR state = 'noted'",
        "told_state": _one_of("state", ("told", "noted", "not_so", "taken_back")),
        "outcome_kind": _one_of("kind", _KINDS),
        "own_field": _OUTCOME_CHECKS["own_field"],
        "found_through": _one_of("found_through", _CHANNELS),
    }
    origins = (
        *("lead_id:lead:SET NULL", "action_id:action:SET NULL", "file_id:stored_file"),
        *("follow_up_id:follow_up:SET NULL", "ends_id:outcome:SET NULL"),
        *("outcome_id:outcome:SET NULL", "settled_by_id:account"),
    )
    op.create_table(
        table,
        *_own(table),
        *_keys(table, "enrolment_id:enrolment", "person_id:person"),
        *_keys(table, *origins, nullable=True),
        sa.Column("state", _WORD, nullable=False),
        *(
            sa.Column(name, _AT if name.endswith("at") else sa.Date(), nullable=name != "told_at")
            for name in days
        ),
        *(sa.Column(name, _WORD, nullable=True) for name in ("kind", "own_field", "found_through")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("weekly_minutes", "fit")),
        *_checks(table, conditions),
        sa.UniqueConstraint("follow_up_id", name=op.f(f"uq_{table}_follow_up_id")),
    )
    for name, columns in (
        ("enrolment", ["enrolment_id", "state"]),
        ("person", ["person_id"]),
        ("lead_id", ["lead_id"]),
        ("action_id", ["action_id"]),
        ("ends_id", ["ends_id"]),
        ("outcome_id", ["outcome_id"]),
    ):
        op.create_index(f"ix_{table}_{name}", table, columns)


def downgrade() -> None:
    """What was told and asked is gone; an answer that is not known to the old house too."""
    for table in (
        *("told_outcome", "follow_up_objection", "follow_up_call", "follow_up_ask"),
        "follow_up_plan",
    ):
        op.drop_table(table)
    op.execute(
        "DELETE FROM follow_up WHERE answer IN ('gig', 'studies', 'entrepreneur', 'rather_not')"
    )
    with op.batch_alter_table("follow_up") as batch:
        batch.drop_constraint(op.f("fk_follow_up_noted_by_id"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_follow_up_enrolment_id_point"), type_="unique")
        for name in ("answer", "way", "point", "by_link"):
            batch.drop_constraint(op.f(f"ck_follow_up_{name}"), type_="check")
        for name in ("point", "way", "noted_at", "noted_by_id"):
            batch.drop_column(name)
    with op.batch_alter_table("follow_up") as batch:
        batch.create_check_constraint(op.f("ck_follow_up_answer"), _one_of("answer", _ANSWERS))
    with op.batch_alter_table("outcome") as batch:
        for name in _OUTCOME_CHECKS:
            batch.drop_constraint(op.f(f"ck_outcome_{name}"), type_="check")
        for key in (*(f"{to}_id" for to in _ORIGINS), *_NOTERS):
            batch.drop_constraint(op.f(f"fk_outcome_{key}"), type_="foreignkey")
        for to in _ORIGINS:
            batch.drop_index(op.f(f"ix_outcome_{to}_id"))
        for name in _OUTCOME_COLUMNS:
            batch.drop_column(name)
