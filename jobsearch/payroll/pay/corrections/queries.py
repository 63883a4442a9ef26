"""What is asked of corrections and of the payments that they correct."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money, Rate
from jobsearch.payroll.pay.corrections.models import PayCorrection
from jobsearch.payroll.pay.lines import PayLine
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.rules import FROZEN, RunKind, RunState


def as_line(row: PayLineRow) -> PayLine:
    """A kept line as the rules know it."""
    return PayLine(
        item=row.item,
        amount=row.amount,
        explanation=row.sentence,
        minutes=row.minutes,
        hourly=row.hourly,
        rate=None if row.rate_bp is None else Rate(row.rate_bp),
        base=row.base,
        reverses_id=row.reverses_id,
    )


def list_corrections(run_id: str) -> list[PayCorrection]:
    """The corrections of a run with the payslips that they correct, by name."""
    statement = (
        select(PayCorrection)
        .join(PayCorrection.root)
        .where(PayCorrection.pay_run_id == run_id)
        .options(contains_eager(PayCorrection.root), joinedload(PayCorrection.payslip))
        .order_by(Payslip.employee_name, PayCorrection.id)
    )
    return list(db.session.scalars(statement))


def get_correction(correction_id: str) -> PayCorrection:
    """A correction with its run and the payslips that it corrects. Raises NotVisible."""
    statement = (
        select(PayCorrection)
        .where(PayCorrection.id == correction_id)
        .options(
            joinedload(PayCorrection.run),
            joinedload(PayCorrection.root),
            joinedload(PayCorrection.payslip),
        )
    )
    correction = db.session.scalar(statement)
    if correction is None:
        raise NotVisible
    return correction


def find_correction(root_id: str, number: int) -> PayCorrection | None:
    """A payslip's correction by its number, with the payment that it corrects, or None."""
    statement = (
        select(PayCorrection)
        .where(PayCorrection.root_id == root_id, PayCorrection.number == number)
        .options(
            joinedload(PayCorrection.payslip),
            joinedload(PayCorrection.asked_by).load_only(Account.name),
        )
    )
    return db.session.scalar(statement)


def find_computed(correction: PayCorrection) -> str | None:
    """The key of the payslip that a correction came to, or None while it is not computed."""
    statement = select(Payslip.id).where(
        Payslip.corrects_id == correction.root_id, Payslip.correction_no == correction.number
    )
    return db.session.scalar(statement)


def count_corrections(root_id: str) -> tuple[int, bool]:
    """How many corrections a payslip has, and whether one of them is not approved yet."""
    statement = (
        select(PayRun.state)
        .join(PayCorrection, PayCorrection.pay_run_id == PayRun.id)
        .where(PayCorrection.root_id == root_id)
    )
    states = db.session.scalars(statement).all()
    return len(states), any(state not in FROZEN for state in states)


def find_open_run(pays_on: date, cohort_id: str | None) -> PayRun | None:
    """The run of corrections of a group on a day that others can still join, or None."""
    same_group = PayRun.cohort_id.is_(None) if cohort_id is None else PayRun.cohort_id == cohort_id
    statement = (
        select(PayRun)
        .where(
            PayRun.kind == RunKind.CORRECTION,
            PayRun.pays_on == pays_on,
            same_group,
            PayRun.state.not_in(sorted(FROZEN)),
        )
        .order_by(PayRun.made_at, PayRun.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def list_families(root_ids: Collection[str], run_id: str | None = None) -> dict[str, list[Payslip]]:
    """By first payslip: it and its approved corrections, in order, with their lines."""
    wanted = sorted(root_ids)
    statement = (
        select(Payslip)
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .where(
            or_(Payslip.id.in_(wanted), Payslip.corrects_id.in_(wanted)),
            PayRun.state.in_(sorted(FROZEN)),
            PayRun.id != run_id,
        )
        .options(selectinload(Payslip.lines))
        .order_by(func.coalesce(Payslip.correction_no, 0), Payslip.id)
    )
    found: defaultdict[str, list[Payslip]] = defaultdict(list)
    for slip in db.session.scalars(statement):
        found[slip.corrects_id or slip.id].append(slip)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment as it stands: what it paid, with every correction that said it anew."""

    payment_id: str
    on: date
    approved_at: datetime
    gross: Money
    pension_base: Money

    @property
    def place(self) -> tuple[date, datetime, str]:
        """Where the payment stands among others: by its day, then by when it was approved."""
        return self.on, self.approved_at, self.payment_id


def payments_since(person_ids: Collection[str], first: date) -> dict[str, list[Paid]]:
    """Every approved payment to these people since a day, by person, in order; one query."""
    said = _said_anew()
    statement = (
        select(
            Payslip.person_id,
            Payslip.id,
            Payslip.counts_on,
            PayRun.approved_at,
            Payslip.gross,
            Payslip.pension_base,
            said.c.gross,
            said.c.pension_base,
        )
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .outerjoin(said, said.c.restates_id == Payslip.id)
        .where(
            Payslip.person_id.in_(sorted(person_ids)),
            Payslip.restates_id.is_(None),
            Payslip.counts_on >= first,
            PayRun.state.in_(sorted(FROZEN)),
        )
    )
    found: defaultdict[str, list[Paid]] = defaultdict(list)
    for person_id, key, on, at, gross, base, more, more_base in db.session.execute(statement):
        found[person_id].append(Paid(key, on, at, _plus(gross, more), _plus(base, more_base)))
    return {key: sorted(paid, key=lambda one: one.place) for key, paid in found.items()}


def _said_anew() -> Subquery:
    """By payment, what approved corrections have changed of it."""
    return (
        select(
            Payslip.restates_id,
            func.sum(Payslip.gross).label("gross"),
            func.sum(Payslip.pension_base).label("pension_base"),
        )
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .where(Payslip.restates_id.is_not(None), PayRun.state.in_(sorted(FROZEN)))
        .group_by(Payslip.restates_id)
        .subquery()
    )


def _plus(amount: Money, more: Money | None) -> Money:
    return amount if more is None else amount + more


def payment_of(slip: Payslip, family: Iterable[Payslip]) -> Sequence[Payslip]:
    """A payment with every correction in its family that said it anew."""
    return [one for one in family if slip.id in (one.id, one.restates_id)]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as the payslip's page names it: its payslip, if computed, and its run."""

    correction_id: str
    number: int
    reason: str
    run_id: str
    state: RunState
    pays_on: date
    payslip_id: str | None
    to_account: Money | None
    settled_at: datetime | None

    @property
    def is_frozen(self) -> bool:
        """Whether it is approved."""
        return self.state in FROZEN

    @property
    def is_owed(self) -> bool:
        """Whether the person has not returned yet what was paid too much."""
        sum_ = self.to_account or Money.zero()
        return self.is_frozen and sum_ < Money.zero() and self.settled_at is None


def list_corrections_of(root_id: str) -> list[Corrected]:
    """The corrections of a payslip, in order."""
    statement = (
        select(
            PayCorrection.id,
            PayCorrection.number,
            PayCorrection.reason,
            PayRun.id,
            PayRun.state,
            PayRun.pays_on,
            Payslip.id,
            Payslip.to_account,
            PayCorrection.settled_at,
        )
        .join(PayRun, PayRun.id == PayCorrection.pay_run_id)
        .outerjoin(
            Payslip,
            (Payslip.corrects_id == PayCorrection.root_id)
            & (Payslip.correction_no == PayCorrection.number),
        )
        .where(PayCorrection.root_id == root_id)
        .order_by(PayCorrection.number)
    )
    return [Corrected(*row) for row in db.session.execute(statement)]
