"""Use cases of the Incomes Register: settings, files of wages and months, answers."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.periods import Span, month_of
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.payroll.exports.books.queries import compare_run
from jobsearch.payroll.exports.books.rules import check_agreement
from jobsearch.payroll.exports.register import queries
from jobsearch.payroll.exports.register.answers import Answer, read_answer
from jobsearch.payroll.exports.register.message import cancellation_xml, summary_xml, wages_xml
from jobsearch.payroll.exports.register.models import (
    RegisterDelivery,
    RegisterReport,
    RegisterSettings,
)
from jobsearch.payroll.exports.register.queries import Unreported
from jobsearch.payroll.exports.register.rules import (
    REPORTED,
    Cancellation,
    DeliveryKind,
    DeliveryState,
    Envelope,
    Income,
    Sender,
    SummaryDelivery,
    WageDelivery,
    WageReport,
    check_known,
    check_ready,
    check_state,
    health_of_month,
    summary_due_on,
    wages_due_on,
    weekly_minutes,
)
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunState, check_paid_here
from jobsearch.payroll.pay.service import mark_reported


def keep_settings(actor: Actor, wanted: Sender, version: int) -> RegisterSettings:
    """Keep how the employer reports; `version` as it was seen, 0 for none. Raises Conflict."""
    row = queries.find_settings(actor.organisation_id)
    if (row.version if row else 0) != version:
        raise Conflict
    if row is None:
        row = RegisterSettings(id=actor.organisation_id, organisation_id=actor.organisation_id)
        db.session.add(row)
    row.contact, row.phone, row.email = wanted.contact, wanted.phone, wanted.email
    row.pension_provider, row.pension_policy = wanted.pension_provider, wanted.pension_policy
    row.profession = wanted.profession
    db.session.flush()
    return row


def turn_production(actor: Actor, *, on: bool) -> RegisterSettings:
    """Say that files are meant, or that they are tests again. RuleBroken without settings.

    What was reported as a test is to be reported again when production begins.
    """
    row = _settings(actor)
    if on:
        for report in queries.list_standing_tests():
            report.cancelled_at = now()
    row.production_since = now() if on else None
    row.production_by_id = actor.account_id if on else None
    db.session.flush()
    return row


def _settings(actor: Actor) -> RegisterSettings:
    row = queries.find_settings(actor.organisation_id)
    if row is None:
        raise RuleBroken(N_("Enter first how the employer reports to the Incomes Register."))
    return row


def make_wage_reports(actor: Actor, run_id: str) -> list[RegisterDelivery]:
    """Make the files of a run: one for each period that it pays, with what nobody was told yet.

    RuleBroken while the run is not approved, its sums differ, settings or somebody's identity code
    are missing, or everything is reported. Raises NotVisible.
    """
    run = get_run(run_id)
    check_ready(run.state)
    check_paid_here(run.paid_by)
    check_agreement(compare_run(run.id))
    waiting = queries.list_unreported(run.id)
    if not waiting:
        raise RuleBroken(N_("Everything of this pay run is in a file already."))
    check_known([one.slip.employee_name for one in waiting if not one.identity_code])
    by_period = groupby(waiting, key=lambda one: one.slip.period)
    return [_wages(actor, run, period, list(group)) for period, group in by_period]


def _wages(
    actor: Actor, run: PayRun, period: Span, waiting: Sequence[Unreported]
) -> RegisterDelivery:
    envelope = _envelope(actor)
    reports = [(new_key(), one) for one in waiting]
    delivery = WageDelivery(
        envelope, run.pays_on, period, [_wage_report(key, one) for key, one in reports]
    )
    row = _keep(actor, DeliveryKind.WAGES, envelope, wages_xml(delivery))
    row.pay_run_id = run.id
    row.due_on = wages_due_on(run.pays_on, holidays_of(run.pays_on.year))
    _tell(row, ((key, one.slip) for key, one in reports))
    return row


def _wage_report(reference: str, one: Unreported) -> WageReport:
    slip = one.slip
    return WageReport(
        reference=reference,
        identity_code=one.identity_code or "",
        employed=one.employed,
        weekly_minutes=weekly_minutes(one.agreed_minutes, one.employed),
        is_pension_insured=bool(slip.pension_base),
        incomes=[
            Income(line.code, line.amount, line.hourly, line.minutes)
            for line in slip.lines
            if line.code in REPORTED
        ],
    )


def make_summary(actor: Actor, month: date) -> RegisterDelivery:
    """Make the separate report of a month: the health contribution on its total, or no wages.

    RuleBroken for a month that is not over, and for settings that are missing.
    """
    last = month_of(month).last
    if last is None or last >= today(actor.zone):
        raise RuleBroken(N_("The month is not over yet. Its report is made after its last day."))
    envelope, key = _envelope(actor), new_key()
    bases = queries.health_bases(month)
    told = SummaryDelivery(envelope, key, month, health_of_month(bases) if bases else None)
    content = summary_xml(told, today(actor.zone))
    row = _keep(actor, DeliveryKind.SUMMARY, envelope, content)
    row.month = month_of(month).first
    row.due_on = summary_due_on(month, {**holidays_of(month.year), **holidays_of(month.year + 1)})
    _tell(row, [(key, None)])
    return row


def _envelope(actor: Actor) -> Envelope:
    settings = _settings(actor)
    business_id = queries.get_organisation(actor.organisation_id).business_id
    if not business_id:
        raise RuleBroken(N_("The business id of the employer is missing. Enter it in Settings."))
    return Envelope(new_key(), now().replace(microsecond=0), settings.as_sender(business_id))


def _keep(actor: Actor, kind: DeliveryKind, envelope: Envelope, content: bytes) -> RegisterDelivery:
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


def _tell(row: RegisterDelivery, told: Iterable[tuple[str, Payslip | None]]) -> None:
    db.session.flush()
    for position, (key, slip) in enumerate(told, 1):
        report = RegisterReport(
            id=key, organisation_id=row.organisation_id, delivery_id=row.id, position=position
        )
        if slip is not None:
            report.payslip_id, report.person_id = slip.id, slip.person_id
        db.session.add(report)
    db.session.flush()


def mark_delivered(delivery_id: str, version: int) -> RegisterDelivery:
    """Say that the file was uploaded to the register. Raises Conflict, RuleBroken, NotVisible."""
    row = queries.get_delivery(delivery_id)
    if row.version != version:
        raise Conflict
    check_state(row.state, DeliveryState.DELIVERED)
    row.state, row.delivered_at = DeliveryState.DELIVERED, now()
    db.session.flush()
    return row


def take_answer(delivery_id: str, content: bytes) -> RegisterDelivery:
    """Read the register's answer: each report is accepted, or stands no more and says why.

    RuleBroken for a file that is no answer, or the answer to another delivery.
    """
    row, answer = queries.get_delivery(delivery_id), read_answer(content)
    if answer.delivery and answer.delivery != row.id:
        raise RuleBroken(N_("This is the answer to another file."), field="file")
    rejected = bool(answer.errors)
    check_state(row.state, DeliveryState.REJECTED if rejected else DeliveryState.ACCEPTED)
    row.state = DeliveryState.REJECTED if rejected else DeliveryState.ACCEPTED
    row.answered_at, row.answer = now(), answer.errors.get("", "")
    if row.kind is DeliveryKind.CANCELLED_WAGES:
        _answer_cancellation(row, rejected=rejected)
    else:
        _answer_reports(row, answer)
    db.session.flush()
    _finish(row)
    return row


def _answer_reports(row: RegisterDelivery, answer: Answer) -> None:
    for report in row.reports:
        report.register_id = answer.accepted.get(report.id, "")[:32]
        report.error = answer.errors.get(report.id, "")
        if not report.register_id:
            report.cancelled_at = row.answered_at  # rejected: a new file tells of it


def _answer_cancellation(row: RegisterDelivery, *, rejected: bool) -> None:
    for report in queries.list_asked_to_cancel(row):
        if rejected:
            report.cancelled_by_id = None  # what was told stands
        else:
            report.cancelled_at = row.answered_at


def _finish(row: RegisterDelivery) -> None:
    if row.pay_run_id is None or row.is_test or row.kind is not DeliveryKind.WAGES:
        return
    run = get_run(row.pay_run_id)
    if run.state is RunState.PAID and queries.all_accepted(run.id):
        mark_reported(run)


def cancel_wage_reports(actor: Actor, delivery_id: str) -> RegisterDelivery:
    """Make the file that cancels what a delivery told; when the register has accepted that, a new
    file may tell it rightly.

    RuleBroken unless the register has accepted something of it that stands.
    """
    there = queries.get_delivery(delivery_id)
    standing = [
        one
        for one in there.reports
        if one.register_id and one.cancelled_at is None and one.cancelled_by_id is None
    ]
    if there.kind is not DeliveryKind.WAGES or not standing:
        raise RuleBroken(N_("The register has accepted nothing of this file that still stands."))
    envelope = _envelope(actor)
    told = Cancellation(envelope, [one.id for one in standing])
    row = _keep(actor, DeliveryKind.CANCELLED_WAGES, envelope, cancellation_xml(told))
    row.pay_run_id = there.pay_run_id
    db.session.flush()
    for one in standing:
        one.cancelled_by_id = row.id
    db.session.flush()
    return row
