"""Pages of what is said in the meetings: a participant's own, one person's for her coach, a day's.

The participant's addresses name nobody: they are about herself. The coach's name the person.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.standup.queries import BoardDay, get_board_day, own_seat
from jobsearch.standup.words import queries, service
from jobsearch.standup.words.forms import DebriefForm, NewsForm, PlanForm
from jobsearch.standup.words.rules import NEWS_NAMES, PLANS, News
from jobsearch.tracker.rules import LOOKS
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, see_other

blueprint = Blueprint("standup_words", __name__)
_PERSON = "/cohorts/<key:cohort_id>/board/people/<key:enrolment_id>/words"


def _own() -> tuple[str, str]:
    seat = own_seat(current_actor())
    return seat.cohort_id, seat.enrolment_id


def _forms(words: queries.Words) -> dict[str, Form]:
    said = {"learned": words.learned, "next_step": words.next_step}
    return {
        "plan_form": PlanForm.of(words.figures.goals, words.plan),
        "debrief_form": DebriefForm(formdata=None, **said),
        "news_form": NewsForm(formdata=None),
    }


def _page(cohort_id: str, enrolment_id: str, **refused: Form) -> str:
    words = queries.get_words(cohort_id, enrolment_id, get_board_day(cohort_id))
    if current_actor().person_id is None:
        reads(words.person_id, Look.WORDS)
    return render(
        "standup_words/show_words.html",
        words=words,
        form=next(iter(refused.values()), None),
        is_own=current_actor().person_id is not None,
        **(_forms(words) | refused),
        news_names=NEWS_NAMES,
        looks=LOOKS,
    )


@blueprint.get("/my-words")
@needs(Permission.MY_DAY)
def my_words() -> ResponseReturnValue:
    """A participant's own plan, debrief and good news."""
    try:
        return _page(*_own())
    except NotVisible:  # she has left, or is in no group yet
        return render("standup_words/no_seat.html")


@blueprint.get(_PERSON)
@needs(Permission.STANDUP_RUN)
def show_words(cohort_id: str, enrolment_id: str) -> ResponseReturnValue:
    """One person's plan, debrief and good news, for the coach who writes what she says."""
    return _page(cohort_id, enrolment_id)


def _keep(
    who: tuple[str, str], kind: str, form: Form, use_case: Callable[[], Any], said: str
) -> ResponseReturnValue:
    """Try it; then her own day or the board, or the page again with what is wrong."""
    if not form.attempt(use_case):
        return _page(*who, **{kind: form}), 422
    flash(said)
    if current_actor().person_id is not None:
        return see_other("desk.today")
    return see_other("standup.show_cohort_board", cohort_id=who[0])


def _keep_plan(who: tuple[str, str]) -> ResponseReturnValue:
    form, actor, (cohort_id, enrolment_id) = PlanForm(), current_actor(), who

    def keep() -> object:
        return service.make_plan(actor, cohort_id, enrolment_id, *form.wanted())

    return _keep(who, "plan_form", form, keep, _("The plan is saved."))


def _keep_debrief(who: tuple[str, str]) -> ResponseReturnValue:
    form, actor = DebriefForm(), current_actor()

    def keep() -> object:
        about_work = bool(form.about_work.data)
        return service.write_debrief(actor, *who, *form.wanted(), about_work=about_work)

    return _keep(who, "debrief_form", form, keep, _("Saved. Thank you for today."))


def _keep_news(who: tuple[str, str]) -> ResponseReturnValue:
    form, actor = NewsForm(), current_actor()

    def keep() -> object:
        return service.tell_news(actor, *who, *form.wanted())

    return _keep(who, "news_form", form, keep, _("The group sees it on the board. Well done!"))


def _take_back(who: tuple[str, str]) -> None:
    news = request.form.get("news", "")
    if news not in tuple(News):
        raise NotVisible
    service.take_back_news(current_actor(), *who, News(news))
    flash(_("Taken back. The board does not show it any more."))


@blueprint.post("/my-words/plan")
@needs(Permission.MY_DAY)
def make_my_plan() -> ResponseReturnValue:
    """Her own plan."""
    return _keep_plan(_own())


@blueprint.post("/my-words/debrief")
@needs(Permission.MY_DAY)
def write_my_debrief() -> ResponseReturnValue:
    """Her own debrief, or check-in."""
    return _keep_debrief(_own())


@blueprint.post("/my-words/news")
@needs(Permission.MY_DAY)
def tell_my_news() -> ResponseReturnValue:
    """Her own good news."""
    return _keep_news(_own())


@blueprint.post("/my-words/news/take-back")
@needs(Permission.MY_DAY)
def take_my_news_back() -> ResponseReturnValue:
    """Her news is celebrated no more."""
    _take_back(_own())
    return see_other("standup_words.my_words")


@blueprint.post(f"{_PERSON}/plan")
@needs(Permission.STANDUP_RUN)
def make_plan(cohort_id: str, enrolment_id: str) -> ResponseReturnValue:
    """What she plans, written by her coach."""
    return _keep_plan((cohort_id, enrolment_id))


@blueprint.post(f"{_PERSON}/debrief")
@needs(Permission.STANDUP_RUN)
def write_debrief(cohort_id: str, enrolment_id: str) -> ResponseReturnValue:
    """What she says in the debrief, written by her coach."""
    return _keep_debrief((cohort_id, enrolment_id))


@blueprint.post(f"{_PERSON}/news")
@needs(Permission.STANDUP_RUN)
def tell_news(cohort_id: str, enrolment_id: str) -> ResponseReturnValue:
    """Her good news, told by her coach with her yes."""
    return _keep_news((cohort_id, enrolment_id))


@blueprint.post(f"{_PERSON}/news/take-back")
@needs(Permission.STANDUP_RUN)
def take_news_back(cohort_id: str, enrolment_id: str) -> ResponseReturnValue:
    """Her news is celebrated no more."""
    _take_back((cohort_id, enrolment_id))
    return see_other("standup_words.show_words", cohort_id=cohort_id, enrolment_id=enrolment_id)


@blueprint.get("/cohorts/<key:cohort_id>/debriefs")
@needs(Permission.TRACKER_READ)
def list_debriefs(cohort_id: str) -> ResponseReturnValue:
    """A day of the group: planned against done, what was learned, what comes next."""
    days = queries.list_days(current_actor(), cohort_id)
    chosen = _chosen(cohort_id, days, request.args.get("day", ""))
    words = queries.list_words(cohort_id, chosen)
    return render(
        "standup_words/list_debriefs.html",
        cohort_id=cohort_id,
        days=days,
        chosen=chosen,
        words=words,
        plans=PLANS,
        looks=LOOKS,
    )


def _chosen(cohort_id: str, days: list[BoardDay], wanted: str) -> BoardDay:
    found = [day for day in days if day.day_id == wanted]
    if wanted and not found:
        raise NotVisible
    return found[0] if found else get_board_day(cohort_id)
