"""Pages of the link: the question with its buttons, and what may follow the tap."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.outcomes.answering import queries, service
from jobsearch.outcomes.answering.forms import MoreForm, TapForm
from jobsearch.outcomes.answering.rules import ONE_TAP, Step, next_step
from jobsearch.outcomes.following.mail import PURPOSE
from jobsearch.outcomes.told.rules import BY_ANSWER
from jobsearch.web.forms import Form
from jobsearch.web.gate import by_link, current_link
from jobsearch.web.limits import at_most
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("outcomes_answering", __name__)
_TRIES = "40 per 10 minutes"


@blueprint.get("/answer/<link_secret>")
@by_link(PURPOSE)
def show(link_secret: str) -> ResponseReturnValue:
    """The question; opening it changes nothing, so no mail scanner answers it."""
    return render("outcomes_answering/show.html", **_question(link_secret, TapForm(formdata=None)))


def _question(link_secret: str, form: Form) -> dict[str, Any]:
    opened = queries.open_question(current_link().subject_id)
    return {"opened": opened, "form": form, "secret": link_secret, "answers": ONE_TAP}


@blueprint.post("/answer/<link_secret>")
@by_link(PURPOSE)
@at_most(_TRIES)
def answer(link_secret: str) -> ResponseReturnValue:
    """One tap. What follows it has an address of its own, which lives for half an hour."""
    form, link = TapForm(), current_link()
    if not form.attempt(service.answer_question, link.subject_id, form.wanted(), link.language):
        return render_invalid("outcomes_answering/show.html", **_question(link_secret, form))
    return see_other("outcomes_answering.show_more", link_secret=form.result)


@blueprint.post("/answer/<link_secret>/stop")
@by_link(PURPOSE)
@at_most(_TRIES)
def stop(link_secret: str) -> ResponseReturnValue:
    """Do not ask any more."""
    form = Form()
    if not form.attempt(service.stop, current_link().subject_id):
        return render_invalid("outcomes_answering/show.html", **_question(link_secret, form))
    return see_other("outcomes_answering.show", link_secret=link_secret)


@blueprint.get("/answered/<link_secret>")
@by_link(service.MORE)
def show_more(link_secret: str) -> ResponseReturnValue:
    """Thank you, and the next question if there is one; each can be passed over."""
    form = MoreForm(formdata=None)
    passed = request.args.get("passed", "")
    return render("outcomes_answering/more.html", **_more(link_secret, form, passed))


def _more(link_secret: str, form: MoreForm, passed: str) -> dict[str, Any]:
    after = queries.show_after(current_link().subject_id)
    answered = after.follow_up.answer
    form.offer(BY_ANSWER.get(answered, ()))
    kind = after.told.kind if after.told else None
    step = next_step(answered, kind, passed.split(".")) if after.told else None
    shown = {"after": after, "form": form, "refused": form, "step": step, "passed": passed}
    return {**shown, "secret": link_secret, "answers": ONE_TAP}


@blueprint.post("/answered/<link_secret>")
@by_link(service.MORE)
@at_most(_TRIES)
def say_more(link_secret: str) -> ResponseReturnValue:
    """Answer the next question."""
    form = MoreForm()
    passed, step = str(form.passed.data or ""), form.wanted()
    if not form.attempt(_say, current_link().subject_id, form, step):
        page = _more(link_secret, form, passed)
        return render_invalid("outcomes_answering/more.html", **page)
    passed = ".".join(filter(None, (passed, step)))
    return see_other("outcomes_answering.show_more", link_secret=link_secret, passed=passed)


def _say(follow_up_id: str, form: MoreForm, step: Step | None) -> None:
    if step is Step.KIND:
        service.say_kind(follow_up_id, form.chosen_kind())
    elif step is Step.BEGAN:
        service.say_beginning(follow_up_id, form.first_day())
    elif step is Step.HOURS:
        service.say_measure(follow_up_id, form.week(), None)
    elif step is Step.FIT:
        service.say_measure(follow_up_id, None, form.chosen_fit())


@blueprint.post("/answered/<link_secret>/change")
@by_link(service.MORE)
@at_most(_TRIES)
def change(link_secret: str) -> ResponseReturnValue:
    """Put the tap right."""
    form = TapForm()
    if not form.attempt(service.change_answer, current_link().subject_id, form.wanted()):
        page = _more(link_secret, MoreForm(formdata=None), "") | {"refused": form}
        return render_invalid("outcomes_answering/more.html", **page)
    flash(_("Your answer is changed."))
    return see_other("outcomes_answering.show_more", link_secret=link_secret)
