"""Leads and interviews, details of actions, corrections, and how a provider follows the search.

Revision: 0018, after 0017.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _foreign(
    table: str, column: str, to: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    """Five tables, and columns of the three that there are."""
    _make_leads()
    _make_interviews()
    _make_corrections()
    _widen_action()
    _key_employers()
    _name_origins()


def _make_leads() -> None:
    op.create_table(
        "lead",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("employer_id", sa.String(length=20), nullable=False),
        sa.Column("role_title", sa.String(length=120), nullable=False),
        sa.Column(
            "source",
            _enum(
                "lead_source",
                "advert",
                "public_service",
                "acquaintance",
                "group",
                "agency",
                "coach",
                "own_idea",
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            _enum(
                "lead_stage",
                "found",
                "applied",
                "interview",
                "offer",
                "hired",
                "rejected",
                "no_answer",
                "dropped",
            ),
            nullable=False,
        ),
        sa.Column("stage_on", sa.Date(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("next_step", sa.String(length=200), nullable=False),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("advert", sa.String(length=8000), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(next_step = '') = (next_step_on IS NULL)", name=op.f("ck_lead_next_step")
        ),
        sa.CheckConstraint("role_title <> ''", name=op.f("ck_lead_role_title")),
        _foreign("lead", "cohort_id", "cohort"),
        _foreign("lead", "employer_id", "employer"),
        _foreign("lead", "enrolment_id", "enrolment"),
        _foreign("lead", "organisation_id", "organisation"),
        _foreign("lead", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    op.create_index("ix_lead_cohort", "lead", ["cohort_id", "next_step_on"])
    op.create_index(op.f("ix_lead_employer_id"), "lead", ["employer_id"])
    op.create_index(op.f("ix_lead_enrolment_id"), "lead", ["enrolment_id"])
    op.create_index("ix_lead_person_stage", "lead", ["person_id", "stage"])
    op.create_table(
        "lead_move",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("lead_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column(
            "from_stage",
            _enum(
                "from_stage",
                "found",
                "applied",
                "interview",
                "offer",
                "hired",
                "rejected",
                "no_answer",
                "dropped",
            ),
            nullable=True,
        ),
        sa.Column(
            "to_stage",
            _enum(
                "to_stage",
                "found",
                "applied",
                "interview",
                "offer",
                "hired",
                "rejected",
                "no_answer",
                "dropped",
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by_id", sa.String(length=20), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign("lead_move", "cohort_id", "cohort"),
        _foreign("lead_move", "lead_id", "lead", "CASCADE"),
        _foreign("lead_move", "moved_by_id", "account"),
        _foreign("lead_move", "organisation_id", "organisation"),
        _foreign("lead_move", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_move")),
    )
    op.create_index(op.f("ix_lead_move_cohort_id"), "lead_move", ["cohort_id"])
    op.create_index("ix_lead_move_lead", "lead_move", ["lead_id", "moved_at"])
    op.create_index(op.f("ix_lead_move_person_id"), "lead_move", ["person_id"])


def _make_interviews() -> None:
    op.create_table(
        "interview",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("employer_id", sa.String(length=20), nullable=False),
        sa.Column("lead_id", sa.String(length=20), nullable=True),
        sa.Column("action_id", sa.String(length=20), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("way", _enum("interview_way", "on_site", "phone", "video"), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("went", _enum("went", "well", "fairly", "hard"), nullable=True),
        sa.Column("learned", sa.String(length=1000), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_interview_minutes")),
        _foreign("interview", "action_id", "action"),
        _foreign("interview", "cohort_id", "cohort"),
        _foreign("interview", "employer_id", "employer"),
        _foreign("interview", "enrolment_id", "enrolment"),
        _foreign("interview", "lead_id", "lead"),
        _foreign("interview", "organisation_id", "organisation"),
        _foreign("interview", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("action_id", name=op.f("uq_interview_action_id")),
    )
    op.create_index("ix_interview_cohort_starts", "interview", ["cohort_id", "starts_at"])
    op.create_index(op.f("ix_interview_employer_id"), "interview", ["employer_id"])
    op.create_index(op.f("ix_interview_enrolment_id"), "interview", ["enrolment_id"])
    op.create_index(op.f("ix_interview_lead_id"), "interview", ["lead_id"])
    op.create_index("ix_interview_person_starts", "interview", ["person_id", "starts_at"])
    op.create_table(
        "interview_tick",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("interview_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column(
            "item",
            _enum(
                "preparation",
                "employer",
                "strengths",
                "example",
                "questions",
                "way_there",
                "papers",
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign("interview_tick", "interview_id", "interview", "CASCADE"),
        _foreign("interview_tick", "organisation_id", "organisation"),
        _foreign("interview_tick", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_tick")),
        sa.UniqueConstraint(
            "interview_id", "item", name=op.f("uq_interview_tick_interview_id_item")
        ),
    )
    op.create_index(op.f("ix_interview_tick_person_id"), "interview_tick", ["person_id"])


def _make_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("old_id", sa.String(length=20), nullable=True),
        sa.Column("new_id", sa.String(length=20), nullable=True),
        sa.Column("goal_id", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "(goal_id IS NULL) = (old_id IS NOT NULL OR new_id IS NOT NULL)",
            name=op.f("ck_correction_what"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_correction_reason")),
        _foreign("correction", "corrected_by_id", "account"),
        _foreign("correction", "goal_id", "goal"),
        _foreign("correction", "new_id", "action"),
        _foreign("correction", "old_id", "action"),
        _foreign("correction", "organisation_id", "organisation"),
        _foreign("correction", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("new_id", name=op.f("uq_correction_new_id")),
        sa.UniqueConstraint("old_id", name=op.f("uq_correction_old_id")),
    )
    op.create_index(op.f("ix_correction_goal_id"), "correction", ["goal_id"])
    op.create_index(op.f("ix_correction_person_id"), "correction", ["person_id"])
    op.create_table(
        "tracker_settings",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("cooling_days", sa.Integer(), nullable=False),
        sa.Column("quiet_days", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "cooling_days BETWEEN 0 AND 30", name=op.f("ck_tracker_settings_cooling_days")
        ),
        sa.CheckConstraint("id = organisation_id", name=op.f("ck_tracker_settings_one")),
        sa.CheckConstraint(
            "quiet_days BETWEEN 1 AND 60", name=op.f("ck_tracker_settings_quiet_days")
        ),
        _foreign("tracker_settings", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracker_settings")),
    )


def _widen_action() -> None:
    with op.batch_alter_table("action") as batch:
        batch.add_column(sa.Column("lead_id", sa.String(length=20), nullable=True))
        for column in _DETAILS:
            batch.add_column(column())
        batch.create_foreign_key(op.f("fk_action_lead_id"), "lead", ["lead_id"], ["id"])
        batch.drop_index(op.f("ix_action_enrolment_id"))
    op.create_index("ix_action_results", "action", ["enrolment_id", *_SUMMED])
    op.create_index(op.f("ix_action_lead_id"), "action", ["lead_id"])
    op.create_index(
        "ix_action_to_remember",
        "action",
        ["employer_id"],
        sqlite_where=sa.text(_TO_REMEMBER),
        postgresql_where=sa.text(_TO_REMEMBER),
    )
    op.create_index(
        "ix_action_reply_to_remember",
        "action",
        ["employer_id"],
        sqlite_where=sa.text(_REPLIES),
        postgresql_where=sa.text(_REPLIES),
    )


_SUMMED = (
    *("activity", "channel", "source", "on", "undone_at"),
    *("count", "reply", "reached", "organisation_id"),
)
_TO_REMEMBER = "employer_id IS NOT NULL AND remembered_at IS NULL"
_REPLIES = "employer_id IS NOT NULL AND reply IS NOT NULL AND reply_remembered_at IS NULL"
_CHANNELS = ("phone", "visit", "email", "web", "acquaintance", "other")
_DETAILS = (
    lambda: sa.Column("channel", _enum("channel", *_CHANNELS), nullable=True),
    lambda: sa.Column("reached", _enum("reached", "yes", "no"), nullable=True),
    lambda: sa.Column("reply", _enum("reply", "interested", "later", "no"), nullable=True),
    lambda: sa.Column("replied_on", sa.Date(), nullable=True),
    lambda: sa.Column("private_at", sa.DateTime(timezone=True), nullable=True),
    lambda: sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
    lambda: sa.Column("remembered_at", sa.DateTime(timezone=True), nullable=True),
    lambda: sa.Column("reply_remembered_at", sa.DateTime(timezone=True), nullable=True),
)


def _key_employers() -> None:
    """Each name in the form in which names are compared, as the rules of that day made it."""
    with op.batch_alter_table("employer") as batch:
        batch.add_column(
            sa.Column("name_key", sa.String(length=120), nullable=False, server_default="")
        )
    employer = sa.table("employer", sa.column("id"), sa.column("name"), sa.column("name_key"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(employer.c.id, employer.c.name)).all():
        key = sa.update(employer).where(employer.c.id == row.id).values(name_key=_key(row.name))
        connection.execute(key)
    with op.batch_alter_table("employer") as batch:
        batch.alter_column("name_key", server_default=None)
    op.create_index(op.f("ix_employer_name_key"), "employer", ["name_key"])


_FORMS = frozenset({"oy", "oyj", "ab", "abp", "ky", "kb", "ay", "tmi", "ry", "rf", "osk", "ltd"})


def _key(name: str) -> str:
    plain = " ".join(name.replace("\u00ad", "").casefold().split())
    words = re.sub(r"[^\w&+]+", " ", plain.replace("osakeyhtiö", "oy")).split()
    return " ".join(word for word in words if word not in _FORMS) or plain


def _name_origins() -> None:
    """Goals of people whose figures came from a file came from it too."""
    with op.batch_alter_table("goal") as batch:
        batch.add_column(
            sa.Column(
                "origin",
                _enum("goal_origin", "ramp", "set", "imported"),
                nullable=False,
                server_default="set",
            )
        )
    op.execute(
        "UPDATE goal SET origin = 'imported' WHERE enrolment_id IN"
        " (SELECT enrolment_id FROM action WHERE source = 'imported')"
    )
    with op.batch_alter_table("goal") as batch:
        batch.alter_column("origin", server_default=None)


def downgrade() -> None:
    """What stands in them is gone."""
    with op.batch_alter_table("goal") as batch:
        batch.drop_constraint(op.f("ck_goal_goal_origin"), type_="check")
        batch.drop_column("origin")
    with op.batch_alter_table("employer") as batch:
        batch.drop_index(op.f("ix_employer_name_key"))
        batch.drop_column("name_key")
    with op.batch_alter_table("action") as batch:
        batch.drop_index("ix_action_results")
        batch.create_index(op.f("ix_action_enrolment_id"), ["enrolment_id"])
        batch.drop_index("ix_action_reply_to_remember")
        batch.drop_index("ix_action_to_remember")
        batch.drop_index(op.f("ix_action_lead_id"))
        batch.drop_constraint(op.f("fk_action_lead_id"), type_="foreignkey")
        for check in ("channel", "reached", "reply"):
            batch.drop_constraint(op.f(f"ck_action_{check}"), type_="check")
        for column in (*(make().name for make in _DETAILS), "lead_id"):
            batch.drop_column(column)
    op.drop_table("tracker_settings")
    op.drop_table("correction")
    op.drop_table("interview_tick")
    op.drop_table("interview")
    op.drop_table("lead_move")
    op.drop_table("lead")
