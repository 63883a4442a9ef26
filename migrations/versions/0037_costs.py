"""Costs of cohorts, who entered a line, comparators, and the benefit of a day among the rates.

Revision: 0037, after 0036.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

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
    "benefit_reduction",
)
_NEW_RATE = "general_benefit_day"
_LINES = "programme_cost"
_ONCE = ["programme_id", "label", "booked_on"]
_LINKS = {"cohort_id": "cohort", "entered_by_id": "account", "removed_by_id": "account"}


def upgrade() -> None:
    """Lines of before are of the whole programme and came with a file; nobody entered them."""
    with op.batch_alter_table(_LINES) as batch:
        for name, to in _LINKS.items():
            batch.add_column(sa.Column(name, sa.String(length=20), nullable=True))
            batch.create_foreign_key(op.f(f"fk_{_LINES}_{name}"), to, [name], ["id"])
        batch.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch.drop_constraint(op.f(f"uq_{_LINES}_programme_id_label_booked_on"), type_="unique")
        batch.create_check_constraint("removed", "(removed_at IS NULL) = (removed_by_id IS NULL)")
    _lay_once("uq_programme_cost_whole", _ONCE, "removed_at IS NULL AND cohort_id IS NULL")
    of_cohort = ["cohort_id", "label", "booked_on"]
    _lay_once(
        "uq_programme_cost_of_cohort", of_cohort, "removed_at IS NULL AND cohort_id IS NOT NULL"
    )
    _make_comparators()
    _name_rates(*_RATES, _NEW_RATE)


def _lay_once(name: str, columns: list[str], where: str) -> None:
    stands = sa.text(where)
    op.create_index(
        name, _LINES, columns, unique=True, sqlite_where=stands, postgresql_where=stands
    )


def _name_rates(*keys: str) -> None:
    """The keys that a rate may have, shipped or entered."""
    listed = ", ".join(f"'{key}'" for key in keys)
    for table in ("rate", "own_rate"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint("rate_key", type_="check")
            batch.create_check_constraint("rate_key", f"key IN ({listed})")


def _make_comparators() -> None:
    table = "comparator"
    links = {
        "organisation_id": "organisation",
        "programme_id": "programme",
        "entered_by_id": "account",
        "ended_by_id": "account",
    }
    checks = {
        "can_be_judged": "service <> '' AND population <> '' AND period <> ''"
        " AND source <> '' AND caveat <> ''",
        "k_of_n": "(found IS NULL) = (out_of IS NULL)",
        "of": "out_of IS NULL OR (out_of > 0 AND found BETWEEN 0 AND out_of)",
        "percent": "percent_bp IS NULL OR percent_bp BETWEEN 0 AND 10000",
        "amount": "amount IS NULL OR amount >= 0",
        "one_figure": "(CASE WHEN out_of IS NULL THEN 0 ELSE 1 END)"
        " + (CASE WHEN percent_bp IS NULL THEN 0 ELSE 1 END)"
        " + (CASE WHEN amount IS NULL THEN 0 ELSE 1 END) = 1",
        "ended": "(ended_at IS NULL) = (ended_by_id IS NULL)",
    }
    texts = {"service": 120, "population": 200, "period": 80, "source": 300, "caveat": 500}
    op.create_table(
        table,
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.String(length=20), nullable=True),
        *(sa.Column(name, sa.String(length=most), nullable=False) for name, most in texts.items()),
        *(
            sa.Column(name, sa.Integer(), nullable=True)
            for name in ("found", "out_of", "percent_bp", "amount")
        ),
        sa.Column("entered_by_id", sa.String(length=20), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by_id", sa.String(length=20), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
            for name, rule in checks.items()
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))
            for name, to in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_programme", table, ["programme_id", "organisation_id"])


def downgrade() -> None:
    """Comparators and the lines of cohorts are gone; lines that were taken out too."""
    for name in ("rate", "own_rate"):
        rate = sa.table(name, sa.column("key"))
        op.execute(rate.delete().where(rate.c.key == _NEW_RATE))
    _name_rates(*_RATES)
    op.drop_table("comparator")
    lines = sa.table(_LINES, sa.column("removed_at"), sa.column("cohort_id"))
    op.execute(
        lines.delete().where(lines.c.removed_at.is_not(None) | lines.c.cohort_id.is_not(None))
    )
    op.drop_index("uq_programme_cost_of_cohort", _LINES)
    op.drop_index("uq_programme_cost_whole", _LINES)
    with op.batch_alter_table(_LINES) as batch:
        batch.drop_constraint("removed", type_="check")
        batch.create_unique_constraint(op.f(f"uq_{_LINES}_programme_id_label_booked_on"), _ONCE)
        for name in _LINKS:
            batch.drop_constraint(op.f(f"fk_{_LINES}_{name}"), type_="foreignkey")
            batch.drop_column(name)
        batch.drop_column("removed_at")
