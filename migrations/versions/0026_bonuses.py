"""What earns a bonus, who was promised one, and which payslip pays it.

Revision: 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_EVENTS = ("work_during", "work_after", "studies", "lasted")
_PROOFS = ("work_contract", "employers_letter", "payslip", "study_place")
_STATES = ("promised", "proof", "approved", "paid", "refused", "lapsed", "withdrawn")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=20), nullable=nullable)


def _at(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _foreign(
    table: str, column: str, to: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """Three tables; of bonuses a contract may have several payslips."""
    _make_rules()
    _make_awards()
    op.create_table(
        "paid_bonus",
        _key("id"),
        _key("bonus_award_id"),
        _key("payslip_id"),
        _at("settled_at"),
        _key("organisation_id"),
        _foreign("paid_bonus", "bonus_award_id", "bonus_award"),
        _foreign("paid_bonus", "payslip_id", "payslip", "CASCADE"),
        _foreign("paid_bonus", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paid_bonus")),
        sa.UniqueConstraint("bonus_award_id", name=op.f("uq_paid_bonus_bonus_award_id")),
    )
    op.create_index("ix_paid_bonus_payslip", "paid_bonus", ["payslip_id"])
    with op.batch_alter_table("payslip") as batch:
        batch.drop_constraint(op.f("uq_payslip_employment_id_kind_period_first"), type_="unique")
    wages = sa.text("kind = 'wages'")
    op.create_index(
        "uq_payslip_wages",
        "payslip",
        ["employment_id", "period_first"],
        unique=True,
        sqlite_where=wages,
        postgresql_where=wages,
    )


def _make_rules() -> None:
    op.create_table(
        "bonus_rule",
        _key("id"),
        _key("programme_id"),
        sa.Column("slot", sa.String(length=20), nullable=False),
        sa.Column("event", _enum("bonus_event", *_EVENTS), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("proof", _enum("proof_asked", *_PROOFS), nullable=False),
        sa.Column("proof_days", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        _at("made_at", nullable=False),
        _key("made_by_id"),
        _key("organisation_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _check("bonus_rule", "days", "valid_to IS NULL OR valid_to >= valid_from"),
        _check("bonus_rule", "months", "(event = 'work_during') = (months = 0)"),
        _check("bonus_rule", "amount", "amount IS NULL OR amount > 0"),
        _check(
            "bonus_rule",
            "own_amount",
            "amount IS NOT NULL OR event IN ('work_during', 'work_after')",
        ),
        _check("bonus_rule", "proof_days", "proof_days BETWEEN 1 AND 365"),
        _foreign("bonus_rule", "programme_id", "programme", "CASCADE"),
        _foreign("bonus_rule", "made_by_id", "account"),
        _foreign("bonus_rule", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bonus_rule")),
        sa.UniqueConstraint(
            "programme_id",
            "slot",
            "valid_from",
            name=op.f("uq_bonus_rule_programme_id_slot_valid_from"),
        ),
    )


def _make_awards() -> None:
    op.create_table(
        "bonus_award",
        _key("id"),
        _key("employment_id"),
        _key("person_id"),
        _key("bonus_rule_id", nullable=True),
        sa.Column("promise", sa.String(length=20), nullable=False),
        sa.Column("event", _enum("bonus_event", *_EVENTS), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("proof_asked", _enum("proof_asked", *_PROOFS), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", _enum("bonus_state", *_STATES), nullable=False),
        _at("promised_at", nullable=False),
        _key("promised_by_id"),
        sa.Column("proof_way", _enum("proof_way", "file", "seen", "called"), nullable=True),
        _at("proof_at"),
        _key("proof_by_id", nullable=True),
        _key("proof_file_id", nullable=True),
        _at("approved_at"),
        _key("approved_by_id", nullable=True),
        _at("paid_at"),
        _at("ended_at"),
        sa.Column("words", sa.String(length=200), nullable=False),
        _key("organisation_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_award_checks(),
        _foreign("bonus_award", "employment_id", "employment"),
        _foreign("bonus_award", "person_id", "person"),
        _foreign("bonus_award", "bonus_rule_id", "bonus_rule"),
        _foreign("bonus_award", "promised_by_id", "account"),
        _foreign("bonus_award", "proof_by_id", "account"),
        _foreign("bonus_award", "proof_file_id", "stored_file"),
        _foreign("bonus_award", "approved_by_id", "account"),
        _foreign("bonus_award", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bonus_award")),
        sa.UniqueConstraint(
            "employment_id", "promise", name=op.f("uq_bonus_award_employment_id_promise")
        ),
    )
    op.create_index("ix_bonus_award_person", "bonus_award", ["person_id"])
    op.create_index("ix_bonus_award_state", "bonus_award", ["state", "due_on", "organisation_id"])


def _award_checks() -> list[sa.CheckConstraint]:
    shown = "proof_way IS NOT NULL AND proof_at IS NOT NULL AND proof_by_id IS NOT NULL"
    others = "approved_by_id <> promised_by_id AND approved_by_id <> proof_by_id"
    conditions = {
        "amount": "amount > 0",
        "proof": f"state NOT IN ('proof', 'approved', 'paid') OR ({shown})",
        "approved": "(state IN ('approved', 'paid')) = (approved_at IS NOT NULL)",
        "approved_by_someone": "(approved_at IS NULL) = (approved_by_id IS NULL)",
        "four_eyes": f"approved_by_id IS NULL OR ({others})",
        "paid": "(state = 'paid') = (paid_at IS NOT NULL)",
        "file": "proof_file_id IS NULL OR state = 'proof'",
    }
    return [_check("bonus_award", name, text) for name, text in conditions.items()]


def downgrade() -> None:
    """Bonuses are gone, and of each contract the first payslip of a bonus alone stays."""
    op.execute(
        "DELETE FROM payslip WHERE kind = 'bonus' AND EXISTS (SELECT 1 FROM payslip AS other"
        " WHERE other.employment_id = payslip.employment_id AND other.kind = 'bonus'"
        " AND other.period_first = payslip.period_first AND other.id < payslip.id)"
    )
    op.drop_index("uq_payslip_wages", "payslip")
    with op.batch_alter_table("payslip") as batch:
        batch.create_unique_constraint(
            op.f("uq_payslip_employment_id_kind_period_first"),
            ["employment_id", "kind", "period_first"],
        )
    for table in ("paid_bonus", "bonus_award", "bonus_rule"):
        op.drop_table(table)
