"""Use cases of pay runs: make, compute, review, approve by another person, mark as paid."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from jobsearch.attendance.service import lock_hours
from jobsearch.cohorts.calendar import holidays_of
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.periods import Span, month_of
from jobsearch.core.text import mark as N_
from jobsearch.payroll.bonus.service import mark_bonuses_paid, settle_bonuses
from jobsearch.payroll.pay.bonuses.queries import bonuses_in
from jobsearch.payroll.pay.corrections.drafting import draft_corrections
from jobsearch.payroll.pay.drafting import Draft, draft_run
from jobsearch.payroll.pay.exceptions import as_json, from_json
from jobsearch.payroll.pay.issuing import issue_payslips
from jobsearch.payroll.pay.keeping import keep_payslips
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run, what_is_paid
from jobsearch.payroll.pay.rules import (
    PaidBy,
    RunKind,
    RunState,
    check_approver,
    check_paid_elsewhere,
    check_paid_here,
    check_pay_date,
    check_step,
    run_period,
)
from jobsearch.rates.employer import EmployerSettings
from jobsearch.rates.yearly.service import check_year_open


def make_pay_run(
    actor: Actor,
    kind: RunKind,
    pays_on: date,
    cohort_id: str | None,
    first: date | None = None,
    last: date | None = None,
    employment_ids: Collection[str] | None = None,
    paid_by: PaidBy = PaidBy.HERE,
) -> PayRun:
    """Open a draft run for a group (by default for its whole term), or for everyone (None).

    `employment_ids` narrows it to some contracts. RuleBroken when banks are closed on the day, or
    when these wages are in a run already; NotVisible for a group of somebody else.
    """
    check_pay_date(pays_on, {**holidays_of(pays_on.year), **holidays_of(pays_on.year + 1)})
    check_year_open(actor.organisation_id, pays_on)
    cohort = None if cohort_id is None else _cohort(cohort_id)
    whole = month_of(pays_on) if cohort is None else Span(cohort.starts_on, cohort.ends_on)
    period = run_period(first, last, whole, pays_on)
    if cohort is not None and kind is RunKind.WAGES:
        _check_only_run(cohort.id, period)
    run = PayRun(
        organisation_id=actor.organisation_id,
        cohort_id=cohort_id,
        kind=kind,
        pays_on=pays_on,
        period_first=period.first,
        period_last=period.last,
        state=RunState.DRAFT,
        paid_by=paid_by,
        employment_ids=None if employment_ids is None else sorted(employment_ids),
        exceptions=[],
        made_by_id=actor.account_id,
        made_at=now(),
    )
    db.session.add(run)
    db.session.flush()
    return run


def _cohort(cohort_id: str) -> Cohort:
    cohort = db.session.scalar(select(Cohort).where(Cohort.id == cohort_id))
    if cohort is None:
        raise NotVisible
    return cohort


def _check_only_run(cohort_id: str, period: Span) -> None:
    statement = select(PayRun.id).where(
        PayRun.cohort_id == cohort_id,
        PayRun.kind == RunKind.WAGES,
        PayRun.period_first <= period.last,
        PayRun.period_last >= period.first,
    )
    if db.session.scalar(statement.limit(1)) is not None:
        raise RuleBroken(
            N_("The wages of this group and period are in a pay run already."),
            field="cohort_id",
        )


def compute_pay_run(run_id: str, version: int) -> PayRun:
    """Compute every payslip of the run from what is known now; as often as needed until approval.

    `version` is the run as the person saw it. RuleBroken names a missing rate or setting;
    Conflict when someone else changed the run first.
    """
    run = _seen(run_id, version)
    check_step(run.state, RunState.COMPUTED)
    draft = _draft(run)
    db.session.execute(delete(Payslip).where(Payslip.pay_run_id == run.id))
    keep_payslips(run, draft)
    run.state = RunState.COMPUTED
    run.computed_at = now()
    run.reviewed_by_id = run.reviewed_at = None
    run.settings_used = _plain(draft.settings)
    run.exceptions = [as_json(exception) for exception in draft.exceptions]
    db.session.flush()
    return run


def review_pay_run(run_id: str, version: int, actor: Actor) -> PayRun:
    """Say that the computed run has been looked through.

    RuleBroken while something that stops it is open: hours without a mark, no identity code.
    """
    run = _seen(run_id, version)
    check_step(run.state, RunState.REVIEWED)
    if any(from_json(kept).blocks for kept in run.exceptions):
        raise RuleBroken(N_("Settle what stops the pay run first, then compute it again."))
    run.state = RunState.REVIEWED
    run.reviewed_by_id, run.reviewed_at = actor.account_id, now()
    db.session.flush()
    return run


def approve_pay_run(run_id: str, version: int, actor: Actor) -> PayRun:
    """Freeze the run and issue its payslips; by another person than the one who made it.

    RuleBroken for the maker, and when hours, cards or rates have changed since it was computed.
    """
    run = _seen(run_id, version)
    check_step(run.state, RunState.APPROVED)
    check_approver(run.made_by_id, actor.account_id)
    kept, draft = what_is_paid(run.id), _draft(run)
    is_open = any(exception.blocks for exception in draft.exceptions)
    bonuses = {key for slip in draft.slips for key in slip.bonus_ids}
    is_other = kept != _what_is_paid_now(draft) or bonuses_in(run.id) != bonuses
    if is_open or is_other:
        raise RuleBroken(
            N_("Something has changed since the pay run was computed. Compute it again.")
        )
    if not kept:
        raise RuleBroken(N_("The pay run pays nobody."))
    run.state = RunState.APPROVED
    run.approved_by_id, run.approved_at = actor.account_id, now()
    db.session.flush()
    if run.kind is not RunKind.BONUS:
        lock_hours(actor, [slip.employment.enrolment_id for slip in draft.slips], run.id)
    settle_bonuses(bonuses)
    if run.paid_by is PaidBy.HERE:  # else the payslips are the other system's
        del draft  # payslips are drawn a few at a time: nothing of the whole run is held
        issue_payslips(run)
    return run


def mark_paid(run_id: str, version: int) -> PayRun:
    """Say that the bank has paid the run. RuleBroken unless it is approved."""
    run = _seen(run_id, version)
    check_step(run.state, RunState.PAID)
    check_paid_here(run.paid_by)
    run.state, run.paid_at = RunState.PAID, now()
    mark_bonuses_paid(bonuses_in(run.id))
    db.session.flush()
    return run


def mark_handed_over(run_id: str, version: int) -> PayRun:
    """Say that another payroll system has what the run computed; there it ends.

    RuleBroken unless it is approved and paid elsewhere.
    """
    run = _seen(run_id, version)
    check_step(run.state, RunState.HANDED_OVER)
    check_paid_elsewhere(run.paid_by)
    run.state = RunState.HANDED_OVER
    mark_bonuses_paid(bonuses_in(run.id))
    db.session.flush()
    return run


def mark_reported(run: PayRun) -> PayRun:
    """Say that the authorities have accepted what the run reports. RuleBroken unless it is paid."""
    check_step(run.state, RunState.REPORTED)
    run.state = RunState.REPORTED
    db.session.flush()
    return run


def _draft(run: PayRun) -> Draft:
    return draft_corrections(run) if run.kind is RunKind.CORRECTION else draft_run(run)


def _seen(run_id: str, version: int) -> PayRun:
    """The run, held, if it is still the one that the person looked at.

    Held first: who takes payslips before their run would wait for ever for one who has the run.
    """
    run = get_run(run_id, held=True)
    if run.version != version:
        raise Conflict
    return run


def _plain(settings: EmployerSettings) -> dict[str, Any]:
    values = asdict(settings)
    for name in ("tyel_total", "accident", "group_life"):
        values[name] = values[name]["basis_points"]
    return values


def _what_is_paid_now(draft: Draft) -> set[tuple[object, ...]]:
    return {
        (
            s.employment.id,
            s.account,
            s.figures.gross,
            s.figures.of(Item.TAX),
            s.figures.net,
            s.figures.to_account,
            s.figures.employer_total,
        )
        for s in draft.slips
    }
