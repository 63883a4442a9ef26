"""Pages of hours: a group's hours side by side, one person's days, approving a week."""

from collections import Counter

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.attendance import queries, service
from jobsearch.attendance.forms import NOT_MARKED, ExtraForm, MarkForm
from jobsearch.attendance.rules import MARK_NAMES, STATE_NAMES
from jobsearch.attendance.weeks.queries import list_told, weeks_said
from jobsearch.cohorts.queries import CohortName, get_cohort, list_latest_cohorts
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("attendance", __name__, url_prefix="/hours")


@blueprint.get("")
@needs(Permission.ATTENDANCE_READ)
def list_hours() -> ResponseReturnValue:
    """Planned, marked and paid hours of a group, with what is not marked or not settled."""
    cohorts = list_latest_cohorts()
    chosen = _chosen(cohorts, request.args.get("cohort", ""))
    rows = queries.list_person_days(chosen.id) if chosen else []
    return render(
        "attendance/list_hours.html",
        cohorts=cohorts,
        chosen=chosen,
        people=queries.lines_of(rows),
        weeks=queries.weeks_of(rows),
        mark_names=MARK_NAMES,
        said=Counter(week for _who, week in weeks_said({row.enrolment_id for row in rows})),
        told=list_told(chosen.id) if chosen else [],
    )


def _chosen(cohorts: list[CohortName], key: str) -> CohortName | None:
    """The group asked for, else the one that started last."""
    if not key:
        return cohorts[0] if cohorts else None
    for cohort in cohorts:
        if cohort.id == key:
            return cohort
    older = get_cohort(key)
    return CohortName(older.id, older.name, older.starts_on, older.ends_on)


@blueprint.post("/<key:cohort_id>/weeks/<int:week>/approve")
@needs(Permission.ATTENDANCE_APPROVE)
def approve_week(cohort_id: str, week: int) -> ResponseReturnValue:
    """Approve a week's hours."""
    count = service.approve_week(current_actor(), cohort_id, week)
    flash(_("The hours of the week are approved: %(count)d person-days.", count=count))
    return see_other("attendance.list_hours", cohort=cohort_id)


@blueprint.get("/<key:enrolment_id>")
@needs(Permission.ATTENDANCE_READ)
def show_hours(enrolment_id: str) -> ResponseReturnValue:
    """One person's days."""
    hours = queries.get_hours(enrolment_id)
    reads(hours.person_id, Look.HOURS)
    return render(
        "attendance/show_hours.html", hours=hours, mark_names=MARK_NAMES, states=STATE_NAMES
    )


@blueprint.get("/<key:enrolment_id>/days/<key:day_id>")
@needs(Permission.ATTENDANCE_WRITE)
def edit_day(enrolment_id: str, day_id: str) -> ResponseReturnValue:
    """Ask what the day was."""
    hours, day = _day(enrolment_id, day_id)
    reads(hours.person_id, Look.HOURS)
    form = MarkForm(mark=day.mark.value if day.mark else NOT_MARKED)
    return render("attendance/edit_day.html", hours=hours, day=day, form=form)


def _day(enrolment_id: str, day_id: str) -> tuple[queries.HoursOfPerson, queries.DayOfPerson]:
    hours = queries.get_hours(enrolment_id)
    for day in hours.line.days:
        if day.day_id == day_id:
            return hours, day
    raise NotVisible


@blueprint.post("/<key:enrolment_id>/days/<key:day_id>")
@needs(Permission.ATTENDANCE_WRITE)
def mark_day(enrolment_id: str, day_id: str) -> ResponseReturnValue:
    """Keep what the day was."""
    hours, day = _day(enrolment_id, day_id)
    form, who = MarkForm(), (current_actor(), enrolment_id, day_id)
    if form.mark.data == NOT_MARKED:
        done = form.attempt(service.unmark, *who)
    else:
        done = form.attempt(lambda: service.mark(*who, *form.wanted()))
    if not done:
        return render_invalid("attendance/edit_day.html", hours=hours, day=day, form=form)
    flash(_("The day is kept."))
    return see_other("attendance.show_hours", enrolment_id=enrolment_id)


@blueprint.get("/<key:enrolment_id>/days/<key:day_id>/extra")
@needs(Permission.ATTENDANCE_APPROVE)
def ask_extra(enrolment_id: str, day_id: str) -> ResponseReturnValue:
    """Ask how many hours beside the plan are approved."""
    hours, day = _day(enrolment_id, day_id)
    reads(hours.person_id, Look.HOURS)
    form = ExtraForm(formdata=None, data={"extra": day.extra_minutes})
    return render("attendance/approve_extra.html", hours=hours, day=day, form=form)


@blueprint.post("/<key:enrolment_id>/days/<key:day_id>/extra")
@needs(Permission.ATTENDANCE_APPROVE)
def approve_extra(enrolment_id: str, day_id: str) -> ResponseReturnValue:
    """Approve them; without this they are not paid."""
    (hours, day), form = _day(enrolment_id, day_id), ExtraForm()
    who = (current_actor(), enrolment_id, day_id)
    if not form.attempt(lambda: service.approve_extra(*who, form.wanted())):
        return render_invalid("attendance/approve_extra.html", hours=hours, day=day, form=form)
    flash(_("The extra hours are kept. They are paid with the day."))
    return see_other("attendance.show_hours", enrolment_id=enrolment_id)
