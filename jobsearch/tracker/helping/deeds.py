"""What the pages of a group do with what somebody sends: the same for its people and its coach.

A deed without a group is about the reader's own; with one, about that of staff.
"""

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Actor
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.tracker.helping import page as pages
from jobsearch.tracker.helping import service
from jobsearch.tracker.helping.forms import CallForm, PairsForm, PraiseForm, TipForm
from jobsearch.tracker.helping.rules import MOST_CALL, MOST_TIP, PRAISE, StillCooling
from jobsearch.tracker.helping.tips import service as tips
from jobsearch.tracker.rules import LOOKS
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor
from jobsearch.web.pages import flash, page_number, render
from jobsearch.web.words import say_rule

_Group = pages.GroupPage


def group_of(cohort_id: str | None) -> _Group:
    """The page of a group. Raises NotVisible for a group of nobody."""
    number = page_number()
    if cohort_id is None:
        return pages.own_page(current_actor(), number)
    group = pages.cohort_page(current_actor(), cohort_id, number)
    if group is None:
        raise NotVisible
    return group


def draw(group: _Group, *, is_own: bool, **refused: Form) -> str:
    """The page with its forms, of which one may be refused."""
    forms: dict[str, Form] = {
        "call_form": CallForm(formdata=None),
        "tip_form": TipForm(formdata=None),
        "praise_form": PraiseForm(formdata=None).offer(group.praisable),
        "pairs_form": pairs_form(group, sent=False),
    }
    return render(
        "tracker_helping/show_group.html" if is_own else "tracker_helping/show_cohort.html",
        group=group,
        here=_address(None if is_own else group.cohort_id),
        page=page_number(group.pages),
        form=next(iter(refused.values()), None),
        **(forms | refused),
        looks=LOOKS,
        praise_words=PRAISE,
        most_call=MOST_CALL,
        most_tip=MOST_TIP,
    )


def pairs_form(group: _Group, *, sent: bool) -> PairsForm:
    """The form of pairs, with those who can have one."""
    people = [(one.enrolment_id, one.name, one.pair) for one in group.pairings if one.can_be_paired]
    return PairsForm.of(people, sent=sent)


def _address(cohort_id: str | None) -> str:
    if cohort_id is None:
        return url_for("tracker_helping.show_group")
    return url_for("tracker_helping.show_cohort", cohort_id=cohort_id)


def _back(cohort_id: str | None) -> ResponseReturnValue:
    return redirect(_address(cohort_id), 303)


def do(
    cohort_id: str | None, said: str, use_case: Callable[..., Any], *values: Any
) -> ResponseReturnValue:
    """Try one deed; then the page again, with what was done or why it was not."""
    try:
        use_case(current_actor(), *values)
    except RuleBroken as broken:
        flash(say_rule(broken), "warn")
    else:
        flash(said)
    return _back(cohort_id)


def keep(
    cohort_id: str | None,
    kind: str,
    form: Form,
    said: str,
    use_case: Callable[..., Any],
    *values: Any,
) -> ResponseReturnValue:
    """Try what a form wants; else the page again with what is wrong."""
    if not form.attempt(lambda: use_case(current_actor(), *values)):
        return draw(group_of(cohort_id), is_own=cohort_id is None, **{kind: form}), 422
    flash(said)
    return _back(cohort_id)


def ask_for_help() -> ResponseReturnValue:
    """A participant's call for help."""
    form = CallForm()

    def ask(actor: Actor) -> object:
        return service.raise_call(actor, form.wanted(), about_work=bool(form.about_work.data))

    return keep(None, "call_form", form, _("Your group and your coach see it now."), ask)


def share(cohort_id: str | None) -> ResponseReturnValue:
    """A tip for the group."""
    form, group = TipForm(), group_of(cohort_id)

    def share(actor: Actor) -> object:
        about_work = bool(form.about_work.data)
        return tips.share_tip(actor, group.cohort_id, *form.wanted(), about_work=about_work)

    return keep(cohort_id, "tip_form", form, _("The group sees your tip now."), share)


def claim(tip_id: str) -> ResponseReturnValue:
    """The reader follows a tip; of a company that cools off she is asked first."""
    knowingly = "knowingly" in request.form
    try:
        tips.claim_tip(current_actor(), tip_id, knowingly=knowingly)
    except StillCooling as asked:
        said = say_rule(asked)
        return render("tracker_helping/ask_about_tip.html", tip_id=tip_id, said=said), 422
    except RuleBroken as broken:
        flash(say_rule(broken), "warn")
    else:
        flash(_("The tip is yours. It is among your leads now."))
    return _back(None)


def praise(cohort_id: str | None) -> ResponseReturnValue:
    """A kind word."""
    group = group_of(cohort_id)
    form = PraiseForm().offer(group.praisable)

    def say(actor: Actor) -> object:
        return service.give_praise(actor, group.mates, *form.wanted())

    return keep(cohort_id, "praise_form", form, _("Said. Only who it is for reads it."), say)


def take_back(cohort_id: str | None) -> ResponseReturnValue:
    """A kind word of today that was not said."""
    praise_id = request.form.get("praise_id", "")
    return do(cohort_id, _("Taken back."), service.take_back_praise, praise_id)


def help_out(cohort_id: str | None, call_id: str) -> ResponseReturnValue:
    """Somebody helps."""
    said = _("Thank you. Your name stands beside the call, so that you two can talk.")
    return do(cohort_id, said, service.offer_help, call_id)


def step_back(cohort_id: str | None, call_id: str) -> ResponseReturnValue:
    """Somebody cannot help after all."""
    return do(cohort_id, _("The call is open to the others again."), service.step_back, call_id)


def end_call(cohort_id: str | None, call_id: str) -> ResponseReturnValue:
    """A call is over."""
    return do(cohort_id, _("The call for help is over."), service.end_call, call_id)


def take_tip_back(cohort_id: str | None, tip_id: str) -> ResponseReturnValue:
    """A tip is none any more."""
    return do(cohort_id, _("The tip is taken back."), tips.take_tip_back, tip_id)


def pair_up(cohort_id: str) -> ResponseReturnValue:
    """Keep who searches with whom."""
    form = pairs_form(group_of(cohort_id), sent=True)

    def save(actor: Actor) -> None:
        service.save_pairs(actor, cohort_id, form.wanted())

    return keep(cohort_id, "pairs_form", form, _("The pairs are saved."), save)
