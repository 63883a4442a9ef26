"""The start pages: what waits for this person today."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.routing import BuildError

from jobsearch.cohorts.pdf import timetable_paper
from jobsearch.core.access import Actor, Permission, Role
from jobsearch.core.text import mark as N_
from jobsearch.desk.my_day import queries as mine
from jobsearch.desk.my_weeks import queries as timetable
from jobsearch.desk.office import queries as office
from jobsearch.desk.staff import queries as staff
from jobsearch.desk.staff.rules import PHASE_NAMES
from jobsearch.desk.waiting.queries import before_first_day
from jobsearch.health.rules import PART_NAMES
from jobsearch.programmes.rules import KIND_NAMES, BlockKind
from jobsearch.standup.words.rules import PLANS
from jobsearch.tracker.rules import LOOKS
from jobsearch.web.gate import current_actor, needs, public
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, is_partial, render
from jobsearch.web.words import say

blueprint = Blueprint("desk", __name__)

_OWN_PAGES = (
    ("standup_words.my_words", "pencil", N_("My plan and debrief")),
    ("analyses.my_analysis", "file-text", N_("My analysis")),
    ("permissions.list_permissions", "lock", N_("My permissions")),
    ("pulses.my_pulse", "smile", N_("How was it?")),
    ("outcomes_own.my_outcomes", "briefcase", N_("My job or studies")),
    ("sparring.my_talks", "messages-square", N_("Talks with my coach")),
    ("attendance_weeks.my_hours", "clock", N_("My hours, and when I cannot come")),
    ("hiring.my_contract", "file-text", N_("My contract")),
    ("hiring.my_details", "wallet", N_("My details for pay")),
    ("tracker_helping.show_group", "users", N_("My group")),
    ("people.my_contact", "phone", N_("My contact details")),
    ("tracker_openness.show_own", "eye", N_("How the others see me")),
    ("seen_by.list_looks", "eye", N_("Who has looked at what is mine")),
    ("my_data.show_own", "lock", N_("My data, and what I can ask of it")),
)


_BLOCK_CLASSES = {
    BlockKind.MORNING_MEETING: "b-meet",
    BlockKind.COACHING: "b-coach",
    BlockKind.ASSIGNMENT: "b-work",
    BlockKind.SPARRING: "b-spar",
    BlockKind.DEBRIEF: "b-meet",
}


@blueprint.app_template_global("page_url")
def page_url(endpoint: str, **values: Any) -> str:
    """The address of a page of another feature; empty where the page is not in the application."""
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return ""


@blueprint.get("/")
@public
def front() -> ResponseReturnValue:
    """The address that people type: on to today, or to sign-in."""
    return redirect(url_for("desk.today"), 303)


@blueprint.get("/today")
@needs(Permission.DESK_READ)
def today() -> ResponseReturnValue:
    """The start page of the actor's role."""
    actor = current_actor()
    return _DAYS[actor.role](actor)


@blueprint.get("/my-weeks")
@needs(Permission.MY_DAY)
def my_weeks() -> ResponseReturnValue:
    """A participant's own timetable, with the hours that are marked."""
    weeks = timetable.my_weeks(current_actor())
    if weeks is None:
        return render("desk/no_group.html", title=_("My weeks"))
    return render("desk/my_weeks.html", my=weeks, kinds=KIND_NAMES, block_classes=_BLOCK_CLASSES)


@blueprint.get("/my-weeks.pdf")
@needs(Permission.MY_DAY)
@heavy
def print_my_weeks() -> ResponseReturnValue:
    """A participant's timetable on one page of paper."""
    actor = current_actor()
    cohort_id = timetable.my_cohort_id(actor)
    return download(*timetable_paper(cohort_id, actor.language), "application/pdf")


def _my_day(actor: Actor) -> ResponseReturnValue:
    my = mine.my_day(actor, request.args.get("logged"))
    if my is None:
        return render("desk/no_group.html", title=_("Today"))
    return render(
        "desk/_my_day.html" if is_partial() else "desk/my_day.html",
        my=my,
        waiting=before_first_day(actor, my.cohort.enrolment_id) if my.is_waiting else None,
        undone="undone" in request.args,
        looks=LOOKS,
        plans=PLANS,
        own_pages=_own_pages(request.script_root, actor.language, _pages()),
    )


def _pages() -> frozenset[str]:
    pages: frozenset[str] = current_app.config["JOBSEARCH_PAGES"]
    return pages


@lru_cache
def _own_pages(_root: str, _language: str, pages: frozenset[str]) -> Markup:
    """The links to a participant's own pages: drawn once in each language."""
    html = render("desk/_own_pages.html", own_pages=_OWN_PAGES, pages=pages)
    return Markup(html)  # noqa: S704 - a template of ours with words of ours alone


def _staff_day(actor: Actor) -> ResponseReturnValue:
    day = staff.staff_day(actor, everyone=request.args.get("words") == "all")
    groups = sum(day.counts.values())
    if actor.role is Role.MANAGER and not groups:
        return redirect(url_for("first_steps.show"), 303)
    return render(
        "desk/staff_day.html",
        my=day,
        is_new=actor.role is Role.MANAGER and groups < 2,
        kinds=KIND_NAMES,
        phase_names=PHASE_NAMES,
    )


def _clerk_day(actor: Actor) -> ResponseReturnValue:
    return render("desk/clerk_day.html", my=office.clerk_day(actor))


def _operator_day(_actor: Actor) -> ResponseReturnValue:
    sends = bool(current_app.config["JOBSEARCH"].smtp_url)
    day = office.operator_day(sends=sends)
    return render("desk/operator_day.html", my=day, part_names=PART_NAMES, say=say)


def _inbox(_actor: Actor) -> ResponseReturnValue:
    return redirect(url_for("analyses.inbox"), 303)


def _town(_actor: Actor) -> ResponseReturnValue:
    return redirect(url_for("town.list_coaches"), 303)


_DAYS: dict[Role, Callable[[Actor], ResponseReturnValue]] = {
    Role.PARTICIPANT: _my_day,
    Role.COACH: _staff_day,
    Role.MANAGER: _staff_day,
    Role.PAYROLL_CLERK: _clerk_day,
    Role.OPERATOR: _operator_day,
    Role.MUNICIPAL_COACH: _inbox,
    Role.MUNICIPAL_ADMIN: _town,
}
