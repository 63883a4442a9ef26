"""Pages of groups: the list, a new one, its people, its timetable and its days."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.cohorts import queries, service, timetable
from jobsearch.cohorts.forms import CohortForm, DayForm, EnrolForm, PlanForm
from jobsearch.cohorts.pdf import timetable_paper
from jobsearch.cohorts.rules import ENROLMENT_NAMES, STAGE_NAMES
from jobsearch.core.access import Permission
from jobsearch.core.errors import RuleBroken
from jobsearch.programmes.queries import list_programme_names
from jobsearch.programmes.rules import KIND_NAMES
from jobsearch.programmes.templates.queries import list_sources
from jobsearch.web.filters import current_language
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    flash,
    page_number,
    render,
    render_invalid,
    see_other,
)

blueprint = Blueprint("cohorts", __name__, url_prefix="/cohorts")


@blueprint.get("")
@needs(Permission.COHORTS_READ)
def list_cohorts() -> ResponseReturnValue:
    """Groups, newest first."""
    page = page_number()
    return render(
        "cohorts/list_cohorts.html",
        cohorts=queries.list_cohorts(page),
        stages=STAGE_NAMES,
        page=page,
        pages=max(1, -(-queries.count_cohorts() // queries.PAGE)),
    )


@blueprint.get("/new")
@needs(Permission.COHORTS_WRITE)
def new_cohort() -> ResponseReturnValue:
    """Ask for programme and first day; answer with the days that they make."""
    plan = PlanForm(request.args)
    plan.offer(list_programme_names())
    if "starts_on" not in request.args:
        return render("cohorts/new_cohort.html", form=plan, plan=plan, days=None)
    if not plan.validate():
        return render_invalid("cohorts/new_cohort.html", form=plan, plan=plan, days=None)
    form = _cohort_form()
    form.programme_id.data, form.starts_on.data = plan.programme_id.data, plan.starts_on.data
    try:
        return _preview(plan, form)
    except RuleBroken as broken:
        plan.refuse(broken)
        return render_invalid("cohorts/new_cohort.html", form=plan, plan=plan, days=None)


def _cohort_form() -> CohortForm:
    form = CohortForm()
    form.offer(queries.list_coaches(current_actor().organisation_id), _("Not chosen yet"))
    return form


def _preview(plan: PlanForm, form: CohortForm) -> str:
    days = timetable.preview(*form.what(), current_language())
    return render(
        "cohorts/new_cohort.html",
        form=form,
        plan=plan,
        days=days,
        clashes=timetable.list_clashes(card.on for card in days.cards),
        kind_names=KIND_NAMES,
    )


@blueprint.post("")
@needs(Permission.COHORTS_WRITE)
def make_cohort() -> ResponseReturnValue:
    """Keep a new group with its days."""
    form = _cohort_form()
    if form.attempt(service.make_cohort, current_actor(), **form.group()):
        flash(_("The group is made, with its timetable."))
        return see_other("cohorts.show_timetable", cohort_id=form.result.id)
    plan = PlanForm(programme_id=form.programme_id.data, starts_on=form.starts_on.data)
    plan.offer(list_programme_names())
    try:
        return _preview(plan, form), 422
    except (RuleBroken, TypeError):
        return render_invalid("cohorts/new_cohort.html", form=form, plan=plan, days=None)


@blueprint.get("/<key:cohort_id>")
@needs(Permission.COHORTS_READ)
def show_cohort(cohort_id: str) -> ResponseReturnValue:
    """A group: its people, how far it is, and its days."""
    return _cohort_page(cohort_id, _enrol_form())


def _enrol_form() -> EnrolForm:
    form = EnrolForm()
    form.offer(queries.list_people_without_group(), _("Choose a person"))
    return form


def _cohort_page(cohort_id: str, form: EnrolForm) -> str:
    cohort = queries.get_cohort_with_days(cohort_id)
    return render(
        "cohorts/show_cohort.html",
        cohort=cohort,
        days=timetable.timetable_of(cohort, current_language()),
        people=queries.list_enrolments(cohort_id),
        names=ENROLMENT_NAMES,
        stages=STAGE_NAMES,
        form=form,
    )


@blueprint.post("/<key:cohort_id>/people")
@needs(Permission.COHORTS_WRITE)
def enrol(cohort_id: str) -> ResponseReturnValue:
    """Give a person a seat."""
    form = _enrol_form()
    if not form.attempt(service.enrol, current_actor(), cohort_id, form.person_id.data):
        return _cohort_page(cohort_id, form), 422
    flash(_("The person has a seat in the group."))
    return see_other("cohorts.show_cohort", cohort_id=cohort_id)


@blueprint.post("/<key:cohort_id>/people/<key:enrolment_id>/leave")
@needs(Permission.COHORTS_WRITE)
def leave(cohort_id: str, enrolment_id: str) -> ResponseReturnValue:
    """Let a person go as of today."""
    service.leave(enrolment_id)
    flash(_("The person has left the group, and the seat is free."))
    return see_other("cohorts.show_cohort", cohort_id=cohort_id)


@blueprint.get("/<key:cohort_id>/timetable")
@needs(Permission.COHORTS_READ)
def show_timetable(cohort_id: str) -> ResponseReturnValue:
    """The days of a group in their weeks."""
    cohort = queries.get_cohort_with_days(cohort_id)
    days = timetable.timetable_of(cohort, current_language())
    return render("cohorts/show_timetable.html", cohort=cohort, days=days, kind_names=KIND_NAMES)


@blueprint.get("/<key:cohort_id>/timetable.pdf")
@needs(Permission.COHORTS_READ)
@heavy
def print_timetable(cohort_id: str) -> ResponseReturnValue:
    """The days of a group on one page of paper."""
    return download(*timetable_paper(cohort_id, current_actor().language), "application/pdf")


@blueprint.get("/<key:cohort_id>/days/<key:day_id>")
@needs(Permission.COHORTS_READ)
def show_day(cohort_id: str, day_id: str) -> ResponseReturnValue:
    """One day: what is done when, and for the manager how to move or cancel it."""
    day = queries.get_day_with_blocks(cohort_id, day_id)
    made_from = [block.template_block_id for block in day.blocks if block.template_block_id]
    return render(
        "cohorts/show_day.html",
        day=day,
        sources=list_sources(made_from),
        form=DayForm(formdata=None),
        kind_names=KIND_NAMES,
    )
