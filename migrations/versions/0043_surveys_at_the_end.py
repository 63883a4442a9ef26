"""Surveys that end early, and those that go by themselves when a group ends.

Revision: 0043, after 0041.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_KEY = sa.String(length=20)
_PLAN = "end_survey_plan"


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """No survey was ended early, and no programme asks at the end."""
    _make_plan()
    with op.batch_alter_table("survey") as batch:
        batch.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("end_plan_id", _KEY, nullable=True))
    with op.batch_alter_table("survey") as batch:
        batch.create_foreign_key(op.f("fk_survey_end_plan_id"), _PLAN, ["end_plan_id"], ["id"])
        batch.create_unique_constraint(
            op.f("uq_survey_end_plan_id_cohort_id"), ["end_plan_id", "cohort_id"]
        )
        batch.create_check_constraint(
            op.f("ck_survey_ended"), "ended_at IS NULL OR sent_at IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_survey_of_a_group"), "end_plan_id IS NULL OR cohort_id IS NOT NULL"
        )


def _make_plan() -> None:
    op.create_table(
        _PLAN,
        sa.Column("id", _KEY, nullable=False),
        sa.Column("organisation_id", _KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("programme_id", _KEY, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("open_days", sa.Integer(), nullable=False),
        sa.Column("questions", sa.String(length=120), nullable=False),
        _check(_PLAN, "open_days", "open_days BETWEEN 3 AND 60"),
        _check(_PLAN, "has_questions", "questions <> ''"),
        _to(_PLAN, "organisation_id", "organisation"),
        _to(_PLAN, "programme_id", "programme"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_PLAN}")),
        sa.UniqueConstraint("programme_id", name=op.f(f"uq_{_PLAN}_programme_id")),
    )


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("survey") as batch:
        batch.drop_constraint(op.f("ck_survey_of_a_group"), type_="check")
        batch.drop_constraint(op.f("ck_survey_ended"), type_="check")
        batch.drop_constraint(op.f("uq_survey_end_plan_id_cohort_id"), type_="unique")
        batch.drop_constraint(op.f("fk_survey_end_plan_id"), type_="foreignkey")
        batch.drop_column("end_plan_id")
        batch.drop_column("ended_at")
    op.drop_table(_PLAN)
