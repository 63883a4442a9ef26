"""Pages of changed days: what moving or cancelling one would mean, and doing it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.cohorts.changes import queries, service
from jobsearch.cohorts.changes.rules import WORTH_NAMES
from jobsearch.cohorts.forms import DayForm
from jobsearch.cohorts.queries import get_day_with_blocks
from jobsearch.cohorts.service import check_day_cancel, check_day_move
from jobsearch.core.access import Permission
from jobsearch.core.errors import RuleBroken
from jobsearch.web.filters import current_language, long_day
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, see_other
from jobsearch.web.words import say_rule

blueprint = Blueprint("cohort_changes", __name__, url_prefix="/cohorts")
_DAY = "/<key:cohort_id>/days/<key:day_id>"


@blueprint.get(f"{_DAY}/move")
@needs(Permission.COHORTS_WRITE)
def ask_move(cohort_id: str, day_id: str) -> ResponseReturnValue:
    """What moving the day would mean, before it moves."""
    asked = request.args if "to" in request.args else None
    return _move_page(cohort_id, day_id, DayForm(asked, meta={"csrf": False}))


def _move_page(cohort_id: str, day_id: str, form: DayForm) -> ResponseReturnValue:
    day, seen = get_day_with_blocks(cohort_id, day_id), None
    is_asked = "to" in request.values
    if is_asked and not form.errors and form.validate():
        try:
            check_day_move(current_actor(), day, form.day())
            seen = queries.outlook(day, form.day())
        except RuleBroken as broken:
            form.refuse(broken)
    page = render("cohort_changes/ask.html", day=day, form=form, seen=seen, worth_names=WORTH_NAMES)
    return page, 422 if form.errors else 200


@blueprint.post(f"{_DAY}/move")
@needs(Permission.COHORTS_WRITE)
def move_day(cohort_id: str, day_id: str) -> ResponseReturnValue:
    """Move a day; its hours go along, and everyone is told once."""
    form = DayForm()
    get_day_with_blocks(cohort_id, day_id)
    if not form.attempt(lambda: service.move_day(current_actor(), day_id, form.day())):
        return _move_page(cohort_id, day_id, form)
    moved = long_day(form.result.on, language=current_language())
    flash(_("The day is now on %(day)s. The hours stay as they were.", day=moved))
    return see_other("cohorts.show_timetable", cohort_id=cohort_id)


@blueprint.get(f"{_DAY}/cancel")
@needs(Permission.COHORTS_WRITE)
def ask_cancel(cohort_id: str, day_id: str) -> ResponseReturnValue:
    """What cancelling the day would mean, before it is cancelled."""
    day = get_day_with_blocks(cohort_id, day_id)
    try:
        check_day_cancel(day)
    except RuleBroken as broken:
        flash(say_rule(broken), "warn")
        return see_other("cohorts.show_day", cohort_id=cohort_id, day_id=day_id)
    seen = queries.outlook(day, None)
    return render("cohort_changes/ask.html", day=day, form=None, seen=seen, worth_names=WORTH_NAMES)


@blueprint.post(f"{_DAY}/cancel")
@needs(Permission.COHORTS_WRITE)
def cancel_day(cohort_id: str, day_id: str) -> ResponseReturnValue:
    """Cancel a day; its hours fall away, and everyone is told once."""
    get_day_with_blocks(cohort_id, day_id)
    service.cancel_day(day_id)
    flash(_("The day is cancelled. The group has fewer paid hours now."), "warn")
    return see_other("cohorts.show_timetable", cohort_id=cohort_id)
