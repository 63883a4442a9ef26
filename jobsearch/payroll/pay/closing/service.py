"""Use case: close a year of payment."""

from jobsearch.core.access import Actor
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.closing.queries import show_year
from jobsearch.rates.models import EmployerSetting
from jobsearch.rates.yearly import service as yearly


def close_year(actor: Actor, year: int, version: int) -> EmployerSetting:
    """Close a year whose runs are all reported or handed over.

    Raises NotVisible, RuleBroken while something of it is open, Conflict.
    """
    shown = show_year(actor.organisation_id, year)
    if shown.open_runs:
        raise RuleBroken(
            N_("Pay runs of this year that are not reported yet: %(count)s."), count=shown.open_runs
        )
    return yearly.close_year(actor, year, version)
