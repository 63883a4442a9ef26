"""Pages of the decision: the very paper, until when, yes or no, and the permission taken back."""

import hashlib
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.analyses import queries
from jobsearch.analyses.checks.queries import warnings_of_analysis
from jobsearch.analyses.checks.rules import DOUBTS
from jobsearch.analyses.decisions.forms import ConsentForm, UntilForm
from jobsearch.analyses.forms import EmptyForm
from jobsearch.analyses.paper import OFFICE, lay
from jobsearch.analyses.releases import service
from jobsearch.analyses.releases.views import blueprint, mine
from jobsearch.analyses.rules import TITLES, may_decide
from jobsearch.core.access import Actor, Permission
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.web.filters import current_language
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, render, render_invalid, see_other

__all__ = ["blueprint"]


@blueprint.get("/my-analysis/decide")
@needs(Permission.ANALYSES_DECIDE)
@heavy
def decide() -> ResponseReturnValue:
    """The paper as it would be sent, the words of the permission, and yes and no side by side."""
    actor = current_actor()
    shown = queries.show(actor, queries.get_own_analysis(actor))
    if not may_decide(shown.state):
        return see_other("analyses.my_analysis")
    return _deciding(EmptyForm(formdata=None), UntilForm.read(request.args))


@blueprint.get("/my-analysis/paper.pdf")
@needs(Permission.ANALYSES_DECIDE)
@heavy
def exact_paper() -> ResponseReturnValue:
    """The very bytes that would be sent if she agreed; none but those of the page (`seen`)."""
    actor, own = current_actor(), queries.get_own_analysis(current_actor())
    sheet = queries.decision_sheet(actor, own, UntilForm.read(request.args).day)
    pdf = OFFICE.render(sheet).pdf
    if request.args.get("seen", "") not in ("", hashlib.sha256(pdf).hexdigest()):
        raise Conflict
    return download(pdf, f"{own.number}.pdf", "application/pdf", inline=True)


@blueprint.post("/my-analysis/consent")
@needs(Permission.ANALYSES_DECIDE)
@heavy
def consent() -> ResponseReturnValue:
    """She agrees: the paper that lay before her goes to its recipient."""
    form = ConsentForm()
    values = (form.until.data, form.seen.data or "", OFFICE)
    if not form.attempt(service.consent_to_release, current_actor(), *values):
        return _refused(form)
    flash(_("You gave your permission. You can take it back on this page at any time."))
    return see_other("analyses.my_analysis")


@blueprint.post("/my-analysis/decline")
@needs(Permission.ANALYSES_DECIDE)
def decline() -> ResponseReturnValue:
    """She does not agree; nobody is told and nobody asks why."""
    form = EmptyForm()
    if not form.attempt(service.decline, current_actor()):
        return mine(form, refused=True)
    flash(_("Nothing is sent. You can change your mind on this page."))
    return see_other("analyses.my_analysis")


@blueprint.post("/my-analysis/withdraw")
@needs(Permission.ANALYSES_DECIDE)
def withdraw() -> ResponseReturnValue:
    """She takes her permission back."""
    form = EmptyForm()
    if not form.attempt(service.withdraw, current_actor()):
        return mine(form, refused=True)
    flash(_("You took your permission back. The analysis does not open any more."))
    return see_other("analyses.my_analysis", _anchor="looks")


def _refused(form: ConsentForm) -> ResponseReturnValue:
    """What cannot be agreed to now is said where she can go on: beside the decision, else above."""
    shown = queries.show(current_actor(), queries.get_own_analysis(current_actor()))
    if may_decide(shown.state):
        return _deciding(form, UntilForm.read(request.form), refused=True)
    return mine(form, refused=True)


def _deciding(form: Form, asked: UntilForm, *, refused: bool = False) -> ResponseReturnValue:
    actor = current_actor()
    shown = queries.show(actor, queries.get_own_analysis(actor))
    page = _laid_before(actor, shown, asked)
    draw = render_invalid if refused or asked.errors else render
    return draw("analyses/decide.html", form=form if refused else asked, **page)


def _laid_before(actor: Actor, shown: queries.Shown, asked: UntilForm) -> dict[str, Any]:
    try:
        sheet = queries.decision_sheet(actor, shown.analysis, asked.day)
    except RuleBroken as broken:
        asked.refuse(broken)
        sheet = queries.decision_sheet(actor, shown.analysis)
    return {
        "shown": shown,
        "asked": asked,
        "offered": queries.offered_terms(actor),
        "laid": lay(sheet, current_language()),
        "keys": [key for key, _text in sheet.sections],
        "titles": TITLES,
        "warnings": warnings_of_analysis(shown.analysis, of_paper=True),
        "doubts": DOUBTS,
    }
