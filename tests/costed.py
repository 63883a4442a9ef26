"""Costs for tests: lines of a ledger, comparators, and wages that were paid."""

from datetime import date, timedelta

from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.costs.comparators.service import enter_comparator
from jobsearch.costs.rules import NewLine
from jobsearch.costs.service import book_cost
from jobsearch.demo.comparators import COACHING, RECRUITING
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.lines import Item, LineKind
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.rules import PaidBy, RunKind, RunState
from jobsearch.programmes.costs.rules import CostKind
from tests.world import NOW, TODAY, World


def furnish_costs(world: World, canary: str) -> dict[str, str]:
    """A line of Pia's group and a comparator of her programme."""
    aino, side = world.aino.actor, world.a
    line = NewLine(canary, CostKind.COACHING, Money.of("1200"), TODAY, side.cohort_ids[0], "=1+1")
    booked = book_cost(aino, side.programme_id, line)
    enter_comparator(aino, RECRUITING)
    rate = enter_comparator(aino, COACHING, side.programme_id)
    return {"cost_id": booked.id, "comparator_id": rate.id}


def pay_slip(
    world: World,
    run: PayRun,
    employment: Employment,
    gross: str,
    *,
    bonus: str = "0",
    reimbursed: str = "0",
    on_costs: str = "0",
) -> Payslip:
    """A payslip of a run with these sums; what it takes off is nothing."""
    wages, back, costs = Money.of(gross), Money.of(reimbursed), Money.of(on_costs)
    zero = Money.zero()
    slip = Payslip(
        organisation_id=world.a.organisation_id,
        pay_run_id=run.id,
        employment_id=employment.id,
        person_id=employment.person_id,
        kind=run.kind,
        period_first=run.period_first,
        period_last=run.period_last,
        pays_on=run.pays_on,
        counts_on=run.pays_on,
        position=1,
        employee_name="Test",
        language="fi",
        paid_minutes=0,
        wage=wages,
        gross=wages,
        tax=zero,
        pension=zero,
        unemployment=zero,
        deductions=zero,
        net=wages,
        reimbursements=back,
        to_account=wages + back,
        contributions=costs,
        health_employer=zero,
        employer_total=wages + back + costs,
        pension_base=wages,
    )
    db.session.add(slip)
    db.session.flush()
    db.session.add(
        PayLineRow(
            organisation_id=world.a.organisation_id,
            payslip_id=slip.id,
            position=1,
            item=Item.BONUS,
            kind=LineKind.EARNING,
            amount=Money.of(bonus),
            explanation="x",
            gaps={},
        )
    )
    db.session.flush()
    return slip


def make_run(
    world: World, pays_on: date, state: RunState = RunState.PAID, kind: RunKind = RunKind.BONUS
) -> PayRun:
    """A run of a day in a state, made by the clerk and approved by the manager."""
    run = PayRun(
        organisation_id=world.a.organisation_id,
        kind=kind,
        pays_on=pays_on,
        period_first=pays_on - timedelta(days=20),
        period_last=pays_on,
        state=state,
        paid_by=PaidBy.ELSEWHERE if state is RunState.HANDED_OVER else PaidBy.HERE,
        made_by_id=world.paula.account_id,
        made_at=NOW,
        approved_by_id=world.aino.account_id,
        approved_at=NOW,
    )
    db.session.add(run)
    db.session.flush()
    return run


def employ(world: World, enrolment_id: str, person_id: str) -> Employment:
    """A contract of somebody, for what is paid by it."""
    row = Employment(
        organisation_id=world.a.organisation_id,
        person_id=person_id,
        enrolment_id=enrolment_id,
        starts_on=TODAY - timedelta(days=60),
        ends_on=TODAY - timedelta(days=40),
        hourly=Money.of("11.50"),
        allowance=Money.of("20"),
        outcome_bonus=Money.of("150"),
        agreed_minutes=48 * 60,
        ground="x",
        signed_at=NOW,
    )
    db.session.add(row)
    db.session.flush()
    return row
