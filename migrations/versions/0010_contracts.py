"""Versions of contracts, signatures, checklists and the time before the first day.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    "contract_setting",
    "account_change",
    "contract",
    "orientation",
    "contract_question",
    "contract_signature",
)


def refuse_changes(table: str) -> None:
    """Let nobody update or delete a row."""
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
    )


def upgrade() -> None:
    """Contracts with their versions; who waits for the first day; work found before it.

    The two new columns stand empty in old rows: nobody of them waits, and no outcome of them was
    found before a start. They are added without making the tables anew.
    """
    _make_contract_setting()
    _make_account_change()
    _make_contract()
    _make_orientation()
    _make_contract_question()
    _make_contract_signature()
    refuse_changes("contract_signature")
    op.add_column("enrolment", sa.Column("waiting_from", sa.Date(), nullable=True))
    op.add_column("outcome", sa.Column("before_start_on", sa.Date(), nullable=True))


def _make_contract_setting() -> None:
    op.create_table(
        "contract_setting",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=160), nullable=False),
        sa.Column("pension_insurer", sa.String(length=120), nullable=False),
        sa.Column("accident_insurer", sa.String(length=120), nullable=False),
        sa.Column("accident_policy", sa.String(length=60), nullable=False),
        sa.Column("pay_days", sa.Integer(), nullable=False),
        sa.Column("trial_days", sa.Integer(), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("training", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "pension_insurer <> '' AND accident_insurer <> '' AND accident_policy <> ''",
            name=op.f("ck_contract_setting_insurers"),
        ),
        sa.CheckConstraint("pay_days BETWEEN 0 AND 31", name=op.f("ck_contract_setting_pay_days")),
        sa.CheckConstraint(
            "trial_days BETWEEN 0 AND 180", name=op.f("ck_contract_setting_trial_days")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_setting_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_setting")),
        sa.UniqueConstraint(
            "valid_from",
            "organisation_id",
            name=op.f("uq_contract_setting_valid_from_organisation_id"),
        ),
    )


def _make_account_change() -> None:
    op.create_table(
        "account_change",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("bank_account", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_to", sa.String(length=60), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "proved_at IS NULL OR sent_to <> ''", name=op.f("ck_account_change_proved")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_account_change_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_account_change_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_change")),
    )
    op.create_index("ix_account_change_person", "account_change", ["person_id", "asked_at"])


def _make_contract() -> None:
    op.create_table(
        "contract",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "offered",
                "signed_by_one",
                "signed",
                "declined",
                "replaced",
                "ended",
                name="contract_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("hourly", sa.Integer(), nullable=False),
        sa.Column("allowance", sa.Integer(), nullable=False),
        sa.Column("outcome_bonus", sa.Integer(), nullable=False),
        sa.Column("agreed_minutes", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=120), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "nature_of_work",
                "own_wish",
                "long_term_unemployed",
                "first_contract",
                name="ground_key",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ground_reason", sa.String(length=300), nullable=False),
        sa.Column("trial_days", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_by_id", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by_id", sa.String(length=20), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.String(length=20), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("record_file_id", sa.String(length=20), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_words", sa.LargeBinary(), nullable=True),
        sa.Column(
            "ending",
            sa.Enum(
                "term_over",
                "agreed_before_start",
                "not_concluded",
                "trial_by_employee",
                "trial_by_employer",
                "agreed",
                "cancelled",
                name="ending_key",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'ended') = (ending IS NOT NULL) AND (ending IS NULL) = (ended_on IS NULL)",
            name=op.f("ck_contract_ending"),
        ),
        sa.CheckConstraint(
            "state <> 'signed' OR signed_at IS NOT NULL", name=op.f("ck_contract_signed_at")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'ended', 'replaced')"
            " OR (file_id IS NOT NULL AND sha256 IS NOT NULL AND content IS NOT NULL)",
            name=op.f("ck_contract_issued"),
        ),
        sa.CheckConstraint("agreed_minutes > 0", name=op.f("ck_contract_agreed_minutes")),
        sa.CheckConstraint(
            "allowance >= 0 AND outcome_bonus >= 0", name=op.f("ck_contract_not_negative")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_contract_dates")),
        sa.CheckConstraint("hourly > 0", name=op.f("ck_contract_hourly")),
        sa.CheckConstraint("trial_days >= 0", name=op.f("ck_contract_trial_days")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_contract_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_contract_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_contract_file_id")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_contract_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["account.id"], name=op.f("fk_contract_offered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contract_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contract_person_id")),
        sa.ForeignKeyConstraint(
            ["record_file_id"], ["stored_file.id"], name=op.f("fk_contract_record_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint(
            "enrolment_id", "edition", name=op.f("uq_contract_enrolment_id_edition")
        ),
        sa.UniqueConstraint(
            "number",
            "edition",
            "organisation_id",
            name=op.f("uq_contract_number_edition_organisation_id"),
        ),
    )
    op.create_index("ix_contract_person", "contract", ["person_id"])
    op.create_index(
        "uq_contract_in_force",
        "contract",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("state = 'signed'"),
        postgresql_where=sa.text("state = 'signed'"),
    )
    op.create_index(
        "uq_contract_open",
        "contract",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'offered', 'signed_by_one')"),
        postgresql_where=sa.text("state IN ('draft', 'offered', 'signed_by_one')"),
    )


def _make_orientation() -> None:
    op.create_table(
        "orientation",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("enrolment_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("marked_by_id", sa.String(length=20), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_orientation_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["account.id"], name=op.f("fk_orientation_marked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_orientation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_orientation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orientation")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_orientation_enrolment_id")),
    )
    op.create_index(op.f("ix_orientation_person_id"), "orientation", ["person_id"])


def _make_contract_question() -> None:
    op.create_table(
        "contract_question",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("contract_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "employer",
                "employee",
                "start",
                "end",
                "ground",
                "trial_period",
                "place",
                "tasks",
                "pay",
                "pay_period",
                "working_time",
                "holiday",
                "notice",
                "collective_agreement",
                "pension_insurer",
                "accident_insurer",
                "training",
                name="term_key",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("question", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by_id", sa.String(length=20), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_contract_question_answered")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_contract_question_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_question_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_question_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contract_question_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_question")),
    )
    op.create_index("ix_contract_question_contract", "contract_question", ["contract_id"])
    op.create_index(op.f("ix_contract_question_person_id"), "contract_question", ["person_id"])


def _make_contract_signature() -> None:
    op.create_table(
        "contract_signature",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("contract_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "employer",
                "employee",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "code",
                "sign_in",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_to", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "method <> 'code' OR sent_to <> ''", name=op.f("ck_contract_signature_sent_to")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_contract_signature_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_signature_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_signature_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contract_signature_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_signature")),
        sa.UniqueConstraint(
            "contract_id", "side", name=op.f("uq_contract_signature_contract_id_side")
        ),
    )
    op.create_index(op.f("ix_contract_signature_person_id"), "contract_signature", ["person_id"])


def downgrade() -> None:
    """Take all of it away; employments, which pay rests on, stay."""
    op.drop_column("outcome", "before_start_on")
    op.drop_column("enrolment", "waiting_from")
    if op.get_context().dialect.name != "sqlite":
        op.execute("DROP TRIGGER contract_signature_append_only ON contract_signature")
        op.execute("DROP FUNCTION contract_signature_append_only()")
    for table in reversed(TABLES):
        op.drop_table(table)
