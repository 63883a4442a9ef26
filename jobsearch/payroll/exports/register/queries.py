"""What is asked of the Incomes Register’s deliveries and settings."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.files import get as get_file
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span, month_of
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.exports.register.models import (
    RegisterDelivery,
    RegisterReport,
    RegisterSettings,
)
from jobsearch.payroll.exports.register.rules import READY, DeliveryKind, DeliveryState
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.rules import PaidBy
from jobsearch.people.models import Person

MOST_SHOWN = 100


def find_settings(organisation_id: str) -> RegisterSettings | None:
    """How the employer reports, or None."""
    statement = select(RegisterSettings).where(RegisterSettings.id == organisation_id)
    return db.session.scalar(statement)


def get_organisation(organisation_id: str) -> Organisation:
    """The employer."""
    return db.session.get_one(Organisation, organisation_id)


def health_bases(month: date) -> dict[Rate, Money]:
    """What the employer's health contribution of a month is due on, by its rate; approved runs."""
    return health_bases_of(month_of(month)).get(month_of(month).first, {})


def health_bases_of(days: Span) -> dict[date, dict[Rate, Money]]:
    """The same of every month of these days that has any, by its first day; one statement."""
    statement = (
        select(Payslip.counts_on, PayLineRow.rate_bp, func.sum(PayLineRow.base))
        .join(Payslip, Payslip.id == PayLineRow.payslip_id)
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .where(
            PayLineRow.item == Item.HEALTH_EMPLOYER,
            PayLineRow.rate_bp.is_not(None),
            PayRun.state.in_(sorted(READY)),
            PayRun.paid_by == PaidBy.HERE,
            Payslip.counts_on.between(days.first, days.last),
        )
        .group_by(Payslip.counts_on, PayLineRow.rate_bp)
    )
    found: dict[date, dict[Rate, Money]] = {}
    for day, rate, base in db.session.execute(statement):
        if rate and base:
            bases = found.setdefault(month_of(day).first, {})
            bases[Rate(rate)] = bases.get(Rate(rate), Money.zero()) + base
    return {
        month: {rate: base for rate, base in bases.items() if base}
        for month, bases in found.items()
    }


def get_delivery(delivery_id: str) -> RegisterDelivery:
    """A delivery with its reports. Raises NotVisible."""
    statement = (
        select(RegisterDelivery)
        .options(selectinload(RegisterDelivery.reports), joinedload(RegisterDelivery.made_by))
        .where(RegisterDelivery.id == delivery_id)
    )
    delivery = db.session.scalar(statement)
    if delivery is None:
        raise NotVisible
    return delivery


def content_of(delivery: RegisterDelivery) -> bytes:
    """The bytes of a delivery, checked against their digest."""
    return bytes(get_file(delivery.file_id).content)


def find_summary(month: date) -> RegisterDelivery | None:
    """The latest separate report of a month, or None."""
    return latest_summaries([month]).get(month)


def latest_summaries(months: Sequence[date]) -> dict[date, RegisterDelivery]:
    """The latest separate report of each of these months that has one."""
    statement = (
        select(RegisterDelivery)
        .where(
            RegisterDelivery.kind == DeliveryKind.SUMMARY,
            RegisterDelivery.month.in_(list(months)),
        )
        .order_by(RegisterDelivery.made_at, RegisterDelivery.id.desc())
    )
    return {one.month: one for one in db.session.scalars(statement) if one.month}


def find_standing_summary(month: date, *, is_test: bool) -> RegisterReport | None:
    """The report that tells of a month's contribution now, or None."""
    return standing_summaries([month], is_test=is_test).get(month)


def standing_summaries(months: Sequence[date], *, is_test: bool) -> dict[date, RegisterReport]:
    """The report that tells of the contribution of each of these months that has one."""
    statement = (
        select(RegisterDelivery.month, RegisterReport)
        .join(RegisterDelivery, RegisterDelivery.id == RegisterReport.delivery_id)
        .where(
            RegisterDelivery.kind == DeliveryKind.SUMMARY,
            RegisterDelivery.month.in_(list(months)),
            RegisterDelivery.is_test.is_(is_test),
            RegisterReport.cancelled_at.is_(None),
        )
        .order_by(RegisterDelivery.made_at, RegisterReport.id.desc())
    )
    return {month: report for month, report in db.session.execute(statement) if month}


def list_deliveries() -> list[RegisterDelivery]:
    """The latest deliveries with who made them, newest first."""
    statement = (
        select(RegisterDelivery)
        .options(joinedload(RegisterDelivery.made_by))
        .order_by(RegisterDelivery.made_at.desc(), RegisterDelivery.id)
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(statement))


def list_reports(keys: Sequence[str]) -> list[RegisterReport]:
    """These reports."""
    statement = (
        select(RegisterReport)
        .where(RegisterReport.id.in_(sorted(keys)))
        .order_by(RegisterReport.id)
    )
    return list(db.session.scalars(statement))


def list_asked_to_cancel(delivery: RegisterDelivery) -> list[RegisterReport]:
    """The reports that a file asks the register to cancel."""
    statement = (
        select(RegisterReport)
        .where(RegisterReport.cancelled_by_id == delivery.id)
        .order_by(RegisterReport.delivery_id, RegisterReport.position)
    )
    return list(db.session.scalars(statement))


def list_standing_tests() -> list[RegisterReport]:
    """Reports of files that were tests and that stand."""
    statement = (
        select(RegisterReport)
        .join(RegisterDelivery, RegisterDelivery.id == RegisterReport.delivery_id)
        .where(RegisterDelivery.is_test, RegisterReport.cancelled_at.is_(None))
        .order_by(RegisterReport.id)
    )
    return list(db.session.scalars(statement))


def list_open_deliveries(month: date) -> list[RegisterDelivery]:
    """Files that the register has not answered, no tests, and the separate reports of a month.

    The one due first comes first.
    """
    is_unanswered = and_(
        RegisterDelivery.state.in_([DeliveryState.MADE, DeliveryState.DELIVERED]),
        RegisterDelivery.is_test.is_(False),
    )
    statement = (
        select(RegisterDelivery)
        .where(or_(is_unanswered, RegisterDelivery.month == month))
        .order_by(RegisterDelivery.due_on, RegisterDelivery.made_at, RegisterDelivery.id)
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(statement))


def has_wages(month: date) -> bool:
    """Whether wages were paid in a month, by runs that are approved."""
    days = month_of(month)
    statement = select(PayRun.id).where(
        PayRun.state.in_(sorted(READY)),
        PayRun.paid_by == PaidBy.HERE,
        PayRun.pays_on.between(days.first, days.last),
    )
    return db.session.scalar(statement.limit(1)) is not None


def list_names(delivery: RegisterDelivery) -> dict[str, str]:
    """The names of the people whom a delivery tells of, by their keys."""
    statement = (
        select(Person)
        .join(RegisterReport, RegisterReport.person_id == Person.id)
        .where(RegisterReport.delivery_id == delivery.id)
    )
    return {person.id: person.full_name for person in db.session.scalars(statement)}


def people_in(delivery: RegisterDelivery) -> list[str]:
    """The keys of the people whom a delivery tells of, as it was loaded."""
    return [report.person_id for report in delivery.reports if report.person_id]
