"""The ledger of jobs, and short messages between participants and coaches.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_STATES = ("waiting", "running", "done", "failed")
_MOMENT = sa.DateTime(timezone=True)


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def upgrade() -> None:
    """What the scheduler knows of itself, turns with holder and state, short messages."""
    _make_schedulers()
    _widen_turns()
    _make_conversations()


def _make_schedulers() -> None:
    op.create_table(
        "scheduled_job",
        _key("id"),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("every_seconds", sa.Integer(), nullable=True),
        sa.Column("at_minute", sa.Integer(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("known_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "(every_seconds IS NULL) = (at_minute IS NOT NULL)",
            name=op.f("ck_scheduled_job_rhythm"),
        ),
        sa.CheckConstraint(
            "weekday IS NULL OR at_minute IS NOT NULL", name=op.f("ck_scheduled_job_weekday")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_job")),
        sa.UniqueConstraint("name", name=op.f("uq_scheduled_job_name")),
    )
    op.create_table(
        "scheduler",
        _key("id"),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("stopped_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduler")),
    )


def _widen_turns() -> None:
    """Turns of before are done, or failed where nobody wrote down their end."""
    with op.batch_alter_table("job_run") as batch:
        batch.add_column(sa.Column("lap", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("state", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="1"))
        for column in (_key("asked_by_id", nullable=True), _key("holder_id", nullable=True)):
            batch.add_column(column)
        batch.add_column(sa.Column("held_until", _MOMENT, nullable=True))
        batch.add_column(sa.Column("retry_at", _MOMENT, nullable=True))
        batch.add_column(sa.Column("outcome_gaps", sa.Text(), nullable=True))
        batch.add_column(sa.Column("problem", sa.String(length=80), nullable=True))
    op.execute(
        "UPDATE job_run SET state = CASE WHEN ended_at IS NULL OR outcome LIKE 'failed%' "
        "THEN 'failed' ELSE 'done' END"
    )
    with op.batch_alter_table("job_run") as batch:
        batch.alter_column("lap", existing_type=sa.Integer(), server_default=None)
        batch.alter_column("tries", existing_type=sa.Integer(), server_default=None)
        batch.alter_column("state", existing_type=sa.String(length=40), nullable=False)
        batch.drop_constraint(op.f("uq_job_run_job_due_at"), type_="unique")
        batch.create_unique_constraint(op.f("uq_job_run_job_lap_due_at"), ["job", "lap", "due_at"])
        batch.create_check_constraint(
            op.f("ck_job_run_run_state"), f"state IN ({', '.join(map(repr, _STATES))})"
        )
        batch.create_check_constraint(
            op.f("ck_job_run_asked"), "state <> 'waiting' OR asked_by_id IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_job_run_held"), "state <> 'running' OR held_until IS NOT NULL"
        )
        batch.create_foreign_key(op.f("fk_job_run_asked_by_id"), "account", ["asked_by_id"], ["id"])
    for state in ("running", "waiting"):
        only = sa.text(f"state = '{state}'")
        op.create_index(
            f"uq_job_run_{state}",
            "job_run",
            ["job"],
            unique=True,
            sqlite_where=only,
            postgresql_where=only,
        )
    op.create_index("ix_job_run_started_at", "job_run", ["started_at"])


def _make_conversations() -> None:
    op.create_table(
        "short_message",
        _key("id"),
        _key("enrolment_id"),
        _key("person_id"),
        _key("writer_id"),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        _key("organisation_id"),
        sa.CheckConstraint("side IN ('participant', 'coach')", name=op.f("ck_short_message_side")),
        sa.CheckConstraint(
            "(body IS NULL) = (withdrawn_at IS NOT NULL)", name=op.f("ck_short_message_withdrawn")
        ),
        *_links("short_message", enrolment="enrolment", person="person", writer="account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_message")),
    )
    op.create_index(
        "ix_short_message_conversation", "short_message", ["enrolment_id", "written_at"]
    )
    op.create_index("ix_short_message_person", "short_message", ["person_id"])
    op.create_table(
        "read_mark",
        _key("id"),
        _key("enrolment_id"),
        _key("person_id"),
        _key("account_id"),
        sa.Column("read_upto", _MOMENT, nullable=True),
        sa.Column("told_at", _MOMENT, nullable=True),
        _key("organisation_id"),
        *_links("read_mark", enrolment="enrolment", person="person", account="account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_mark")),
        sa.UniqueConstraint(
            "enrolment_id", "account_id", name=op.f("uq_read_mark_enrolment_id_account_id")
        ),
    )
    op.create_index("ix_read_mark_account", "read_mark", ["account_id"])
    op.create_index(op.f("ix_read_mark_person_id"), "read_mark", ["person_id"])
    op.add_column(
        "membership", sa.Column("unread", sa.Integer(), nullable=False, server_default="0")
    )


def _links(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """The foreign keys of a table, the organisation's among them."""
    return [
        sa.ForeignKeyConstraint([f"{name}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_id"))
        for name, other in {**columns, "organisation": "organisation"}.items()
    ]


def downgrade() -> None:
    """Short messages are gone, and turns that no scheduler had begun, and laps but the first."""
    op.drop_column("membership", "unread")
    op.drop_table("read_mark")
    op.drop_table("short_message")
    for name in ("ix_job_run_started_at", "uq_job_run_running", "uq_job_run_waiting"):
        op.drop_index(name, table_name="job_run")
    op.execute("DELETE FROM job_run WHERE lap > 0 OR state = 'waiting'")
    with op.batch_alter_table("job_run") as batch:
        batch.drop_constraint(op.f("fk_job_run_asked_by_id"), type_="foreignkey")
        for name in ("run_state", "asked", "held"):
            batch.drop_constraint(op.f(f"ck_job_run_{name}"), type_="check")
        batch.drop_constraint(op.f("uq_job_run_job_lap_due_at"), type_="unique")
        for column in (
            "lap",
            "state",
            "tries",
            "asked_by_id",
            "holder_id",
            "held_until",
            "retry_at",
            "outcome_gaps",
            "problem",
        ):
            batch.drop_column(column)
        batch.create_unique_constraint(op.f("uq_job_run_job_due_at"), ["job", "due_at"])
    op.drop_table("scheduler")
    op.drop_table("scheduled_job")
