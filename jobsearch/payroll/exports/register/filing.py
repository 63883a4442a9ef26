"""Writes files for the Incomes Register and keeps what each report of them tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.payroll.exports.register import queries
from jobsearch.payroll.exports.register.message import wages_xml
from jobsearch.payroll.exports.register.models import (
    RegisterDelivery,
    RegisterReport,
    RegisterSettings,
)
from jobsearch.payroll.exports.register.rules import (
    DeliveryKind,
    Envelope,
    WageDelivery,
    WageReport,
    incomes_of,
    wages_due_on,
    weekly_minutes,
)
from jobsearch.payroll.exports.register.waiting import Unreported
from jobsearch.payroll.pay.models import PayRun, Payslip


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it is kept: its name, what it tells of, and which one it replaces."""

    reference: str
    slip: Payslip | None = None
    covers: int = 0
    contribution: Money | None = None
    replaces: RegisterReport | None = None


def settings_of(actor: Actor) -> RegisterSettings:
    """How the employer reports. RuleBroken when nobody has said."""
    row = queries.find_settings(actor.organisation_id)
    if row is None:
        raise RuleBroken(N_("Enter first how the employer reports to the Incomes Register."))
    return row


def envelope_of(actor: Actor) -> Envelope:
    """What stands around a new file. RuleBroken without settings or the business id."""
    settings = settings_of(actor)
    business_id = queries.get_organisation(actor.organisation_id).business_id
    if not business_id:
        raise RuleBroken(N_("The business id of the employer is missing. Enter it in Settings."))
    return Envelope(new_key(), now().replace(microsecond=0), settings.as_sender(business_id))


def file_wages(
    actor: Actor, run: PayRun, period: Span, waiting: Sequence[Unreported], paid_on: date
) -> RegisterDelivery:
    """Make the file of one payment day and period: new reports, or those that replace others.

    It is due by the day `paid_on`: that of the payment, or of the correction.
    """
    envelope = envelope_of(actor)
    told = [_told(one) for one in waiting]
    reports = [_wage_report(kept, one) for kept, one in zip(told, waiting, strict=True)]
    content = wages_xml(WageDelivery(envelope, run.pays_on, period, reports))
    row = keep_file(actor, DeliveryKind.WAGES, envelope, content)
    row.pay_run_id = run.id
    row.due_on = wages_due_on(paid_on, holidays_of(paid_on.year))
    keep_reports(row, told)
    return row


def _told(one: Unreported) -> Told:
    reference = one.replaces.reference if one.replaces else new_key()
    return Told(reference, one.slip, one.covers, replaces=one.replaces)


def _wage_report(told: Told, one: Unreported) -> WageReport:
    return WageReport(
        reference=told.reference,
        identity_code=one.identity_code or "",
        employed=one.employed,
        weekly_minutes=weekly_minutes(one.agreed_minutes, one.employed),
        is_pension_insured=bool(one.pension_base),
        incomes=incomes_of(one.lines),
        replaces=told.replaces is not None,
    )


def keep_file(
    actor: Actor, kind: DeliveryKind, envelope: Envelope, content: bytes
) -> RegisterDelivery:
    """Store the bytes and the row of a new file."""
    stored = files.put(content, "application/xml")
    row = RegisterDelivery(
        id=envelope.reference,
        organisation_id=actor.organisation_id,
        kind=kind,
        is_test=not envelope.sender.is_production,
        file_id=stored.id,
        sha256=stored.sha256,
        made_at=envelope.made_at,
        made_by_id=actor.account_id,
    )
    db.session.add(row)
    return row


def keep_reports(row: RegisterDelivery, told: Iterable[Told]) -> None:
    """Keep the reports of a file; what one replaces stands no more."""
    told = list(told)
    for one in told:
        if one.replaces is not None:
            one.replaces.cancelled_at = row.made_at
    db.session.flush()
    for position, one in enumerate(told, 1):
        report = RegisterReport(
            id=new_key() if one.replaces else one.reference,
            organisation_id=row.organisation_id,
            delivery_id=row.id,
            position=position,
            reference=one.reference,
            replaces_id=one.replaces.id if one.replaces else None,
            covers=one.covers,
            contribution=one.contribution,
        )
        if one.slip is not None:
            report.payslip_id, report.person_id = one.slip.id, one.slip.person_id
        db.session.add(report)
    db.session.flush()
