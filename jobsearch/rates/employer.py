"""The figures that each employer has for a year: its insurances and its choices; pure."""

from dataclasses import dataclass
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Rate
from jobsearch.core.text import mark as N_

WHOLE = Rate.of("100.00")


class TyelForm(StrEnum):
    """How the employer's pension percentage is given."""

    TOTAL = "total"  # the whole contribution; what the employee pays is taken off it
    AVERAGE = "average"  # the employer's own share alone, as in estimates


class UiBand(StrEnum):
    """Which of the employer's unemployment insurance rates applies to its payroll."""

    LOW = "low"
    ABOVE_LIMIT = "above_limit"


class AllowanceTreatment(StrEnum):
    """What the cost allowance is: a reimbursement of a documented cost, or wage."""

    REIMBURSEMENT = "353"
    WAGE = "216"


@dataclass(frozen=True, slots=True)
class EmployerSettings:
    """What one employer has agreed or chosen for one year of payment.

    The percentages come from its own policies and are never taken from the nationwide table
    (`finland/law.md` section 1, rule 2). `allowance_basis` says what the cost was.
    """

    year: int
    tyel_total: Rate
    accident: Rate
    group_life: Rate
    ui_band: UiBand = UiBand.LOW
    allowance_treatment: AllowanceTreatment = AllowanceTreatment.WAGE
    allowance_basis: str = ""
    bonus_in_holiday_base: bool = False
    tyel_form: TyelForm = TyelForm.TOTAL


def check_settings(settings: EmployerSettings) -> None:
    """Refuse percentages outside 0 to 100, and a reimbursement of a cost that nobody named."""
    for name, rate in (
        ("tyel_total", settings.tyel_total),
        ("accident", settings.accident),
        ("group_life", settings.group_life),
    ):
        if not Rate(0) <= rate <= WHOLE:
            raise RuleBroken(N_("A percentage is between 0 and 100."), field=name)
    is_reimbursement = settings.allowance_treatment is AllowanceTreatment.REIMBURSEMENT
    if is_reimbursement and not settings.allowance_basis.strip():
        raise RuleBroken(
            N_("Say which cost the allowance covers; otherwise it is wage."),
            field="allowance_basis",
        )
