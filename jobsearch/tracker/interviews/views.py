"""Pages of interviews: a participant's own, and one person's for her coach.

The participant's addresses begin with /job-search, the coach's name the person or the interview.
"""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.tracker.interviews import page
from jobsearch.tracker.queries import get_person
from jobsearch.web.gate import current_actor, needs

blueprint = Blueprint("tracker_interviews", __name__)
_OWN = "/job-search/interviews"
_ONE = f"{_OWN}/<key:interview_id>"
_PERSON = "/people/<key:person_id>/interviews"
_STAFF = "/interviews/<key:interview_id>"


@blueprint.get(_OWN)
@needs(Permission.TRACKER_LOG)
def my_interviews() -> ResponseReturnValue:
    """A participant's own interviews."""
    return page.list_page(page.own_person())


@blueprint.get(f"{_OWN}/new")
@needs(Permission.TRACKER_LOG)
def new_interview() -> ResponseReturnValue:
    """A new interview of one's own; `?lead=` proposes its employer."""
    return page.new_page(page.own_person())


@blueprint.post(f"{_OWN}/new")
@needs(Permission.TRACKER_LOG)
def add_interview() -> ResponseReturnValue:
    """Keep it."""
    return page.add(page.own_person())


@blueprint.get(_ONE)
@needs(Permission.TRACKER_LOG)
def show_interview(interview_id: str) -> ResponseReturnValue:
    """An own interview: when, where, what to prepare, how it went."""
    return page.show_page(interview_id)


@blueprint.get(f"{_ONE}/edit")
@needs(Permission.TRACKER_LOG)
def edit_interview(interview_id: str) -> ResponseReturnValue:
    """Move an own interview, or correct it."""
    return page.edit_page(interview_id)


@blueprint.post(f"{_ONE}/edit")
@needs(Permission.TRACKER_LOG)
def save_interview(interview_id: str) -> ResponseReturnValue:
    """Keep it."""
    return page.save(interview_id)


@blueprint.post(f"{_ONE}/prepared")
@needs(Permission.TRACKER_LOG)
def tick(interview_id: str) -> ResponseReturnValue:
    """One thing is prepared, or is not."""
    return page.set_tick(interview_id)


@blueprint.post(f"{_ONE}/cancel")
@needs(Permission.TRACKER_LOG)
def cancel_interview(interview_id: str) -> ResponseReturnValue:
    """Take an own interview away."""
    return page.cancel(interview_id)


@blueprint.post(f"{_ONE}/restore")
@needs(Permission.TRACKER_LOG)
def restore_interview(interview_id: str) -> ResponseReturnValue:
    """Bring it back."""
    return page.restore(interview_id)


@blueprint.post(f"{_ONE}/went")
@needs(Permission.TRACKER_LOG)
def tell_how_it_went(interview_id: str) -> ResponseReturnValue:
    """Say how it went."""
    return page.tell(interview_id)


@blueprint.get(_PERSON)
@needs(Permission.TRACKER_WRITE)
def list_interviews(person_id: str) -> ResponseReturnValue:
    """One person's interviews, for the coach."""
    return page.list_page(person_id, person=get_person(current_actor(), person_id))


@blueprint.get(f"{_PERSON}/new")
@needs(Permission.TRACKER_WRITE)
def new_for(person_id: str) -> ResponseReturnValue:
    """A coach writes an interview down for who phones."""
    return page.new_page(get_person(current_actor(), person_id).id)


@blueprint.post(f"{_PERSON}/new")
@needs(Permission.TRACKER_WRITE)
def add_for(person_id: str) -> ResponseReturnValue:
    """Keep it."""
    return page.add(get_person(current_actor(), person_id).id)


@blueprint.get(_STAFF)
@needs(Permission.TRACKER_WRITE)
def show_for(interview_id: str) -> ResponseReturnValue:
    """An interview as its coach reads it."""
    return page.show_page(interview_id)


@blueprint.get(f"{_STAFF}/edit")
@needs(Permission.TRACKER_WRITE)
def edit_for(interview_id: str) -> ResponseReturnValue:
    """A coach moves or corrects it."""
    return page.edit_page(interview_id)


@blueprint.post(f"{_STAFF}/edit")
@needs(Permission.TRACKER_WRITE)
def save_for(interview_id: str) -> ResponseReturnValue:
    """Keep it."""
    return page.save(interview_id)


@blueprint.post(f"{_STAFF}/prepared")
@needs(Permission.TRACKER_WRITE)
def tick_for(interview_id: str) -> ResponseReturnValue:
    """Prepared together with the coach."""
    return page.set_tick(interview_id)


@blueprint.post(f"{_STAFF}/cancel")
@needs(Permission.TRACKER_WRITE)
def cancel_for(interview_id: str) -> ResponseReturnValue:
    """A coach takes it away."""
    return page.cancel(interview_id)


@blueprint.post(f"{_STAFF}/restore")
@needs(Permission.TRACKER_WRITE)
def restore_for(interview_id: str) -> ResponseReturnValue:
    """A coach brings it back."""
    return page.restore(interview_id)


@blueprint.post(f"{_STAFF}/went")
@needs(Permission.TRACKER_WRITE)
def tell_for(interview_id: str) -> ResponseReturnValue:
    """How it went, as the person tells it."""
    return page.tell(interview_id)
