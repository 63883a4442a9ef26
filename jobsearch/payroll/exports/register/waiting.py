"""What is still to be told: payments without a report, and reports that a correction outdated."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.exports.register.models import RegisterReport
from jobsearch.payroll.exports.register.rules import READY
from jobsearch.payroll.pay.corrections.queries import as_line
from jobsearch.payroll.pay.lines import PayLine
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.rules import PaidBy
from jobsearch.people.models import Person

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Unreported:
    """One payment that a report is to tell of, as it stands with what was said anew of it.

    `covers` is the number of the last correction in it, `replaces` the report that told of the
    payment before.
    """

    slip: Payslip
    identity_code: str | None
    employed: Span
    agreed_minutes: int
    lines: Sequence[PayLine]
    pension_base: Money
    covers: int
    replaces: RegisterReport | None = None


_Row = tuple[Payslip, Person, Employment]


def list_unreported(run_id: str) -> list[Unreported]:
    """The payments of a run that no standing report tells of, with their lines, by period."""
    told = select(RegisterReport.payslip_id).where(
        RegisterReport.payslip_id.is_not(None), RegisterReport.cancelled_at.is_(None)
    )
    statement = (
        select(Payslip, Person, Employment)
        .join(Person, Person.id == Payslip.person_id)
        .join(Employment, Employment.id == Payslip.employment_id)
        .options(selectinload(Payslip.lines))
        .where(
            Payslip.pay_run_id == run_id,
            Payslip.restates_id.is_(None),
            Payslip.id.not_in(told),
        )
        .order_by(Payslip.period_first, Payslip.period_last, Payslip.position, Payslip.id)
    )
    return _as_they_stand([(row[0], row[1], row[2]) for row in db.session.execute(statement)], {})


def list_outdated(run_id: str) -> list[Unreported]:
    """The payments that a run of corrections says anew and whose standing reports do not yet."""
    said = select(Payslip.restates_id, Payslip.correction_no).where(Payslip.pay_run_id == run_id)
    anew = said.where(Payslip.restates_id.is_not(None)).subquery()
    statement = (
        select(Payslip, Person, Employment, RegisterReport)
        .join(anew, anew.c.restates_id == Payslip.id)
        .join(
            RegisterReport,
            and_(
                RegisterReport.payslip_id == Payslip.id,
                RegisterReport.cancelled_at.is_(None),
                RegisterReport.covers < anew.c.correction_no,
            ),
        )
        .join(Person, Person.id == Payslip.person_id)
        .join(Employment, Employment.id == Payslip.employment_id)
        .options(selectinload(Payslip.lines), joinedload(Payslip.run))
        .order_by(
            Payslip.pay_run_id,
            Payslip.period_first,
            Payslip.period_last,
            Payslip.position,
            Payslip.id,
        )
    )
    rows: list[_Row] = []
    standing: dict[str, RegisterReport] = {}
    for slip, person, work, report in db.session.execute(statement):
        rows.append((slip, person, work))
        standing[slip.id] = report
    return _as_they_stand(rows, standing)


def _as_they_stand(rows: Sequence[_Row], standing: dict[str, RegisterReport]) -> list[Unreported]:
    anew = _said_anew([slip.id for slip, _person, _work in rows])
    found = []
    for slip, person, work in rows:
        said = anew.get(slip.id, [])
        found.append(
            Unreported(
                slip=slip,
                identity_code=person.identity_code,
                employed=work.term,
                agreed_minutes=work.agreed_minutes,
                lines=[as_line(line) for one in (slip, *said) for line in one.lines],
                pension_base=Money.total(one.pension_base for one in (slip, *said)),
                covers=max((one.correction_no or 0 for one in said), default=0),
                replaces=standing.get(slip.id),
            )
        )
    return found


def _said_anew(payslip_ids: Sequence[str]) -> dict[str, list[Payslip]]:
    """By payment, the approved corrections that said it anew, in order."""
    if not payslip_ids:
        return {}
    statement = (
        select(Payslip)
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .where(Payslip.restates_id.in_(sorted(payslip_ids)), PayRun.state.in_(sorted(READY)))
        .options(selectinload(Payslip.lines))
        .order_by(Payslip.correction_no, Payslip.id)
    )
    found: dict[str, list[Payslip]] = {}
    for slip in db.session.scalars(statement):
        found.setdefault(slip.restates_id or "", []).append(slip)
    return found


def is_untold(*accepted: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether no standing report tells of a payslip: its own, or that of the payment it says
    anew."""
    report = select(RegisterReport.id).where(RegisterReport.cancelled_at.is_(None), *accepted)
    own = report.where(RegisterReport.payslip_id == Payslip.id)
    anew = report.where(
        RegisterReport.payslip_id == Payslip.restates_id,
        RegisterReport.covers >= Payslip.correction_no,
    )
    return or_(
        and_(Payslip.restates_id.is_(None), ~own.exists()),
        and_(Payslip.restates_id.is_not(None), ~anew.exists()),
    )


def list_runs_to_report() -> list[PayRun]:
    """Approved runs with a payslip that no standing report tells of, the oldest payment first."""
    untold = select(Payslip.id).where(Payslip.pay_run_id == PayRun.id, is_untold())
    statement = (
        select(PayRun)
        .options(joinedload(PayRun.cohort))
        .where(PayRun.state.in_(sorted(READY)), PayRun.paid_by == PaidBy.HERE, untold.exists())
        .order_by(PayRun.pays_on, PayRun.id)
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(statement))


def all_accepted(run_id: str) -> bool:
    """Whether the register has accepted a report of every payslip of the run."""
    waits = exists().where(
        Payslip.pay_run_id == run_id, is_untold(RegisterReport.register_id != "")
    )
    return not db.session.scalar(select(waits))


def runs_of(payslip_ids: Sequence[str]) -> list[str]:
    """The runs that pay these payslips or say them anew."""
    wanted = sorted(payslip_ids)
    statement = (
        select(Payslip.pay_run_id)
        .where(or_(Payslip.id.in_(wanted), Payslip.restates_id.in_(wanted)))
        .distinct()
        .order_by(Payslip.pay_run_id)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class Outdated:
    """A report that is to be replaced: whose, which payment and which correction."""

    run_id: str
    payslip_id: str
    correction_id: str
    name: str
    is_accepted: bool


def list_to_replace() -> list[Outdated]:
    """The reports that an approved correction has outdated, by the run of the correction."""
    correction = aliased(Payslip)
    statement = (
        select(
            correction.pay_run_id,
            Payslip.id,
            correction.id,
            Payslip.employee_name,
            RegisterReport.register_id != "",
        )
        .join(correction, correction.restates_id == Payslip.id)
        .join(PayRun, PayRun.id == correction.pay_run_id)
        .join(RegisterReport, RegisterReport.payslip_id == Payslip.id)
        .where(
            PayRun.state.in_(sorted(READY)),
            RegisterReport.cancelled_at.is_(None),
            RegisterReport.covers < correction.correction_no,
        )
        .order_by(PayRun.pays_on, PayRun.id, Payslip.employee_name, Payslip.id)
        .limit(MOST_SHOWN)
    )
    return [Outdated(*row) for row in db.session.execute(statement)]
