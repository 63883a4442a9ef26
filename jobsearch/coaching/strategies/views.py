"""Pages of strategies: a participant's own, and one person's for her coach."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.coaching.strategies import queries, service
from jobsearch.coaching.strategies.forms import StepForm, StrategyForm
from jobsearch.coaching.strategies.rules import NAMES
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, see_other

blueprint = Blueprint("strategies", __name__)


def _page(person_id: str, text_form: StrategyForm | None = None, **refused: Any) -> str:
    """The page; a form that was refused because somebody else had written comes with both texts."""
    mine = queries.get_strategy(current_actor(), person_id)
    is_own = current_actor().person_id is not None
    if not is_own:
        reads(person_id, Look.STRATEGY)
    shown = text_form or StrategyForm.of(mine.text, mine.version)
    return render(
        "strategies/show_strategy.html",
        mine=mine,
        form=text_form or refused.get("step_form"),
        is_behind=shown.catch_up(mine.version),
        is_own=is_own,
        names=NAMES,
        **({"text_form": shown, "step_form": StepForm(formdata=None)} | refused),
    )


def _write(person_id: str) -> ResponseReturnValue | None:
    """Try to write; the page again where it was refused, else nothing."""
    form, actor = StrategyForm(), current_actor()

    def write() -> object:
        about_work = bool(form.about_work.data)
        return service.write_strategy(actor, person_id, *form.wanted(), about_work=about_work)

    if not form.attempt(write):
        return _page(person_id, form), 422
    flash(_("Saved."))
    return None


@blueprint.get("/my-strategy")
@needs(Permission.MY_DAY)
def my_strategy() -> ResponseReturnValue:
    """A participant's own strategy."""
    try:
        return _page(current_actor().person_id or "")
    except NotVisible:  # she is in no group yet
        return render("strategies/no_group.html")


@blueprint.post("/my-strategy")
@needs(Permission.MY_DAY)
def write_my_strategy() -> ResponseReturnValue:
    """Keep what she writes."""
    return _write(current_actor().person_id or "") or see_other(".my_strategy")


@blueprint.post("/my-strategy/steps/<key:step_id>/done", defaults={"done": True})
@blueprint.post("/my-strategy/steps/<key:step_id>/not-done", defaults={"done": False})
@needs(Permission.MY_DAY)
def finish_my_step(step_id: str, done: bool) -> ResponseReturnValue:
    """She has done a step, or not yet."""
    service.finish_step(current_actor(), step_id, done)
    if done:
        flash(_("Well done."))
    return see_other(".my_strategy")


@blueprint.get("/people/<key:person_id>/strategy")
@needs(Permission.COACHING_WRITE)
def show_strategy(person_id: str) -> ResponseReturnValue:
    """One person's strategy, for her coach."""
    return _page(person_id)


@blueprint.post("/people/<key:person_id>/strategy")
@needs(Permission.COACHING_WRITE)
def write_strategy(person_id: str) -> ResponseReturnValue:
    """Keep what is written with her."""
    return _write(person_id) or see_other(".show_strategy", person_id=person_id)


@blueprint.post("/people/<key:person_id>/strategy/steps")
@needs(Permission.COACHING_WRITE)
def agree_step(person_id: str) -> ResponseReturnValue:
    """Keep a step that was agreed on."""
    form, actor = StepForm(), current_actor()
    queries.get_strategy(actor, person_id)
    wanted = form.text.data or "", form.due_on.data
    if not form.attempt(service.agree_step, actor, person_id, *wanted):
        return _page(person_id, step_form=form), 422
    flash(_("Agreed. It stands on the page of today."))
    return see_other(".show_strategy", person_id=person_id)


@blueprint.post(
    "/people/<key:person_id>/strategy/steps/<key:step_id>/done", defaults={"done": True}
)
@blueprint.post(
    "/people/<key:person_id>/strategy/steps/<key:step_id>/not-done", defaults={"done": False}
)
@needs(Permission.COACHING_WRITE)
def finish_step(person_id: str, step_id: str, done: bool) -> ResponseReturnValue:
    """A step is done, or not yet."""
    service.finish_step(current_actor(), step_id, done)
    return see_other(".show_strategy", person_id=person_id)
