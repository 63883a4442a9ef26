"""The board of the morning: the page, its poll, and the small deeds on it."""

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from jobsearch.cohorts.queries import list_running_cohorts, list_todays_cohorts
from jobsearch.core.access import Permission, may
from jobsearch.standup import queries, service
from jobsearch.standup.board import Board
from jobsearch.standup.drawing import phases_of, ribbon_of, table_of
from jobsearch.standup.following import follow_board
from jobsearch.standup.forms import CountForm, DeedForm
from jobsearch.standup.rules import PHASE_NAMES, activity_of, phase_of
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import is_partial, only_if_changed, render, see_other
from jobsearch.web.unit import ridden, rides

blueprint = Blueprint("standup", __name__)
_BOARD = "/cohorts/<key:cohort_id>/board"
_PERSON = f"{_BOARD}/people/<key:enrolment_id>"


@blueprint.get("/board")
@needs(Permission.STANDUP_READ)
def show_board() -> ResponseReturnValue:
    """Today's group, or on a day off the one that is running; a list when there are several."""
    actor = current_actor()
    if actor.person_id is not None:
        return see_other("standup.show_cohort_board", cohort_id=queries.own_seat(actor).cohort_id)
    cohorts = list_todays_cohorts(actor) or list_running_cohorts(actor)
    if len(cohorts) == 1:
        return see_other("standup.show_cohort_board", cohort_id=cohorts[0].id)
    return render("standup/choose_board.html", cohorts=cohorts)


@blueprint.get(_BOARD)
@needs(Permission.STANDUP_READ)
def show_cohort_board(cohort_id: str) -> ResponseReturnValue:
    """A group's board."""
    return _draw(cohort_id)


@blueprint.get(f"{_BOARD}/poll")
@needs(Permission.STANDUP_READ)
@rides(queries.BOARD_VERSION)
def poll_board(cohort_id: str) -> ResponseReturnValue:
    """The board if it changed since the version that the browser has, else nothing (304)."""
    tag = _tag(queries.get_board_version(ridden()))
    unchanged = only_if_changed(tag)
    if unchanged is not None:
        return unchanged
    if not is_partial():
        return see_other("standup.show_cohort_board", cohort_id=cohort_id)
    board = follow_board(current_actor(), cohort_id, ridden())
    response: Response = make_response(_page(board, part=True))
    response.set_etag(tag)
    return response


def _tag(version: str) -> str:
    """A version as this reader sees it: her language and her rights change the board too."""
    actor, view = current_actor(), "-shared" if _is_shared() else ""
    return f"{version}-{actor.language}-{actor.role}-{actor.sign_in_id[:6]}{view}"


def _is_shared() -> bool:
    """Whether the clean view is wanted: nothing to press, all of it on a shared screen."""
    return request.args.get("view") == "shared"


def _draw(cohort_id: str, problem: str = "", part: bool = False) -> str:
    return _page(queries.get_board(current_actor(), cohort_id), problem, part)


def _page(board: Board, problem: str = "", part: bool = False) -> str:
    return render(
        "standup/_board.html" if part else "standup/show_board.html",
        board=board,
        **_drawn(board),
        problem=problem,
        tag=_tag(queries.version_text(board.day.version)),
        phase_names=PHASE_NAMES,
    )


def _drawn(board: Board) -> dict[str, object]:
    """The parts of a board as this reader sees them."""
    actor, is_shared = current_actor(), _is_shared()
    runs = may(actor, Permission.STANDUP_RUN) and not is_shared
    address = url_for("standup.show_cohort_board", cohort_id=board.day.cohort_id)
    return {
        "address": address,
        "runs": runs,
        "is_shared": is_shared,
        "table": table_of(board, address, runs=runs, is_shared=is_shared),
        "ribbon": ribbon_of(board.day.pieces, board.day.number, actor.language),
        "phases": phases_of(board.steps, actor.language),
    }


def _answer(cohort_id: str, form: Form, done: bool) -> ResponseReturnValue:
    """The board after a deed: its part for a page that is open, else the page anew."""
    if done:
        if is_partial():
            return _draw(cohort_id, part=True)
        return see_other("standup.show_cohort_board", cohort_id=cohort_id)
    problems = [*form.form_errors, *(text for field in form for text in field.errors)]
    return _draw(cohort_id, str(problems[0]), is_partial()), 422


@blueprint.post(f"{_BOARD}/phase")
@needs(Permission.STANDUP_RUN)
def go_to_phase(cohort_id: str) -> ResponseReturnValue:
    """The next phase, or one before."""
    form = DeedForm()
    phase = phase_of(request.form.get("to", ""))
    done = form.attempt(service.go_to_phase, current_actor(), cohort_id, phase)
    return _answer(cohort_id, form, done)


@blueprint.post(f"{_BOARD}/timer")
@needs(Permission.STANDUP_RUN)
def hold_timer(cohort_id: str) -> ResponseReturnValue:
    """Let the timer stand still or run on."""
    form = DeedForm()
    still = request.form.get("to") == "still"
    done = form.attempt(service.hold_timer, current_actor(), cohort_id, still)
    return _answer(cohort_id, form, done)


@blueprint.post(f"{_PERSON}/turn")
@needs(Permission.STANDUP_RUN)
def give_turn(cohort_id: str, enrolment_id: str) -> ResponseReturnValue:
    """It is this person's turn."""
    form = DeedForm()
    done = form.attempt(service.give_turn, current_actor(), cohort_id, enrolment_id)
    return _answer(cohort_id, form, done)


@blueprint.post(f"{_PERSON}/attendance")
@needs(Permission.STANDUP_RUN)
def mark_person(cohort_id: str, enrolment_id: str) -> ResponseReturnValue:
    """This person is present, or away."""
    form, who = DeedForm(), (current_actor(), cohort_id, enrolment_id)
    done = form.attempt(service.mark_person, *who, request.form.get("to") != "away")
    return _answer(cohort_id, form, done)


@blueprint.post(f"{_PERSON}/goals/<activity>")
@needs(Permission.STANDUP_RUN)
def set_goal(cohort_id: str, enrolment_id: str, activity: str) -> ResponseReturnValue:
    """How many this person means to do today."""
    form, who = CountForm(), (current_actor(), cohort_id, enrolment_id)
    count = form.count.data or 0
    done = form.attempt(service.set_board_goal, *who, activity_of(activity), count)
    return _answer(cohort_id, form, done)


@blueprint.post(f"{_PERSON}/results/<activity>")
@needs(Permission.STANDUP_RUN)
def set_result(cohort_id: str, enrolment_id: str, activity: str) -> ResponseReturnValue:
    """How many this person did today, told in the wrap-up."""
    form, who = CountForm(), (current_actor(), cohort_id, enrolment_id)
    count = form.count.data or 0
    done = form.attempt(service.set_board_result, *who, activity_of(activity), count)
    return _answer(cohort_id, form, done)
