"""Pages of sparring: the coach's times and shares, one person's talks, a participant's own."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.coaching.sparring import queries, service
from jobsearch.coaching.sparring.forms import NoteForm, OfferForm, StepForm
from jobsearch.coaching.sparring.page import coachs_times, own_talks
from jobsearch.coaching.sparring.rules import LEAST_A_WEEK, Reader
from jobsearch.coaching.sparring.shares import list_shares
from jobsearch.core.access import Permission, Role
from jobsearch.core.looks import Look
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("sparring", __name__)


@blueprint.get("/sparring")
@needs(Permission.COACHING_WRITE)
def list_times() -> ResponseReturnValue:
    """The coach's times, and whether everyone gets her share."""
    return render("sparring/list_times.html", **_coachs(OfferForm(formdata=None)))


def _coachs(form: OfferForm) -> dict[str, object]:
    actor = current_actor()
    return {
        "form": form,
        "times": coachs_times(actor),
        "shares": list_shares(actor),
        "least": LEAST_A_WEEK,
    }


@blueprint.post("/sparring")
@needs(Permission.COACHING_WRITE)
def offer_times() -> ResponseReturnValue:
    """Offer times."""
    form = OfferForm()
    if not form.attempt(lambda: service.offer_times(current_actor(), *form.wanted())):
        return render_invalid("sparring/list_times.html", **_coachs(form))
    flash(_("Times offered: %(count)d.", count=form.result))
    return see_other("sparring.list_times")


@blueprint.post("/sparring/times/<key:slot_id>/withdraw")
@needs(Permission.COACHING_WRITE)
def withdraw_time(slot_id: str) -> ResponseReturnValue:
    """Take a time back."""
    service.withdraw_time(current_actor(), slot_id)
    flash(_("The time is taken back. Who had booked it is told."))
    return see_other("sparring.list_times")


@blueprint.post("/sparring/times/<key:slot_id>/missed", defaults={"missed": True})
@blueprint.post("/sparring/times/<key:slot_id>/held", defaults={"missed": False})
@needs(Permission.COACHING_WRITE)
def mark_missed(slot_id: str, missed: bool) -> ResponseReturnValue:
    """The talk did not take place, or it did."""
    service.mark_missed(current_actor(), slot_id, missed)
    return see_other("sparring.list_times")


@blueprint.get("/sparring/people/<key:enrolment_id>")
@needs(Permission.COACHING_WRITE)
def show_person(enrolment_id: str) -> ResponseReturnValue:
    """One person's notes and agreed steps."""
    return _person_page(enrolment_id, NoteForm(formdata=None), StepForm(formdata=None))


def _person_page(enrolment_id: str, note: NoteForm, step: StepForm) -> str:
    about = queries.get_talked_with(current_actor(), enrolment_id)
    reads(about.person_id, Look.SPARRING)
    return render(
        "sparring/show_person.html",
        about=about,
        notes=queries.list_notes(enrolment_id, tuple(Reader)),
        steps=queries.list_steps(enrolment_id),
        note_form=note,
        step_form=step,
    )


@blueprint.post("/sparring/people/<key:enrolment_id>/notes")
@needs(Permission.COACHING_WRITE)
def write_note(enrolment_id: str) -> ResponseReturnValue:
    """Keep a note."""
    form = NoteForm()
    who = current_actor(), enrolment_id
    queries.get_talked_with(*who)
    if not form.attempt(lambda: service.write_note(*who, *form.wanted())):
        return _person_page(enrolment_id, form, StepForm(formdata=None)), 422
    flash(_("The note is kept."))
    return see_other("sparring.show_person", enrolment_id=enrolment_id)


@blueprint.post("/sparring/people/<key:enrolment_id>/steps")
@needs(Permission.COACHING_WRITE)
def agree_step(enrolment_id: str) -> ResponseReturnValue:
    """Keep an agreed step."""
    form = StepForm()
    what = current_actor(), enrolment_id, form.text.data, form.due_on.data
    queries.get_talked_with(*what[:2])
    if not form.attempt(service.agree_step, *what):
        return _person_page(enrolment_id, NoteForm(formdata=None), form), 422
    flash(_("Agreed. It stands on her day."))
    return see_other("sparring.show_person", enrolment_id=enrolment_id)


@blueprint.post("/steps/<key:step_id>/done", defaults={"done": True})
@blueprint.post("/steps/<key:step_id>/not-done", defaults={"done": False})
@needs(Permission.COACHING_STEP)
def finish_step(step_id: str, done: bool) -> ResponseReturnValue:
    """A step is done, or not yet."""
    step = service.finish_step(current_actor(), step_id, done)
    if current_actor().role is Role.COACH:
        return see_other("sparring.show_person", enrolment_id=step.enrolment_id)
    if done:
        flash(_("Well done."))
    return see_other("sparring.my_talks" if "talks" in request.form else "desk.today")


@blueprint.post("/steps/<key:step_id>/drop")
@needs(Permission.COACHING_WRITE)
def drop_step(step_id: str) -> ResponseReturnValue:
    """A step is not needed any more."""
    step = service.drop_step(current_actor(), step_id)
    flash(_("The step is taken away."))
    return see_other("sparring.show_person", enrolment_id=step.enrolment_id)


@blueprint.get("/my-talks")
@needs(Permission.MY_DAY)
def my_talks() -> ResponseReturnValue:
    """A participant's own talks: book, change, cancel; what was agreed."""
    changing = request.args.get("changing", "")
    return render("sparring/my_talks.html", mine=own_talks(current_actor()), changing=changing)


@blueprint.post("/my-talks/<key:slot_id>/book")
@needs(Permission.MY_DAY)
def book(slot_id: str) -> ResponseReturnValue:
    """Book a time, or change to it."""
    actor, instead_of = current_actor(), request.form.get("instead_of", "")
    if instead_of:
        service.move(actor, instead_of, slot_id)
    else:
        service.book(actor, slot_id)
    flash(_("The time is yours."))
    return see_other("sparring.my_talks")


@blueprint.post("/my-talks/<key:slot_id>/cancel")
@needs(Permission.MY_DAY)
def cancel(slot_id: str) -> ResponseReturnValue:
    """Let a time go."""
    service.cancel(current_actor(), slot_id)
    flash(_("The time is free again. You can book another."))
    return see_other("sparring.my_talks")
