"""What the pages of interviews show and do, the same for a participant and for her coach."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.tracker.interviews import queries, service
from jobsearch.tracker.interviews.forms import InterviewForm, ToldForm
from jobsearch.tracker.interviews.rules import (
    PREPARATIONS,
    WAY_NAMES,
    WENT_NAMES,
    Preparation,
    is_link,
)
from jobsearch.tracker.queries import get_person, recent_employers
from jobsearch.web.filters import current_language, short_day
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor
from jobsearch.web.pages import flash, page_number, reads, render, see_other


def _is_own() -> bool:
    return current_actor().person_id is not None


def own_person() -> str:
    """The participant who is signed in."""
    return current_actor().person_id or ""


def _words() -> dict[str, Any]:
    return {
        "ways": WAY_NAMES,
        "wents": WENT_NAMES,
        "preparations": PREPARATIONS,
        "is_link": is_link,
        "is_own": _is_own(),
    }


def list_page(person_id: str, **more: Any) -> str:
    """One person's interviews."""
    page = page_number()
    found = queries.list_interviews(person_id, page)
    template = "tracker_interviews/list_interviews.html"
    if not _is_own():
        reads(person_id, Look.INTERVIEWS)
    return render(template, interviews=found, page=page, person_id=person_id, **_words(), **more)


def show_page(interview_id: str, form: Form | None = None) -> str:
    """One interview, with what was wrong in what was sent."""
    shown = queries.show_interview(current_actor(), interview_id)
    if not _is_own():
        reads(shown.person_id, Look.INTERVIEW)
    row = shown.interview
    told = form if isinstance(form, ToldForm) else None
    told = told or ToldForm(formdata=None, went=row.went, learned=row.learned)
    template = "tracker_interviews/show_interview.html"
    refused = {} if form is None else {"form": form}
    return render(template, shown=shown, told_form=told, **refused, **_words())


def _after(interview_id: str, anchor: str | None = None) -> ResponseReturnValue:
    endpoint = "show_interview" if _is_own() else "show_for"
    return see_other(f"tracker_interviews.{endpoint}", interview_id=interview_id, _anchor=anchor)


def new_page(person_id: str, form: InterviewForm | None = None) -> str:
    """The page of a new one; an own lead that the address names proposes its employer."""
    named = form.lead.data if form else request.args.get("lead", "")
    lead = queries.find_lead(person_id, named) if named else None
    proposed = lead.employer_id if lead else None
    form = form or InterviewForm(formdata=None, lead=lead.id if lead else "", employer_id=proposed)
    form.offer(recent_employers(person_id, proposed or form.employer_id.data), _logged(person_id))
    name = "" if _is_own() else get_person(current_actor(), person_id).full_name
    if name:
        reads(person_id, Look.INTERVIEWS)
    values = {"form": form, "lead": lead, "person_id": person_id, "name": name}
    return render("tracker_interviews/new_interview.html", **values, **_words())


def _logged(person_id: str) -> str:
    action = queries.find_unmatched(person_id)
    if action is None:
        return ""
    employer = action.employer.name if action.employer else _("no employer yet")
    return f"{short_day(action.on, current_language())}, {employer}"


def add(person_id: str) -> ResponseReturnValue:
    """Keep a new one."""
    form, actor = InterviewForm(), current_actor()

    def use_case() -> Any:
        when = service.When(*form.when())
        return service.add_interview(
            actor,
            person_id,
            when,
            lead_id=form.lead.data or None,
            is_logged=bool(form.is_logged.data),
            **form.employer(),
        )

    if not form.attempt(use_case):
        return new_page(person_id, form), 422
    flash(_("The interview is saved. The day before it there comes a reminder."))
    return _after(form.result.id)


def edit_page(interview_id: str, form: InterviewForm | None = None) -> str:
    """The page on which one is moved or corrected."""
    shown = queries.show_interview(current_actor(), interview_id)
    if not _is_own():
        reads(shown.person_id, Look.INTERVIEW)
    form = form or InterviewForm(formdata=None, **shown.as_written())
    form.offer(recent_employers(shown.person_id, shown.interview.employer_id))
    return render("tracker_interviews/edit_interview.html", form=form, shown=shown, **_words())


def save(interview_id: str) -> ResponseReturnValue:
    """Keep what was changed."""
    form, actor = InterviewForm(), current_actor()

    def use_case() -> Any:
        when = service.When(*form.when())
        return service.edit_interview(actor, interview_id, form.seen(), when, **form.employer())

    if not form.attempt(use_case):
        return edit_page(interview_id, form), 422
    flash(_("Saved."))
    return _after(interview_id)


def set_tick(interview_id: str) -> ResponseReturnValue:
    """One thing is prepared, or is not."""
    item, done = request.form.get("item", ""), request.form.get("done") == "1"
    if item not in tuple(Preparation):
        raise NotVisible
    return _deed(
        interview_id,
        lambda: service.tick(current_actor(), interview_id, Preparation(item), done=done),
        "",
        "prepare",
    )


def cancel(interview_id: str) -> ResponseReturnValue:
    """Take it away."""
    mistake = request.form.get("mistake") == "1"
    return _deed(
        interview_id,
        lambda: service.cancel_interview(current_actor(), interview_id, was_mistake=mistake),
        _("The interview was taken away."),
    )


def restore(interview_id: str) -> ResponseReturnValue:
    """Bring it back."""
    return _deed(
        interview_id,
        lambda: service.restore_interview(current_actor(), interview_id),
        _("The interview is back."),
    )


def _deed(
    interview_id: str, deed: Callable[[], Any], said: str, anchor: str | None = None
) -> ResponseReturnValue:
    """Do it and look at the interview again, or say why it cannot be."""
    form = Form()
    if not form.attempt(deed):
        return show_page(interview_id, form), 422
    if said:
        flash(said)
    return _after(interview_id, anchor)


def tell(interview_id: str) -> ResponseReturnValue:
    """Keep how it went."""
    form, actor = ToldForm(), current_actor()
    use_case = service.tell_how_it_went
    if not form.attempt(lambda: use_case(actor, interview_id, *form.wanted())):
        return show_page(interview_id, form), 422
    flash(_("Saved."))
    return _after(interview_id)
