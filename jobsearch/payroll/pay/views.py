"""Pages of pay: runs for the clerk and the manager, payslips also for the person herself."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission, may
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.payroll.bonus.wording import say_event
from jobsearch.payroll.pay import pages, queries, service
from jobsearch.payroll.pay.bonuses.queries import bonuses_of
from jobsearch.payroll.pay.corrections.queries import list_corrections
from jobsearch.payroll.pay.corrections.shown import show_corrections
from jobsearch.payroll.pay.forms import KIND_NAMES, RunForm, StepForm
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.months.queries import list_own_months
from jobsearch.payroll.pay.rules import STATE_NAMES, RunKind
from jobsearch.payroll.pay.wording import say
from jobsearch.web.filters import current_language, day_range
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    flash,
    page_number,
    reads,
    render,
    render_invalid,
    see_other,
)

blueprint = Blueprint("payroll_pay", __name__)
_WORDS: dict[str, Any] = {
    "say": say,
    "state_names": STATE_NAMES,
    "kind_names": KIND_NAMES,
    "cell": pages.cell,
    "Item": Item,
    "say_event": say_event,
}


@blueprint.get("/pay-runs")
@needs(Permission.PAYROLL_READ)
def list_runs() -> ResponseReturnValue:
    """Runs, newest first."""
    page, count = page_number(), queries.count_runs()
    return render(
        "payroll_pay/list_runs.html",
        runs=queries.list_runs(page),
        page=page,
        pages=max(1, -(-count // queries.PAGE)),
        **_WORDS,
    )


@blueprint.get("/pay-runs/new")
@needs(Permission.PAYROLL_WRITE)
def new_run() -> ResponseReturnValue:
    """Ask which group is paid, for which days and when."""
    form = _run_form()
    form.paid_by.data = queries.last_paid_by()  # whoever pays elsewhere mostly goes on doing so
    form.begin_with(request.args.get("cohort_id", ""), request.args.get("pays_on", ""))
    return render("payroll_pay/new_run.html", form=form)


def _run_form() -> RunForm:
    form = RunForm()
    form.offer(
        (group.cohort_id, f"{group.name}, {day_range(group.first, group.last, current_language())}")
        for group in pages.list_payable_groups()
    )
    return form


@blueprint.post("/pay-runs/new")
@needs(Permission.PAYROLL_WRITE)
def make_run() -> ResponseReturnValue:
    """Open the run as a draft."""
    form = _run_form()
    days = (form.pays_on.data, form.cohort_id.data, form.period_first.data, form.period_last.data)
    kind = RunKind.BONUS if form.kind.data == RunKind.BONUS else RunKind.WAGES
    payer = form.payer()
    if not form.attempt(service.make_pay_run, current_actor(), kind, *days, paid_by=payer):
        return render_invalid("payroll_pay/new_run.html", form=form)
    return see_other("payroll_pay.show_run", run_id=form.result.id)


@blueprint.get("/pay-runs/<key:run_id>")
@needs(Permission.PAYROLL_READ)
def show_run(run_id: str) -> ResponseReturnValue:
    """A run: what is wrong first, then every figure."""
    return _run_page(run_id, StepForm(formdata=None), render)


def _run_page(run_id: str, form: StepForm, answer: Callable[..., Any]) -> ResponseReturnValue:
    shown = pages.load_run_page(run_id, page_number())
    for slip in shown.slips:
        reads(slip.person_id, Look.PAY_RUN)
    template = "payroll_pay/show_run.html"
    corrections = list_corrections(run_id) if shown.run.kind is RunKind.CORRECTION else []
    more = {"shown": shown, "run": shown.run, "form": form, "corrections": corrections}
    result: ResponseReturnValue = answer(template, **more, **_WORDS)
    return result


@blueprint.post("/pay-runs/<key:run_id>/compute")
@needs(Permission.PAYROLL_WRITE)
def compute_run(run_id: str) -> ResponseReturnValue:
    """Compute the run from what is known now."""
    return _step(run_id, service.compute_pay_run, _("The pay run is computed."))


@blueprint.post("/pay-runs/<key:run_id>/review")
@needs(Permission.PAYROLL_WRITE)
def review_run(run_id: str) -> ResponseReturnValue:
    """Say that it has been looked through."""
    done = _("The pay run is reviewed. Another person approves it.")
    return _step(run_id, service.review_pay_run, done, current_actor())


@blueprint.post("/pay-runs/<key:run_id>/approve")
@needs(Permission.PAYROLL_APPROVE, fresh=True)
@heavy
def approve_run(run_id: str) -> ResponseReturnValue:
    """Freeze it and issue the payslips."""
    done = _("The pay run is approved and frozen.")
    return _step(run_id, service.approve_pay_run, done, current_actor())


@blueprint.post("/pay-runs/<key:run_id>/paid")
@needs(Permission.PAYROLL_WRITE)
def mark_run_paid(run_id: str) -> ResponseReturnValue:
    """Say that the bank has paid it."""
    return _step(run_id, service.mark_paid, _("The pay run is marked as paid."))


def _step(
    run_id: str, use_case: Callable[..., Any], done: str, *more: object
) -> ResponseReturnValue:
    form = StepForm()
    if not form.attempt(use_case, run_id, form.seen(), *more):
        return _run_page(run_id, form, render_invalid)
    flash(done)
    return see_other("payroll_pay.show_run", run_id=run_id)


@blueprint.get("/payslips/<key:payslip_id>")
@needs(Permission.PAYROLL_READ)
def show_payslip(payslip_id: str) -> ResponseReturnValue:
    """A payslip with the calculation of every figure in words."""
    slip = queries.get_payslip(payslip_id)
    reads(slip.person_id, Look.PAYSLIP)
    shown = {"sections": _sections(slip), "bonuses": bonuses_of(slip)}
    shown["corrections"] = show_corrections(slip)
    return render("payroll_pay/show_payslip.html", slip=slip, **shown, **_WORDS)


def _sections(slip: Any) -> list[pages.Section]:
    is_clerk = may(current_actor(), Permission.PAYROLL_WRITE)
    return pages.sections(slip, with_distraint=is_clerk)


@blueprint.get("/payslips/<key:payslip_id>/pdf")
@needs(Permission.PAYROLL_READ)
@heavy
def download_payslip(payslip_id: str) -> ResponseReturnValue:
    """The payslip as it was issued; one with distraint is for the clerk and the person."""
    issued = queries.get_issued(payslip_id)
    if issued.has_distraint and not may(current_actor(), Permission.PAYROLL_WRITE):
        raise NotVisible
    return _issued(issued)


@blueprint.get("/my-pay")
@needs(Permission.MY_PAY)
def my_payslips() -> ResponseReturnValue:
    """One's own payslips."""
    slips, months = queries.list_own_payslips(_own_person()), list_own_months(_own_person())
    return render("payroll_pay/my_payslips.html", slips=slips, months=months, **_WORDS)


@blueprint.get("/my-pay/<key:payslip_id>")
@needs(Permission.MY_PAY)
def show_my_payslip(payslip_id: str) -> ResponseReturnValue:
    """One's own payslip with each line in plain words."""
    slip = queries.get_payslip(payslip_id, _own_person())
    shown = {"sections": pages.sections(slip, with_distraint=True), "bonuses": bonuses_of(slip)}
    shown["corrections"] = show_corrections(slip)
    return render("payroll_pay/show_my_payslip.html", slip=slip, **shown, **_WORDS)


@blueprint.get("/my-pay/<key:payslip_id>/pdf")
@needs(Permission.MY_PAY)
@heavy
def download_my_payslip(payslip_id: str) -> ResponseReturnValue:
    """One's own payslip as it was issued."""
    return _issued(queries.get_issued(payslip_id, _own_person()))


def _own_person() -> str:
    person_id = current_actor().person_id
    if person_id is None:
        raise NotVisible
    return person_id


def _issued(issued: queries.Issued) -> ResponseReturnValue:
    reads(issued.person_id, Look.PAYSLIP_FILE)
    name = _("Payslip %(day)s", day=issued.pays_on.isoformat())
    return download(issued.content, f"{name}.pdf", issued.media_type)
