"""Pages of surveys: the list, a new one, and one until it is sent."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.core.access import Permission
from jobsearch.feedback.forms import AUDIENCES
from jobsearch.feedback.rules import FEWEST_SHOWN
from jobsearch.feedback.surveys import queries, service
from jobsearch.feedback.surveys.forms import OwnQuestionForm, SendForm, SurveyForm
from jobsearch.programmes.queries import get_programme
from jobsearch.web.filters import current_language
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("surveys", __name__, url_prefix="/surveys")


@blueprint.get("/<key:programme_id>")
@needs(Permission.REPORTS_READ)
def list_surveys(programme_id: str) -> ResponseReturnValue:
    """Every survey of a programme, with how many were asked and replied."""
    page = page_number()
    shown = queries.list_surveys(programme_id, page)
    return render("surveys/list_surveys.html", shown=shown, audiences=_audiences())


def _audiences() -> dict[str, Any]:
    return {choice.value: choice.label for choice in AUDIENCES}


@blueprint.get("/<key:programme_id>/new")
@needs(Permission.PROGRAMMES_WRITE)
def new_survey(programme_id: str) -> ResponseReturnValue:
    """A survey to prepare."""
    return render("surveys/new_survey.html", **_new(programme_id, SurveyForm(formdata=None)))


def _new(programme_id: str, form: SurveyForm) -> dict[str, Any]:
    programme = get_programme(programme_id)
    form.offer(queries.list_cohort_names(programme.id))
    return {"programme": programme, "form": form}


@blueprint.post("/<key:programme_id>/new")
@needs(Permission.PROGRAMMES_WRITE)
def prepare_survey(programme_id: str) -> ResponseReturnValue:
    """Keep a survey; it is not sent yet."""
    form, actor = SurveyForm(), current_actor()
    page = _new(programme_id, form)
    if not form.attempt(lambda: service.prepare_survey(actor, programme_id, form.plan())):
        return render_invalid("surveys/new_survey.html", **page)
    return see_other("surveys.show_survey", survey_id=form.result)


@blueprint.get("/one/<key:survey_id>")
@needs(Permission.REPORTS_READ)
def show_survey(survey_id: str) -> ResponseReturnValue:
    """One survey: its questions, and whom it asks or asked."""
    return render("surveys/show_survey.html", **_one(survey_id))


def _one(survey_id: str, **forms: Form) -> dict[str, Any]:
    shown = queries.show_survey(current_actor(), survey_id)
    sending = forms.get("form") if isinstance(forms.get("form"), SendForm) else None
    adding = forms.get("form") if isinstance(forms.get("form"), OwnQuestionForm) else None
    return {
        "form": None,
        "shown": shown,
        "sending": sending or SendForm(formdata=None, version=str(shown.line.survey.version)),
        "adding": adding or OwnQuestionForm(formdata=None),
        "audiences": _audiences(),
        "fewest": FEWEST_SHOWN,
        "language": current_language(),
        **forms,
    }


@blueprint.post("/one/<key:survey_id>/questions")
@needs(Permission.PROGRAMMES_WRITE)
def add_question(survey_id: str) -> ResponseReturnValue:
    """A question in own text."""
    form = OwnQuestionForm()
    if not form.attempt(lambda: service.add_question(survey_id, form.wanted(), form.text())):
        return render_invalid("surveys/show_survey.html", **_one(survey_id, form=form))
    return see_other("surveys.show_survey", survey_id=survey_id)


@blueprint.post("/one/<key:survey_id>/questions/<key:survey_question_id>/remove")
@needs(Permission.PROGRAMMES_WRITE)
def remove_question(survey_id: str, survey_question_id: str) -> ResponseReturnValue:
    """A question less."""
    form = Form()
    if not form.attempt(service.remove_question, survey_id, survey_question_id):
        return render_invalid("surveys/show_survey.html", **_one(survey_id, form=form))
    return see_other("surveys.show_survey", survey_id=survey_id)


@blueprint.post("/one/<key:survey_id>/drop")
@needs(Permission.PROGRAMMES_WRITE)
def drop_survey(survey_id: str) -> ResponseReturnValue:
    """A survey that was not sent is gone."""
    form = Form()
    if not form.attempt(service.drop_survey, survey_id):
        return render_invalid("surveys/show_survey.html", **_one(survey_id, form=form))
    flash(_("The survey is gone. Nobody was asked."))
    return see_other("surveys.list_surveys", programme_id=form.result)


@blueprint.post("/one/<key:survey_id>/end")
@needs(Permission.SURVEYS_END)
def end_survey(survey_id: str) -> ResponseReturnValue:
    """No more answers from now on."""
    form = Form()
    if not form.attempt(service.end_survey, current_actor(), survey_id):
        return render_invalid("surveys/show_survey.html", **_one(survey_id, form=form))
    flash(_("The survey has ended. The answers are shown from tomorrow on."))
    return see_other("surveys.show_survey", survey_id=survey_id)


@blueprint.post("/one/<key:survey_id>/send")
@needs(Permission.PROGRAMMES_WRITE)
def send_survey(survey_id: str) -> ResponseReturnValue:
    """Ask everyone, once."""
    form = SendForm()
    if not form.attempt(lambda: service.send_survey(survey_id, form.seen(), form.employers())):
        return render_invalid("surveys/show_survey.html", **_one(survey_id, form=form))
    flash(ngettext("%(num)d person is asked.", "%(num)d people are asked.", form.result))
    return see_other("surveys.show_survey", survey_id=survey_id)
