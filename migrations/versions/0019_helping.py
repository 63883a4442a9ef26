"""Tips, calls for help, praise, pairs, and what is remembered of companies.

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
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
    """Seven tables."""
    _make_tips()
    _make_help()
    _make_companies()


def _make_tips() -> None:
    op.create_table(
        "tip",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=True),
        sa.Column("shared_by_id", sa.String(length=20), nullable=False),
        sa.Column("company", sa.String(length=120), nullable=False),
        sa.Column("company_key", sa.String(length=120), nullable=False),
        sa.Column("role_title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("company <> ''", name=op.f("ck_tip_company")),
        _foreign("tip", "cohort_id", "cohort"),
        _foreign("tip", "organisation_id", "organisation"),
        _foreign("tip", "person_id", "person"),
        _foreign("tip", "shared_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip")),
    )
    op.create_index("ix_tip_cohort", "tip", ["cohort_id", "shared_at"])
    op.create_index(op.f("ix_tip_person_id"), "tip", ["person_id"])
    op.create_table(
        "tip_claim",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("tip_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("lead_id", sa.String(length=20), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _foreign("tip_claim", "lead_id", "lead"),
        _foreign("tip_claim", "organisation_id", "organisation"),
        _foreign("tip_claim", "person_id", "person"),
        _foreign("tip_claim", "tip_id", "tip", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_claim")),
    )
    op.create_index(op.f("ix_tip_claim_person_id"), "tip_claim", ["person_id"])
    op.create_index(
        "uq_tip_claim_live",
        "tip_claim",
        ["tip_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )


def _make_help() -> None:
    op.create_table(
        "help_call",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("helper_id", sa.String(length=20), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_help_call_words")),
        _foreign("help_call", "cohort_id", "cohort"),
        _foreign("help_call", "enrolment_id", "enrolment"),
        _foreign("help_call", "helper_id", "account"),
        _foreign("help_call", "organisation_id", "organisation"),
        _foreign("help_call", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_call")),
    )
    op.create_index("ix_help_call_cohort", "help_call", ["cohort_id", "asked_at"])
    op.create_index(op.f("ix_help_call_person_id"), "help_call", ["person_id"])
    op.create_index(
        "uq_help_call_open",
        "help_call",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "praise",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("from_id", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "words", _enum("praise_words", "well_done", "thanks", "keep_going"), nullable=False
        ),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign("praise", "cohort_id", "cohort"),
        _foreign("praise", "enrolment_id", "enrolment"),
        _foreign("praise", "from_id", "account"),
        _foreign("praise", "organisation_id", "organisation"),
        _foreign("praise", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_praise")),
        sa.UniqueConstraint(
            "enrolment_id",
            "from_id",
            "on",
            "words",
            name=op.f("uq_praise_enrolment_id_from_id_on_words"),
        ),
    )
    op.create_index(op.f("ix_praise_cohort_id"), "praise", ["cohort_id"])
    op.create_index(op.f("ix_praise_from_id"), "praise", ["from_id"])
    op.create_index(op.f("ix_praise_person_id"), "praise", ["person_id"])
    op.create_table(
        "buddy",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("pair", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        _foreign("buddy", "cohort_id", "cohort"),
        _foreign("buddy", "enrolment_id", "enrolment"),
        _foreign("buddy", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buddy")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_buddy_enrolment_id")),
    )
    op.create_index("ix_buddy_cohort", "buddy", ["cohort_id", "pair"])


def _make_companies() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("takes_calls", _enum("takes_calls", "yes", "no"), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _foreign("company", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint(
            "name_key", "organisation_id", name=op.f("uq_company_name_key_organisation_id")
        ),
    )
    op.create_table(
        "company_channel",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("company_id", sa.String(length=20), nullable=False),
        sa.Column(
            "channel",
            _enum("channel", "phone", "visit", "email", "web", "acquaintance", "other"),
            nullable=False,
        ),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("interviews", sa.Integer(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "contacts >= 0 AND replies >= 0 AND interviews >= 0",
            name=op.f("ck_company_channel_counts"),
        ),
        _foreign("company_channel", "company_id", "company", "CASCADE"),
        _foreign("company_channel", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_channel")),
        sa.UniqueConstraint(
            "company_id", "channel", name=op.f("uq_company_channel_company_id_channel")
        ),
    )


def downgrade() -> None:
    """What stands in them is gone."""
    op.drop_table("company_channel")
    op.drop_table("company")
    op.drop_table("buddy")
    op.drop_table("praise")
    op.drop_table("help_call")
    op.drop_table("tip_claim")
    op.drop_table("tip")
