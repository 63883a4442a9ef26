"""What the programme of 200 groups cost: books, payslips, placements, and what it is beside."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from jobsearch.core.tokens import new_key
from jobsearch.costs.comparators.models import Comparator
from jobsearch.outcomes.models import Outcome
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.programmes.costs.models import ProgrammeCost
from tests.world import World

_AT = "2026-11-23 12:00:00.000000"
_LINES = ("coaching", "other", "recruitment")
_EMPTY = (
    *("tax", "pension", "unemployment", "deductions", "distraint"),
    *("reimbursements", "health_employer"),
)

Row = dict[str, Any]
Enrolled = tuple[Row, str, str]
"""A group, and the keys of a person and of her enrolment in it."""


def rows_of_costs(
    world: World, programme_id: str, cohorts: Sequence[Row], people: Sequence[Enrolled]
) -> dict[type, list[Row]]:
    """Three lines and a paid run of each group, a payslip of each person, work for every other."""
    runs = {cohort["id"]: _run(world, cohort) for cohort in cohorts}
    employments = {one[2]: _employment(*one) for one in people}
    slips = [
        _slip(runs[cohort["id"]], employments[enrolment], person)
        for cohort, person, enrolment in people
    ]
    found = [_work(*one) for at, one in enumerate(people) if at % 2]
    return {
        ProgrammeCost: [_line(programme_id, one, kind) for one in cohorts for kind in _LINES],
        PayRun: list(runs.values()),
        Employment: list(employments.values()),
        Payslip: slips,
        Outcome: found,
        Comparator: [_comparator(world, programme_id)],
    }


def _line(programme_id: str, cohort: Row, kind: str) -> Row:
    return {
        "id": new_key(),
        "programme_id": programme_id,
        "cohort_id": cohort["id"],
        "label": kind,
        "kind": kind,
        "amount": 100_000,
        "basis": "",
        "booked_on": cohort["starts_on"],
    }


def _run(world: World, cohort: Row) -> Row:
    pays_on = (date.fromisoformat(cohort["ends_on"]) + timedelta(days=7)).isoformat()
    return {
        "id": new_key(),
        "kind": "wages",
        "cohort_id": cohort["id"],
        "pays_on": pays_on,
        "period_first": cohort["starts_on"],
        "period_last": cohort["ends_on"],
        "state": "paid",
        "paid_by": "here",
        "exceptions": "[]",
        "made_by_id": world.paula.account_id,
        "made_at": _AT,
        "approved_by_id": world.aino.account_id,
        "approved_at": _AT,
    }


def _employment(cohort: Row, person_id: str, enrolment_id: str) -> Row:
    return {
        "id": new_key(),
        "person_id": person_id,
        "enrolment_id": enrolment_id,
        "starts_on": cohort["starts_on"],
        "ends_on": cohort["ends_on"],
        "hourly": 1150,
        "allowance": 2000,
        "outcome_bonus": 15000,
        "agreed_minutes": 48 * 60,
        "ground": "x",
        "agreement": "x",
        "signed_at": _AT,
    }


def _slip(run: Row, employment: Row, person_id: str) -> Row:
    shared = {name: run[name] for name in ("kind", "period_first", "period_last", "pays_on")}
    sums = dict.fromkeys(("wage", "gross", "net", "to_account", "pension_base"), 55_200)
    return {
        "id": new_key(),
        "pay_run_id": run["id"],
        "employment_id": employment["id"],
        "person_id": person_id,
        "counts_on": run["pays_on"],
        "position": 1,
        "employee_name": "x",
        "language": "fi",
        "paid_minutes": 48 * 60,
        "contributions": 11_000,
        "employer_total": 66_200,
        **dict.fromkeys(_EMPTY, 0),
        **sums,
        **shared,
    }


def _work(cohort: Row, person_id: str, enrolment_id: str) -> Row:
    return {
        "id": new_key(),
        "enrolment_id": enrolment_id,
        "person_id": person_id,
        "kind": "other_work",
        "began_on": cohort["ends_on"],
        "evidence": "own_word",
    }


def _comparator(world: World, programme_id: str) -> Row:
    words = dict.fromkeys(("service", "population", "period", "source", "caveat"), "known")
    who = {"entered_by_id": world.aino.account_id, "entered_at": _AT}
    return {
        "id": new_key(),
        "programme_id": programme_id,
        "found": 11,
        "out_of": 100,
        **words,
        **who,
    }
