"""Use cases of distraint: the clerk enters what a run takes, or takes it away again."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible
from jobsearch.payroll.pay.distraint.models import Distraint
from jobsearch.payroll.pay.distraint.queries import get_contract_in_run
from jobsearch.payroll.pay.distraint.rules import DistraintTerms, check_distraint, check_open
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.rules import RunState
from jobsearch.payroll.pay.service import compute_pay_run


def enter_distraint(
    actor: Actor, run_id: str, employment_id: str, terms: DistraintTerms, version: int
) -> Distraint:
    """Keep what a run takes from a contract; a run that was computed is computed again.

    `version` is the row as it was seen, 0 for none. Raises NotVisible, RuleBroken, Conflict.
    """
    shown = get_contract_in_run(run_id, employment_id)
    check_open(shown.run.state)
    check_distraint(terms)
    row = shown.distraint
    if (row.version if row else 0) != version:
        raise Conflict
    if row is None:
        row = Distraint(
            organisation_id=shown.run.organisation_id,
            pay_run_id=run_id,
            employment_id=employment_id,
            person_id=shown.employment.person_id,
        )
        db.session.add(row)
    row.amount, row.authority = terms.amount, terms.authority.strip()
    row.account, row.reference = terms.account, terms.reference
    row.entered_by_id, row.entered_at = actor.account_id, now()
    db.session.flush()
    _compute_again(shown.run)
    return row


def remove_distraint(run_id: str, employment_id: str, version: int) -> None:
    """Take nothing after all; a run that was computed is computed again.

    Raises NotVisible, RuleBroken when the run is approved, Conflict.
    """
    shown = get_contract_in_run(run_id, employment_id)
    check_open(shown.run.state)
    if shown.distraint is None:
        raise NotVisible
    if shown.distraint.version != version:
        raise Conflict
    db.session.delete(shown.distraint)
    db.session.flush()
    _compute_again(shown.run)


def _compute_again(run: PayRun) -> None:
    if run.state is not RunState.DRAFT:
        compute_pay_run(run.id, run.version)
