"""Use cases of the Incomes Register: settings, files of wages and months, answers."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.periods import month_of
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.payroll.exports.books.queries import compare_run
from jobsearch.payroll.exports.books.rules import check_agreement
from jobsearch.payroll.exports.months.queries import check_month
from jobsearch.payroll.exports.register import queries
from jobsearch.payroll.exports.register.answers import Answer, read_answer
from jobsearch.payroll.exports.register.filing import (
    Told,
    envelope_of,
    file_wages,
    keep_file,
    keep_reports,
    settings_of,
)
from jobsearch.payroll.exports.register.message import cancellation_xml, summary_xml
from jobsearch.payroll.exports.register.models import RegisterDelivery, RegisterSettings
from jobsearch.payroll.exports.register.rules import (
    CANCELS,
    DATA_TYPES,
    Cancellation,
    DeliveryKind,
    DeliveryState,
    Sender,
    SummaryDelivery,
    check_answered,
    check_known,
    check_outdated,
    check_ready,
    check_state,
    health_of_month,
    summary_due_on,
)
from jobsearch.payroll.exports.register.waiting import (
    Unreported,
    all_accepted,
    list_outdated,
    list_unreported,
    runs_of,
)
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
    row.profession, row.remind_days = wanted.profession, wanted.remind_days
    db.session.flush()
    return row


def turn_production(actor: Actor, *, on: bool) -> RegisterSettings:
    """Say that files are meant, or that they are tests again. RuleBroken without settings.

    What was reported as a test is to be reported again when production begins.
    """
    row = settings_of(actor)
    if on:
        for report in queries.list_standing_tests():
            report.cancelled_at = now()
    row.production_since = now() if on else None
    row.production_by_id = actor.account_id if on else None
    db.session.flush()
    return row


def make_wage_reports(actor: Actor, run_id: str) -> list[RegisterDelivery]:
    """Make the files of a run: one for each period that it pays, with what nobody was told yet,
    and for a run of corrections those that replace what was told of the payments it says anew.

    RuleBroken while the run is not approved, its sums differ, settings or somebody's identity code
    are missing, the register has not answered what is to be replaced, or everything is reported.
    Raises NotVisible.
    """
    run = get_run(run_id)
    check_ready(run.state)
    check_paid_here(run.paid_by)
    check_agreement(compare_run(run.id))
    waiting, outdated = list_unreported(run.id), list_outdated(run.id)
    if not waiting and not outdated:
        raise RuleBroken(N_("Everything of this pay run is in a file already."))
    check_known([one.slip.employee_name for one in (*waiting, *outdated) if not one.identity_code])
    _check_replaceable(outdated)
    by_period = groupby(waiting, key=lambda one: one.slip.period)
    made = [file_wages(actor, run, days, list(group), run.pays_on) for days, group in by_period]
    by_run = groupby(outdated, key=lambda one: (one.slip.run, one.slip.period))
    return made + [
        file_wages(actor, paid, days, list(group), run.pays_on) for (paid, days), group in by_run
    ]


def _check_replaceable(outdated: Sequence[Unreported]) -> None:
    waits = [one for one in outdated if one.replaces is None or not one.replaces.register_id]
    check_answered([one.slip.employee_name for one in waits])


def make_summary(actor: Actor, month: date) -> RegisterDelivery:
    """Make the separate report of a month: the health contribution on its total, or no wages.

    One whose contribution has changed since replaces the one that stands. RuleBroken for a month
    that is not over or whose sums differ, for settings that are missing, and when nothing has
    changed.
    """
    last = month_of(month).last
    if last is None or last >= today(actor.zone):
        raise RuleBroken(N_("The month is not over yet. Its report is made after its last day."))
    check_month(month)
    first, envelope = month_of(month).first, envelope_of(actor)
    bases = queries.health_bases(month)
    health = health_of_month(bases) if bases else None
    is_test = not envelope.sender.is_production
    standing = queries.find_standing_summary(first, is_test=is_test)
    if standing is not None:
        check_outdated(
            is_changed=standing.contribution != health, is_accepted=bool(standing.register_id)
        )
    key = standing.reference if standing else new_key()
    told = SummaryDelivery(envelope, key, month, health, replaces=standing is not None)
    content = summary_xml(told, today(actor.zone))
    row = keep_file(actor, DeliveryKind.SUMMARY, envelope, content)
    row.month = first
    row.due_on = summary_due_on(month, {**holidays_of(month.year), **holidays_of(month.year + 1)})
    keep_reports(row, [Told(key, contribution=health, replaces=standing)])
    return row


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
    if row.kind in CANCELS.values():
        _answer_cancellation(row, rejected=rejected)
    else:
        _answer_reports(row, answer)
    db.session.flush()
    _finish(row)
    return row


def _answer_reports(row: RegisterDelivery, answer: Answer) -> None:
    refused = []
    for report in row.reports:
        report.register_id = answer.accepted.get(report.reference, "")[:32]
        report.error = answer.errors.get(report.reference, "")
        if not report.register_id:
            report.cancelled_at = row.answered_at  # rejected: a new file tells of it
            refused.append(report.replaces_id)
    db.session.flush()
    for before in queries.list_reports([key for key in refused if key]):
        before.cancelled_at = None  # what was to be replaced stands


def _answer_cancellation(row: RegisterDelivery, *, rejected: bool) -> None:
    for report in queries.list_asked_to_cancel(row):
        if rejected:
            report.cancelled_by_id = None  # what was told stands
        else:
            report.cancelled_at = row.answered_at


def _finish(row: RegisterDelivery) -> None:
    if row.is_test or row.kind is not DeliveryKind.WAGES:
        return
    for run_id in runs_of([one.payslip_id for one in row.reports if one.payslip_id]):
        run = get_run(run_id)
        if run.state is RunState.PAID and all_accepted(run.id):
            mark_reported(run)


def cancel_reports(actor: Actor, delivery_id: str) -> RegisterDelivery:
    """Make the file that cancels what a delivery told; when the register has accepted that, a new
    file may tell it rightly.

    So it is corrected when day, period or somebody's identity code was wrong; figures are replaced
    (`finland/law.md` section 5). RuleBroken unless the register has accepted something of it that
    stands.
    """
    there = queries.get_delivery(delivery_id)
    standing = [
        one
        for one in there.reports
        if one.register_id and one.cancelled_at is None and one.cancelled_by_id is None
    ]
    if there.kind not in CANCELS or not standing:
        raise RuleBroken(N_("The register has accepted nothing of this file that still stands."))
    envelope, kind = envelope_of(actor), CANCELS[there.kind]
    told = Cancellation(envelope, [one.reference for one in standing], DATA_TYPES[kind])
    row = keep_file(actor, kind, envelope, cancellation_xml(told))
    row.pay_run_id, row.month = there.pay_run_id, there.month
    db.session.flush()
    for one in standing:
        one.cancelled_by_id = row.id
    db.session.flush()
    return row
