"""The hours of a run as its page shows them: planned, marked and paid side by side."""

from dataclasses import dataclass

from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.queries import list_employments
from jobsearch.payroll.pay.hours import Hours, hours_worked
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.rules import RunKind


@dataclass(frozen=True, slots=True)
class WorkedHours:
    """The hours of one contract in a run's period."""

    name: str
    enrolment_id: str
    hours: Hours


def contracts_of(run: PayRun) -> list[Employment]:
    """The contracts that a run pays, with their people, by name."""
    return list_employments(run.period, run.cohort_id, run.employment_ids)


def hours_of_run(run: PayRun, page: int, size: int) -> tuple[WorkedHours, ...]:
    """One page of a wage run's contracts with their hours; other runs have none."""
    if run.kind is not RunKind.WAGES:
        return ()
    shown = contracts_of(run)[(page - 1) * size : page * size]
    hours = hours_worked(shown, run.period)
    return tuple(
        WorkedHours(row.person.full_name, row.enrolment_id, hours[row.id]) for row in shown
    )
