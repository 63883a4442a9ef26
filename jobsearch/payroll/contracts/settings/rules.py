"""What an employer settles once for all its contracts, from a day on; pure."""

from dataclasses import dataclass
from datetime import date

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

MOST_PAY_DAYS = 31
MOST_TRIAL_DAYS = 180


@dataclass(frozen=True, slots=True)
class ContractSettings:
    """Address, insurers and usual terms of an employer, from a day on.

    Left empty, `tasks` and `training` are the usual words. `pay_days` is by how many days after the
    last day wages are paid at the latest; `trial_days` is what a new draft proposes.
    """

    valid_from: date
    address: str
    pension_insurer: str
    accident_insurer: str
    accident_policy: str
    pay_days: int = 10
    trial_days: int = 0
    tasks: str = ""
    training: str = ""


def check_settings(settings: ContractSettings) -> None:
    """Refuse settings without address, insurers or policy, and impossible numbers of days."""
    if not settings.address.strip():
        raise RuleBroken(N_("Enter the employer's address."), field="address")
    if not settings.pension_insurer.strip():
        raise RuleBroken(N_("Name the pension insurer."), field="pension_insurer")
    if not settings.accident_insurer.strip():
        raise RuleBroken(N_("Name the accident insurer."), field="accident_insurer")
    if not settings.accident_policy.strip():
        raise RuleBroken(N_("Enter the number of the accident policy."), field="accident_policy")
    if not 0 <= settings.pay_days <= MOST_PAY_DAYS:
        raise RuleBroken(
            N_("Wages are paid within 0 to %(most)d days after the last day."),
            field="pay_days",
            most=MOST_PAY_DAYS,
        )
    if not 0 <= settings.trial_days <= MOST_TRIAL_DAYS:
        raise RuleBroken(
            N_("A trial period has from 0 to %(most)d days."),
            field="trial_days",
            most=MOST_TRIAL_DAYS,
        )
