"""What is asked of bonuses where they are paid."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.payroll.bonus.models import BonusAward, PaidBonus
from jobsearch.payroll.bonus.rules import BonusState
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.rules import RunKind


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved bonus that a run may pay."""

    award_id: str
    amount: Money


def approved_bonuses(run: PayRun) -> dict[str, list[Approved]]:
    """The approved bonuses that no other run has, by contract; held until the unit of work ends."""
    statement = (
        select(BonusAward.employment_id, BonusAward.id, BonusAward.amount)
        .outerjoin(PaidBonus, PaidBonus.bonus_award_id == BonusAward.id)
        .outerjoin(Payslip, Payslip.id == PaidBonus.payslip_id)
        .where(
            BonusAward.state == BonusState.APPROVED,
            or_(PaidBonus.id.is_(None), Payslip.pay_run_id == run.id),
        )
        .order_by(BonusAward.id)
        .with_for_update(of=BonusAward)
    )
    if run.cohort_id is not None:
        statement = (
            statement.join(Employment, Employment.id == BonusAward.employment_id)
            .join(Enrolment, Enrolment.id == Employment.enrolment_id)
            .where(Enrolment.cohort_id == run.cohort_id)
        )
    if run.employment_ids is not None:
        statement = statement.where(BonusAward.employment_id.in_(run.employment_ids))
    found: dict[str, list[Approved]] = {}
    for employment_id, award_id, amount in db.session.execute(statement):
        found.setdefault(employment_id, []).append(Approved(award_id, amount))
    return found


def bonuses_in(run_id: str) -> set[str]:
    """The bonuses that a run's payslips pay."""
    statement = (
        select(PaidBonus.bonus_award_id)
        .join(Payslip, Payslip.id == PaidBonus.payslip_id)
        .where(Payslip.pay_run_id == run_id)
    )
    return set(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class ToPay:
    """The approved bonuses that are in no pay run yet: how many, of how many people, how much."""

    bonuses: int
    people: int
    amount: Money


def bonuses_to_pay() -> ToPay:
    """What a new run of bonuses would pay before taxes."""
    statement = (
        select(
            func.count(),
            func.count(func.distinct(BonusAward.employment_id)),
            func.sum(BonusAward.amount),
        )
        .select_from(BonusAward)
        .outerjoin(PaidBonus, PaidBonus.bonus_award_id == BonusAward.id)
        .where(BonusAward.state == BonusState.APPROVED, PaidBonus.id.is_(None))
    )
    bonuses, people, total = db.session.execute(statement).one()
    return ToPay(bonuses, people, total or Money.zero())


def bonuses_of(payslip: Payslip) -> list[BonusAward]:
    """The bonuses that a payslip pays, by when they were earned; none and no query for wages."""
    if payslip.kind is not RunKind.BONUS:
        return []
    statement = (
        select(BonusAward)
        .join(PaidBonus, PaidBonus.bonus_award_id == BonusAward.id)
        .where(PaidBonus.payslip_id == payslip.id)
        .order_by(BonusAward.happened_on, BonusAward.id)
    )
    return list(db.session.scalars(statement))
