"""Referrals, moves, contact attempts and forgetting of candidates.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOVE_KIND = ("move", "exit", "return", "undo")
_STAGE = ("referred", "contacted", "invited", "attended", "selected", "signed", "started")
_EXIT = (
    "not_reached",
    "did_not_come",
    "found_work",
    "studies",
    "declined",
    "not_eligible",
    "other",
)
_CALL_WHY = (
    "first_call",
    "try_again",
    "call_back",
    "missed_session",
    "seat_offered",
    "introduced_again",
)
_CONTACT_CHANNEL = ("phone", "sms", "email", "meeting")
_CONTACT_RESULT = ("reached", "no_answer", "left_message", "wrong_number")
_CHANNEL = ("personal_link", "signed_in", "imported", "own_application")
_KNOWN_BY = ("phone", "email", "identity_code")
_AGREED_HOW = ("by_link", "spoken")

_candidate = sa.table(
    "candidate",
    sa.column("stage"),
    sa.column("exit_reason"),
    sa.column("referred_on", sa.Date()),
    sa.column("call_on", sa.Date()),
    sa.column("call_why"),
)


def _enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Channel, words and calls of candidates, and a table for each thing that is done with them."""
    _widen_candidate()
    _put_on_call_list()
    _make_candidate_move()
    _make_recruitment_settings()
    _make_contact_attempt()
    _make_referrer()
    _make_referral()
    _make_follow_agreement()
    _make_candidate_sheet()
    _make_forgetting_run()
    _make_forgotten_count()


def downgrade() -> None:
    """The tables go, and with them every introduction, move and attempt."""
    for table in (
        "forgotten_count",
        "forgetting_run",
        "candidate_sheet",
        "follow_agreement",
        "referral",
        "referrer",
        "contact_attempt",
        "recruitment_settings",
        "candidate_move",
    ):
        op.drop_table(table)
    with op.batch_alter_table("candidate") as batch:
        batch.drop_index("ix_candidate_call")
        for check in ("call", "tries", "exit_words", "channel", "call_why"):
            batch.drop_constraint(op.f(f"ck_candidate_{check}"), type_="check")
        for column in (
            "entered_on",
            "tries",
            "call_when",
            "call_why",
            "call_on",
            "exit_words",
            "channel",
        ):
            batch.drop_column(column)


def _widen_candidate() -> None:
    """Who is there already came in a sheet; nothing was said of her beyond the coded reason."""
    with op.batch_alter_table("candidate") as batch:
        batch.add_column(
            sa.Column(
                "channel", _enum("channel", _CHANNEL), nullable=False, server_default="imported"
            )
        )
        batch.add_column(
            sa.Column("exit_words", sa.String(length=200), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("call_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("call_why", _enum("call_why", _CALL_WHY), nullable=True))
        batch.add_column(
            sa.Column("call_when", sa.String(length=120), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("candidate") as batch:
        for column in ("channel", "exit_words", "call_when", "tries"):
            batch.alter_column(column, server_default=None)
        batch.create_check_constraint(
            op.f("ck_candidate_exit_words"),
            "exit_words = '' OR COALESCE(exit_reason, '') = 'other'",
        )
        batch.create_check_constraint(op.f("ck_candidate_tries"), "tries >= 0")
        batch.create_check_constraint(
            op.f("ck_candidate_call"), "(call_on IS NULL) = (call_why IS NULL)"
        )
        batch.create_index("ix_candidate_call", ["call_on", "id"])


def _put_on_call_list() -> None:
    """Whoever waits for a first call is on the list since the day of her introduction."""
    op.get_bind().execute(
        sa.update(_candidate)
        .where(_candidate.c.stage == "referred", _candidate.c.exit_reason.is_(None))
        .values(call_on=_candidate.c.referred_on, call_why="first_call")
    )


def _make_candidate_move() -> None:
    op.create_table(
        "candidate_move",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _enum("move_kind", _MOVE_KIND),
            nullable=False,
        ),
        sa.Column(
            "from_stage",
            _enum("from_stage", _STAGE),
            nullable=False,
        ),
        sa.Column(
            "to_stage",
            _enum("to_stage", _STAGE),
            nullable=False,
        ),
        sa.Column(
            "from_exit",
            _enum("from_exit", _EXIT),
            nullable=True,
        ),
        sa.Column(
            "to_exit",
            _enum("to_exit", _EXIT),
            nullable=True,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by_id", sa.String(length=20), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("undoes_id", sa.String(length=20), nullable=True),
        sa.Column("was_on", sa.Date(), nullable=True),
        sa.Column("was_words", sa.String(length=200), nullable=False),
        sa.Column("was_call_on", sa.Date(), nullable=True),
        sa.Column(
            "was_call_why",
            _enum("call_why", _CALL_WHY),
            nullable=True,
        ),
        sa.Column("was_tries", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "(kind = 'undo') = (undoes_id IS NOT NULL)", name=op.f("ck_candidate_move_undo")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            ondelete="CASCADE",
            name=op.f("fk_candidate_move_candidate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["moved_by_id"], ["account.id"], name=op.f("fk_candidate_move_moved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_candidate_move_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_candidate_move_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["candidate_move.id"], name=op.f("fk_candidate_move_undoes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_move")),
        sa.UniqueConstraint(
            "candidate_id", "number", name=op.f("uq_candidate_move_candidate_id_number")
        ),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_candidate_move_undoes_id")),
    )
    op.create_index(
        op.f("ix_candidate_move_moved_by_id"), "candidate_move", ["moved_by_id"], unique=False
    )
    op.create_index("ix_candidate_move_person", "candidate_move", ["person_id"], unique=False)


def _make_recruitment_settings() -> None:
    op.create_table(
        "recruitment_settings",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("tries_before_closing", sa.Integer(), nullable=False),
        sa.Column("forget_after_months", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "forget_after_months BETWEEN 1 AND 24", name=op.f("ck_recruitment_settings_months")
        ),
        sa.CheckConstraint("id = organisation_id", name=op.f("ck_recruitment_settings_one")),
        sa.CheckConstraint(
            "tries_before_closing BETWEEN 1 AND 20", name=op.f("ck_recruitment_settings_tries")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_recruitment_settings_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruitment_settings")),
    )


def _make_contact_attempt() -> None:
    op.create_table(
        "contact_attempt",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            _enum("contact_channel", _CONTACT_CHANNEL),
            nullable=False,
        ),
        sa.Column(
            "result",
            _enum("contact_result", _CONTACT_RESULT),
            nullable=False,
        ),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("tried_by_id", sa.String(length=20), nullable=True),
        sa.Column("move_id", sa.String(length=20), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.String(length=20), nullable=True),
        sa.Column("was_call_on", sa.Date(), nullable=True),
        sa.Column(
            "was_call_why",
            _enum("call_why", _CALL_WHY),
            nullable=True,
        ),
        sa.Column("was_tries", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "undone_by_id IS NULL OR undone_at IS NOT NULL", name=op.f("ck_contact_attempt_undone")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            ondelete="CASCADE",
            name=op.f("fk_contact_attempt_candidate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["move_id"], ["candidate_move.id"], name=op.f("fk_contact_attempt_move_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contact_attempt_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_attempt_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["tried_by_id"], ["account.id"], name=op.f("fk_contact_attempt_tried_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["account.id"], name=op.f("fk_contact_attempt_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
        sa.UniqueConstraint(
            "candidate_id", "number", name=op.f("uq_contact_attempt_candidate_id_number")
        ),
        sa.UniqueConstraint("move_id", name=op.f("uq_contact_attempt_move_id")),
    )
    op.create_index("ix_contact_attempt_person", "contact_attempt", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_contact_attempt_tried_by_id"), "contact_attempt", ["tried_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_contact_attempt_undone_by_id"), "contact_attempt", ["undone_by_id"], unique=False
    )


def _make_referrer() -> None:
    op.create_table(
        "referrer",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("municipality", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.String(length=20), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_referrer_has_a_name")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_referrer_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_referrer_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_referrer_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrer")),
        sa.UniqueConstraint(
            "account_id", "organisation_id", name=op.f("uq_referrer_account_id_organisation_id")
        ),
        sa.UniqueConstraint(
            "email", "organisation_id", name=op.f("uq_referrer_email_organisation_id")
        ),
    )
    op.create_index(op.f("ix_referrer_made_by_id"), "referrer", ["made_by_id"], unique=False)


def _make_referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("referrer_id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=True),
        sa.Column(
            "channel",
            _enum("channel", _CHANNEL),
            nullable=False,
        ),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("family_name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("municipality", sa.String(length=60), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("call_when", sa.String(length=120), nullable=False),
        sa.Column(
            "known_by",
            _enum("known_by", _KNOWN_BY),
            nullable=True,
        ),
        sa.Column("statement_edition", sa.String(length=20), nullable=False),
        sa.Column("statement_language", sa.String(length=2), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_referral_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            ondelete="CASCADE",
            name=op.f("fk_referral_candidate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_referral_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id")),
        sa.ForeignKeyConstraint(
            ["referrer_id"], ["referrer.id"], name=op.f("fk_referral_referrer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_account_id"), "referral", ["account_id"], unique=False)
    op.create_index("ix_referral_candidate", "referral", ["candidate_id"], unique=False)
    op.create_index("ix_referral_person", "referral", ["person_id"], unique=False)
    op.create_index(
        "ix_referral_referrer", "referral", ["referrer_id", "referred_at"], unique=False
    )


def _make_follow_agreement() -> None:
    op.create_table(
        "follow_agreement",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("referrer_id", sa.String(length=20), nullable=False),
        sa.Column(
            "how",
            _enum("agreed_how", _AGREED_HOW),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=20), nullable=True),
        sa.Column("wording_edition", sa.String(length=20), nullable=False),
        sa.Column("wording_language", sa.String(length=2), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "(how = 'spoken') = (recorded_by_id IS NOT NULL)",
            name=op.f("ck_follow_agreement_recorded"),
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at",
            name=op.f("ck_follow_agreement_withdrawn"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            ondelete="CASCADE",
            name=op.f("fk_follow_agreement_candidate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_follow_agreement_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_follow_agreement_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_follow_agreement_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["referrer_id"], ["referrer.id"], name=op.f("fk_follow_agreement_referrer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_agreement")),
    )
    op.create_index("ix_follow_agreement_person", "follow_agreement", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_follow_agreement_recorded_by_id"),
        "follow_agreement",
        ["recorded_by_id"],
        unique=False,
    )
    op.create_index(
        "ix_follow_agreement_referrer", "follow_agreement", ["referrer_id"], unique=False
    )
    op.create_index(
        "uq_follow_agreement_open",
        "follow_agreement",
        ["candidate_id", "referrer_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _make_candidate_sheet() -> None:
    op.create_table(
        "candidate_sheet",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("heading_row", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_candidate_sheet_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_candidate_sheet_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_candidate_sheet_uploaded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_sheet")),
    )
    op.create_index(
        "ix_candidate_sheet_programme", "candidate_sheet", ["programme_id"], unique=False
    )
    op.create_index(
        op.f("ix_candidate_sheet_uploaded_by_id"),
        "candidate_sheet",
        ["uploaded_by_id"],
        unique=False,
    )


def _make_forgetting_run() -> None:
    op.create_table(
        "forgetting_run",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "candidates >= 1 AND persons BETWEEN 0 AND candidates",
            name=op.f("ck_forgetting_run_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_forgetting_run_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forgetting_run")),
    )
    op.create_index(
        "ix_forgetting_run_at", "forgetting_run", ["ran_at", "organisation_id"], unique=False
    )


def _make_forgotten_count() -> None:
    op.create_table(
        "forgotten_count",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("run_id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("ended_month", sa.Date(), nullable=False),
        sa.Column("municipality", sa.String(length=60), nullable=False),
        sa.Column(
            "channel",
            _enum("channel", _CHANNEL),
            nullable=False,
        ),
        sa.Column(
            "stage",
            _enum("stage", _STAGE),
            nullable=False,
        ),
        sa.Column(
            "exit_reason",
            _enum("exit_reason", _EXIT),
            nullable=True,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "stage NOT IN ('signed', 'started')", name=op.f("ck_forgotten_count_not_signed")
        ),
        sa.CheckConstraint("count >= 1", name=op.f("ck_forgotten_count_count")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_forgotten_count_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_forgotten_count_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["forgetting_run.id"], name=op.f("fk_forgotten_count_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forgotten_count")),
    )
    op.create_index(
        "ix_forgotten_count_programme", "forgotten_count", ["programme_id", "month"], unique=False
    )
    op.create_index(op.f("ix_forgotten_count_run_id"), "forgotten_count", ["run_id"], unique=False)
