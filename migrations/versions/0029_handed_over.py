"""Runs that another payroll system pays, what it was handed, and certificates.

Revision: 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_STATES = ("draft", "computed", "reviewed", "approved", "paid", "reported")
_APPROVED = "approved_at IS NOT NULL"
_ITEMS = ("wage", "bonus", "allowance", "holiday_compensation", "reimbursement")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _allowed(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    """One state and a column more; four tables."""
    with op.batch_alter_table("pay_run") as batch:
        batch.drop_constraint(op.f("ck_pay_run_run_state"), type_="check")
        batch.drop_constraint(op.f("ck_pay_run_approved"), type_="check")
        batch.add_column(
            sa.Column("paid_by", sa.String(length=40), nullable=False, server_default="here")
        )
    with op.batch_alter_table("pay_run") as batch:
        batch.alter_column("paid_by", server_default=None)
        batch.create_check_constraint(
            op.f("ck_pay_run_run_state"), _allowed("state", (*_STATES, "handed_over"))
        )
        batch.create_check_constraint(
            op.f("ck_pay_run_paid_by"), _allowed("paid_by", ("here", "elsewhere"))
        )
        batch.create_check_constraint(
            op.f("ck_pay_run_approved"),
            f"state NOT IN ('approved', 'paid', 'reported', 'handed_over') OR {_APPROVED}",
        )
        batch.create_check_constraint(
            op.f("ck_pay_run_paid_from_here"),
            "state NOT IN ('paid', 'reported') OR paid_by = 'here'",
        )
        batch.create_check_constraint(
            op.f("ck_pay_run_handed_over"), "state <> 'handed_over' OR paid_by = 'elsewhere'"
        )
    _hand_over()
    _certify()


def _hand_over() -> None:
    op.create_table(
        "pay_code",
        _key("id"),
        sa.Column("item", _enum("item", *_ITEMS), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        _key("organisation_id"),
        sa.CheckConstraint("code <> ''", name=op.f("ck_pay_code_code")),
        _foreign("pay_code", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_code")),
        sa.UniqueConstraint(
            "item", "organisation_id", name=op.f("uq_pay_code_item_organisation_id")
        ),
    )
    op.create_table(
        "handed_file",
        _key("id"),
        _key("pay_run_id"),
        sa.Column("system", _enum("system", "plain", "procountor", "netvisor"), nullable=False),
        _key("file_id"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _key("made_by_id"),
        _key("organisation_id"),
        sa.CheckConstraint("people > 0", name=op.f("ck_handed_file_people")),
        _foreign("handed_file", "pay_run_id", "pay_run"),
        _foreign("handed_file", "file_id", "stored_file"),
        _foreign("handed_file", "made_by_id", "account"),
        _foreign("handed_file", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_file")),
        sa.UniqueConstraint("pay_run_id", name=op.f("uq_handed_file_pay_run_id")),
    )


def _certify() -> None:
    op.create_table(
        "certificate_request",
        _key("id"),
        _key("person_id"),
        _key("employment_id"),
        sa.Column("extent", _enum("extent", "reason", "assessment", "both"), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        _key("noted_by_id"),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        _key("organisation_id"),
        _foreign("certificate_request", "person_id", "person"),
        _foreign("certificate_request", "employment_id", "employment"),
        _foreign("certificate_request", "noted_by_id", "account"),
        _foreign("certificate_request", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_request")),
    )
    waits = sa.text("settled_at IS NULL")
    op.create_index(
        "uq_certificate_request_open",
        "certificate_request",
        ["employment_id"],
        unique=True,
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_index("ix_certificate_request_person", "certificate_request", ["person_id"])
    op.create_table(
        "certificate",
        _key("id"),
        _key("person_id"),
        _key("employment_id"),
        sa.Column(
            "kind",
            _enum("certificate_kind", "employment", "assessed", "pay", "holiday", "days"),
            nullable=False,
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        _key("issued_by_id"),
        _key("request_id", nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        _key("file_id"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        _key("organisation_id"),
        sa.CheckConstraint(
            "(kind = 'assessed') = (request_id IS NOT NULL)", name=op.f("ck_certificate_asked")
        ),
        _foreign("certificate", "person_id", "person"),
        _foreign("certificate", "employment_id", "employment"),
        _foreign("certificate", "issued_by_id", "account"),
        _foreign("certificate", "request_id", "certificate_request"),
        _foreign("certificate", "file_id", "stored_file"),
        _foreign("certificate", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint(
            "employment_id",
            "kind",
            "edition",
            name=op.f("uq_certificate_employment_id_kind_edition"),
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_certificate_request_id")),
    )
    op.create_index("ix_certificate_person", "certificate", ["person_id"])


def downgrade() -> None:
    """Runs that were handed over stay approved; what was handed and issued is gone."""
    for table in ("certificate", "certificate_request", "handed_file", "pay_code"):
        op.drop_table(table)
    op.execute("UPDATE pay_run SET state = 'approved' WHERE state = 'handed_over'")
    with op.batch_alter_table("pay_run") as batch:
        for name in ("run_state", "paid_by", "approved", "paid_from_here", "handed_over"):
            batch.drop_constraint(op.f(f"ck_pay_run_{name}"), type_="check")
        batch.drop_column("paid_by")
    with op.batch_alter_table("pay_run") as batch:
        batch.create_check_constraint(op.f("ck_pay_run_run_state"), _allowed("state", _STATES))
        batch.create_check_constraint(
            op.f("ck_pay_run_approved"),
            f"state NOT IN ('approved', 'paid', 'reported') OR {_APPROVED}",
        )
