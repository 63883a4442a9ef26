"""Use cases of corrections: ask for one, withdraw it, say that what was owed came back."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.corrections import queries
from jobsearch.payroll.pay.corrections.models import PayCorrection
from jobsearch.payroll.pay.corrections.rules import (
    RightFigures,
    check_correctable,
    check_day,
    check_figures,
    check_open,
    check_reason,
    check_room,
)
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.queries import get_payslip, get_run
from jobsearch.payroll.pay.rules import RunKind, RunState
from jobsearch.payroll.pay.service import compute_pay_run, make_pay_run


def correct_payslip(
    actor: Actor, payslip_id: str, pays_on: date, reason: str, right: RightFigures
) -> PayRun:
    """Put a correction of a payslip into the run of corrections of that day; one is made if none
    is open.

    RuleBroken while the payslip can still be computed, is paid elsewhere or is being corrected,
    without a reason, or on a day before it was paid. Raises NotVisible.
    """
    check_reason(reason)
    check_figures(right)
    slip = _payment(payslip_id)
    root = slip if slip.corrects_id is None else get_payslip(slip.corrects_id)
    count, is_open = queries.count_corrections(root.id)
    check_correctable(slip.run.state, slip.run.paid_by, is_open)
    check_day(pays_on, slip.pays_on)
    run = _join(actor, root, pays_on)
    db.session.add(
        PayCorrection(
            organisation_id=actor.organisation_id,
            root_id=root.id,
            payslip_id=slip.id,
            pay_run_id=run.id,
            number=count + 1,
            reason=reason.strip(),
            minutes=right.minutes,
            allowance=right.allowance,
            bonus=right.bonus,
            asked_by_id=actor.account_id,
            asked_at=now(),
        )
    )
    db.session.flush()
    return _again(run)


def _payment(payslip_id: str) -> Payslip:
    """The payment that a payslip is about: one that says another anew is about that one."""
    slip = get_payslip(payslip_id)
    return slip if slip.restates_id is None else get_payslip(slip.restates_id)


def _join(actor: Actor, root: Payslip, pays_on: date) -> PayRun:
    run = queries.find_open_run(pays_on, root.run.cohort_id)
    if run is None:
        period = (root.period_first, root.period_last)
        group, contracts = root.run.cohort_id, [root.employment_id]
        return make_pay_run(actor, RunKind.CORRECTION, pays_on, group, *period, contracts)
    joined = run.employment_ids or []
    check_room(root.employment_id in joined)
    run.employment_ids = sorted([*joined, root.employment_id])
    run.period_first = min(run.period_first, root.period_first)
    run.period_last = max(run.period_last, root.period_last)
    db.session.flush()
    return run


def _again(run: PayRun) -> PayRun:
    """A run that shows figures already shows the right ones."""
    return run if run.state is RunState.DRAFT else compute_pay_run(run.id, run.version)


def withdraw_correction(correction_id: str) -> PayRun:
    """Take a correction out of its run. RuleBroken when it is approved. Raises NotVisible."""
    correction = queries.get_correction(correction_id)
    run = get_run(correction.pay_run_id)
    check_open(run.state)
    root = correction.root
    run.employment_ids = [one for one in run.employment_ids or [] if one != root.employment_id]
    db.session.delete(correction)
    db.session.flush()
    return _again(run)


def settle_correction(actor: Actor, correction_id: str) -> PayCorrection:
    """Say that the person has returned what was paid too much.

    RuleBroken when nothing is owed or it came back already. Raises NotVisible.
    """
    correction = queries.get_correction(correction_id)
    kept = queries.list_corrections_of(correction.root_id)
    own = next(one for one in kept if one.correction_id == correction.id)
    if not own.is_owed:
        raise RuleBroken(N_("Nothing is owed by this correction."))
    correction.settled_by_id, correction.settled_at = actor.account_id, now()
    db.session.flush()
    return correction
