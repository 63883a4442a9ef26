"""Pages of weeks: a participant's own hours, and the opening of a locked week."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.attendance.weeks import queries, service
from jobsearch.attendance.weeks.forms import NoticeForm, UnlockForm
from jobsearch.attendance.weeks.page import OwnWeeks, own_weeks
from jobsearch.cohorts.queries import get_cohort
from jobsearch.core.access import Permission
from jobsearch.web.filters import current_language
from jobsearch.web.formats import long_day
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("attendance_weeks", __name__)


@blueprint.get("/my-hours")
@needs(Permission.MY_DAY)
def my_hours() -> ResponseReturnValue:
    """A participant's own hours by week, and when she cannot come."""
    mine = own_weeks(current_actor())
    form = _offer(NoticeForm(formdata=None), mine)
    return render("attendance_weeks/my_hours.html", mine=mine, form=form)


def _offer(form: NoticeForm, mine: OwnWeeks) -> NoticeForm:
    language = current_language()
    form.offer((day.day_id, long_day(day.on, language=language)) for day in mine.to_come)
    return form


@blueprint.post("/my-hours/check-in")
@needs(Permission.MY_DAY)
def check_in() -> ResponseReturnValue:
    """I am here."""
    service.check_in(current_actor())
    flash(_("You are marked present. Have a good day!"))
    return see_other("desk.today")


@blueprint.post("/my-hours/notices")
@needs(Permission.MY_DAY)
def tell_in_advance() -> ResponseReturnValue:
    """I am away, or late."""
    mine = own_weeks(current_actor())
    form = _offer(NoticeForm(), mine)
    if not form.attempt(lambda: service.tell_in_advance(current_actor(), *form.told())):
        return render_invalid("attendance_weeks/my_hours.html", mine=mine, form=form)
    flash(_("Your coach sees it. You need not explain more."))
    return see_other("attendance_weeks.my_hours")


@blueprint.post("/my-hours/notices/<key:notice_id>/take-back")
@needs(Permission.MY_DAY)
def take_back(notice_id: str) -> ResponseReturnValue:
    """I come after all."""
    service.take_back(current_actor(), notice_id)
    flash(_("Good that you come. Your coach sees it."))
    return see_other("attendance_weeks.my_hours")


@blueprint.post("/my-hours/<key:own_enrolment_id>/weeks/<int:week>/complete")
@needs(Permission.MY_DAY)
def say_complete(own_enrolment_id: str, week: int) -> ResponseReturnValue:
    """My week is complete."""
    service.say_complete(current_actor(), own_enrolment_id, week)
    flash(_("Thank you. Your hours go on to be approved."))
    return see_other("attendance_weeks.my_hours")


@blueprint.post("/my-hours/<key:own_enrolment_id>/weeks/<int:week>/not-complete")
@needs(Permission.MY_DAY)
def take_back_word(own_enrolment_id: str, week: int) -> ResponseReturnValue:
    """Something is wrong after all."""
    service.take_back_word(current_actor(), own_enrolment_id, week)
    flash(_("Taken back. Tell your coach what is wrong."))
    return see_other("attendance_weeks.my_hours")


@blueprint.get("/hours/<key:cohort_id>/weeks/<int:week>/unlock")
@needs(Permission.ATTENDANCE_APPROVE)
def ask_unlock(cohort_id: str, week: int) -> ResponseReturnValue:
    """Ask why an approved week is opened again."""
    return _unlock_page(cohort_id, week, UnlockForm())


def _unlock_page(cohort_id: str, week: int, form: UnlockForm) -> str:
    return render(
        "attendance_weeks/unlock.html",
        cohort=get_cohort(cohort_id),
        week=week,
        form=form,
        unlocks=queries.list_unlocks(cohort_id),
    )


@blueprint.post("/hours/<key:cohort_id>/weeks/<int:week>/unlock")
@needs(Permission.ATTENDANCE_APPROVE)
def unlock_week(cohort_id: str, week: int) -> ResponseReturnValue:
    """Open an approved week again."""
    form = UnlockForm()
    if not form.attempt(service.unlock_week, current_actor(), cohort_id, week, form.reason.data):
        return _unlock_page(cohort_id, week, form), 422
    flash(_("The week is open again. It needs a new approval."), "warn")
    return see_other("attendance.list_hours", cohort=cohort_id)
