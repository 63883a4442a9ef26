"""Info sessions and their bookings, wordings on trial, selection and the waiting list.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLES = (
    "seat_offer",
    "waiting_place",
    "criterion_answer",
    "selection_decision",
    "criterion",
    "criteria_edition",
    "expectation",
    "trial_case",
    "wording_trial",
    "marking",
    "booking",
    "info_session",
)

_RATES = (
    "tyel_employee_under53_and_63plus",
    "tyel_employee_53_62",
    "tyel_employee_all_ages",
    "tyel_employer_average",
    "tyel_contract_total",
    "tyel_temporary_total",
    "tyel_min_month",
    "tyel_temp_employer_limit_6m",
    "ui_employee",
    "ui_employer_low",
    "ui_employer_above_limit",
    "ui_payroll_limit_year",
    "health_employer",
    "tax_no_card",
    "holiday_comp_under_1y",
    "holiday_comp_1y_or_more",
    "tyossaoloehto_full_month",
    "tyossaoloehto_half_month",
    "benefit_protected_month",
)
_NEW_RATE = "benefit_reduction"


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Twelve tables; and one more figure among the rates, for the estimate of benefits."""
    _make_sessions()
    _make_trials()
    _make_expectations()
    _make_criteria()
    _make_decisions()
    _make_waiting_list()
    _name_rates(*_RATES, _NEW_RATE)


def downgrade() -> None:
    """They are gone, the youngest first; the new figure too."""
    rate = sa.table("rate", sa.column("key"))
    op.execute(rate.delete().where(rate.c.key == _NEW_RATE))
    _name_rates(*_RATES)
    for table in _TABLES:
        op.drop_table(table)


def _name_rates(*keys: str) -> None:
    """The keys that a rate may have."""
    listed = ", ".join(f"'{key}'" for key in keys)
    with op.batch_alter_table("rate") as table:
        table.drop_constraint("rate_key", type_="check")
        table.create_check_constraint("rate_key", f"key IN ({listed})")


def _make_sessions() -> None:
    """Info sessions, places in them, and each pass over their lists."""
    op.create_table(
        "info_session",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("host_id", sa.String(length=20), nullable=True),
        sa.Column("session_form", _enum("session_form", "group", "one_to_one"), nullable=False),
        sa.Column("mode", _enum("mode", "on_site", "online"), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("meeting_url", sa.String(length=400), nullable=True),
        sa.Column("meeting_phone", sa.String(length=30), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("state", _enum("session_state", "open", "closed", "cancelled"), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
            name=op.f("ck_info_session_cancelled"),
        ),
        sa.CheckConstraint("mode <> 'on_site' OR place <> ''", name=op.f("ck_info_session_place")),
        sa.CheckConstraint(
            "mode <> 'online' OR meeting_url IS NOT NULL", name=op.f("ck_info_session_link")
        ),
        sa.CheckConstraint(
            "session_form <> 'one_to_one' OR capacity = 1", name=op.f("ck_info_session_one_to_one")
        ),
        sa.CheckConstraint("capacity BETWEEN 1 AND 60", name=op.f("ck_info_session_capacity")),
        sa.CheckConstraint("minutes BETWEEN 15 AND 240", name=op.f("ck_info_session_minutes")),
        sa.ForeignKeyConstraint(["host_id"], ["account.id"], name=op.f("fk_info_session_host_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_info_session_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_info_session_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_info_session")),
    )
    op.create_index(op.f("ix_info_session_host_id"), "info_session", ["host_id"])
    op.create_index("ix_info_session_programme", "info_session", ["programme_id", "starts_at"])
    op.create_index("ix_info_session_starts", "info_session", ["starts_at", "id"])
    op.create_table(
        "booking",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("session_id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            _enum("booking_state", "booked", "cancelled", "called_off", "came", "did_not_come"),
            nullable=False,
        ),
        sa.Column("booked_by", _enum("booked_by", "candidate", "staff"), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times_moved", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marked_by_id", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('came', 'did_not_come')) = (marked_at IS NOT NULL)",
            name=op.f("ck_booking_marked"),
        ),
        sa.CheckConstraint(
            "(state IN ('cancelled', 'called_off')) = (ended_at IS NOT NULL)",
            name=op.f("ck_booking_ended"),
        ),
        sa.CheckConstraint("times_moved >= 0 AND sequence >= 0", name=op.f("ck_booking_counts")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_booking_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["account.id"], name=op.f("fk_booking_marked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_booking_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_booking_person_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["info_session.id"], name=op.f("fk_booking_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
    )
    op.create_index("ix_booking_candidate", "booking", ["candidate_id", "booked_at"])
    op.create_index(op.f("ix_booking_marked_by_id"), "booking", ["marked_by_id"])
    op.create_index("ix_booking_person", "booking", ["person_id"])
    op.create_index("ix_booking_session", "booking", ["session_id", "state"])
    op.create_index(
        "uq_booking_held",
        "booking",
        ["candidate_id"],
        unique=True,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_table(
        "marking",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("session_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by_id", sa.String(length=20), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["account.id"], name=op.f("fk_marking_marked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_marking_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["info_session.id"], name=op.f("fk_marking_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_marking_session_id_number")),
    )
    op.create_index(op.f("ix_marking_marked_by_id"), "marking", ["marked_by_id"])


def _make_trials() -> None:
    """Trials of two wordings, and who was given which."""
    op.create_table(
        "wording_trial",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("tried", _enum("tried", "invitation", "two_days", "morning"), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("state", _enum("trial_state", "running", "closed"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.String(length=20), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_came", sa.Integer(), nullable=True),
        sa.Column("first_of", sa.Integer(), nullable=True),
        sa.Column("second_came", sa.Integer(), nullable=True),
        sa.Column("second_of", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_wording_trial_closed")
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (first_of IS NOT NULL)", name=op.f("ck_wording_trial_kept")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_wording_trial_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_wording_trial_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["account.id"], name=op.f("fk_wording_trial_started_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_trial")),
    )
    op.create_index(op.f("ix_wording_trial_started_by_id"), "wording_trial", ["started_by_id"])
    op.create_index(
        "uq_wording_trial_running",
        "wording_trial",
        ["programme_id", "tried", "language"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_table(
        "trial_case",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("trial_id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording", _enum("wording", "first", "second"), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_trial_case_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_trial_case_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["wording_trial.id"], name=op.f("fk_trial_case_trial_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_case")),
        sa.UniqueConstraint(
            "trial_id", "candidate_id", name=op.f("uq_trial_case_trial_id_candidate_id")
        ),
        sa.UniqueConstraint("trial_id", "number", name=op.f("uq_trial_case_trial_id_number")),
    )
    op.create_index("ix_trial_case_candidate", "trial_case", ["candidate_id"])


def _make_expectations() -> None:
    """What a provider adds to the page of expectations."""
    op.create_table(
        "expectation",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_expectation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_expectation_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expectation")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_expectation_programme_id")),
    )


def _make_criteria() -> None:
    """Editions of a programme's criteria."""
    op.create_table(
        "criteria_edition",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_criteria_edition_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_criteria_edition_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_edition")),
        sa.UniqueConstraint(
            "programme_id", "edition", name=op.f("uq_criteria_edition_programme_id_edition")
        ),
    )
    op.create_table(
        "criterion",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("edition_id", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=160), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["criteria_edition.id"],
            name=op.f("fk_criterion_edition_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_criterion_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint(
            "edition_id", "position", name=op.f("uq_criterion_edition_id_position")
        ),
    )


def _make_decisions() -> None:
    """Decisions about candidates; a refusal holds when two people have seen it."""
    op.create_table(
        "selection_decision",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("edition_id", sa.String(length=20), nullable=True),
        sa.Column("decision", _enum("decision", "select", "wait", "refuse"), nullable=False),
        sa.Column(
            "state",
            _enum("decision_state", "proposed", "holds", "returned", "replaced", "ended"),
            nullable=False,
        ),
        sa.Column(
            "reason",
            _enum(
                "reason",
                "fits",
                "accepted_offer",
                "group_full",
                "criteria_not_met",
                "cannot_take_part",
                "other_service",
            ),
            nullable=False,
        ),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("decided_by_id", sa.String(length=20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_by_id", sa.String(length=20), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decision <> 'refuse' OR state <> 'holds' OR "
            "(second_by_id IS NOT NULL AND second_by_id <> decided_by_id)",
            name=op.f("ck_selection_decision_four_eyes"),
        ),
        sa.CheckConstraint(
            "state <> 'proposed' OR decision = 'refuse'",
            name=op.f("ck_selection_decision_proposed"),
        ),
        sa.CheckConstraint(
            "(second_by_id IS NULL) = (second_at IS NULL)",
            name=op.f("ck_selection_decision_second"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_selection_decision_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_selection_decision_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_selection_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["criteria_edition.id"], name=op.f("fk_selection_decision_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_selection_decision_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_selection_decision_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_by_id"], ["account.id"], name=op.f("fk_selection_decision_second_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_decision")),
    )
    op.create_index("ix_selection_decision_cohort", "selection_decision", ["cohort_id", "state"])
    op.create_index(
        op.f("ix_selection_decision_decided_by_id"), "selection_decision", ["decided_by_id"]
    )
    op.create_index(op.f("ix_selection_decision_edition_id"), "selection_decision", ["edition_id"])
    op.create_index("ix_selection_decision_person", "selection_decision", ["person_id"])
    op.create_index(
        op.f("ix_selection_decision_second_by_id"), "selection_decision", ["second_by_id"]
    )
    op.create_index(
        "uq_selection_decision_live",
        "selection_decision",
        ["candidate_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'holds')"),
        postgresql_where=sa.text("state IN ('proposed', 'holds')"),
    )
    op.create_table(
        "criterion_answer",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("decision_id", sa.String(length=20), nullable=False),
        sa.Column("criterion_id", sa.String(length=20), nullable=False),
        sa.Column("answer", _enum("answer", "yes", "no", "unknown"), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_criterion_answer_criterion_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["selection_decision.id"],
            name=op.f("fk_criterion_answer_decision_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_criterion_answer_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_answer")),
        sa.UniqueConstraint(
            "decision_id", "criterion_id", name=op.f("uq_criterion_answer_decision_id_criterion_id")
        ),
    )
    op.create_index(op.f("ix_criterion_answer_criterion_id"), "criterion_answer", ["criterion_id"])


def _make_waiting_list() -> None:
    """Waiting lists, and the seats that were offered to those on them."""
    op.create_table(
        "waiting_place",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state", _enum("place_state", "waiting", "offered", "seated", "left"), nullable=False
        ),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by_id", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_waiting_place_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_waiting_place_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_waiting_place_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_waiting_place_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["placed_by_id"], ["account.id"], name=op.f("fk_waiting_place_placed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_place")),
        sa.UniqueConstraint("cohort_id", "number", name=op.f("uq_waiting_place_cohort_id_number")),
    )
    op.create_index("ix_waiting_place_person", "waiting_place", ["person_id"])
    op.create_index(op.f("ix_waiting_place_placed_by_id"), "waiting_place", ["placed_by_id"])
    op.create_index(
        "uq_waiting_place_live",
        "waiting_place",
        ["candidate_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'offered')"),
        postgresql_where=sa.text("state IN ('waiting', 'offered')"),
    )
    op.create_table(
        "seat_offer",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("place_id", sa.String(length=20), nullable=False),
        sa.Column("cohort_id", sa.String(length=20), nullable=False),
        sa.Column("candidate_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            _enum("offer_state", "open", "accepted", "declined", "lapsed", "taken_back"),
            nullable=False,
        ),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at IS NULL)", name=op.f("ck_seat_offer_answered")
        ),
        sa.CheckConstraint("answer_by > offered_at", name=op.f("ck_seat_offer_time")),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_seat_offer_candidate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_seat_offer_cohort_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_seat_offer_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_offer_person_id")),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["waiting_place.id"],
            name=op.f("fk_seat_offer_place_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_offer")),
    )
    op.create_index("ix_seat_offer_cohort", "seat_offer", ["cohort_id", "state"])
    op.create_index("ix_seat_offer_open", "seat_offer", ["state", "answer_by"])
    op.create_index("ix_seat_offer_person", "seat_offer", ["person_id"])
    op.create_index(
        "uq_seat_offer_open",
        "seat_offer",
        ["place_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
