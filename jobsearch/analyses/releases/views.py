"""The participant's own analysis and her decision; the municipal coach's inbox."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.analyses import queries as analyses
from jobsearch.analyses import service as writing
from jobsearch.analyses.forms import DecisionForm, EmptyForm, SectionsForm
from jobsearch.analyses.paper import OFFICE, activity_rows, lay
from jobsearch.analyses.releases import queries, service
from jobsearch.analyses.rules import TITLES, SectionKey, may_decide
from jobsearch.analyses.views import blueprint, saved
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.files import get as get_file
from jobsearch.core.looks import Look
from jobsearch.web.filters import current_language
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import download, flash, reads, render, render_invalid, see_other

__all__ = ["blueprint"]

_PDF = "application/pdf"


@blueprint.get("/my-analysis")
@needs(Permission.ANALYSES_DECIDE)
def my_analysis() -> ResponseReturnValue:
    """Her analysis in plain words: read it, leave sections out, decide, see who has looked."""
    return _mine(EmptyForm(formdata=None))


@blueprint.get("/my-analysis/write/<key>")
@needs(Permission.ANALYSES_DECIDE)
def write_section(key: str) -> ResponseReturnValue:
    """One section to write."""
    return _section(_key(key), SectionsForm(formdata=None))


@blueprint.post("/my-analysis/write/<key>")
@needs(Permission.ANALYSES_DECIDE)
def save_section(key: str) -> ResponseReturnValue:
    """Keep her text of a section."""
    actor, form = current_actor(), SectionsForm()
    own = analyses.get_own_analysis(actor)
    if not form.attempt(writing.write_sections, actor, own.id, form.drafts()):
        return _section(_key(key), form, refused=True)
    return saved(form.result, url_for("analyses.my_analysis"))


@blueprint.post("/my-analysis/leave-out/<key>")
@needs(Permission.ANALYSES_DECIDE)
def leave_out_section(key: str) -> ResponseReturnValue:
    """Leave a section out of the paper."""
    form = EmptyForm()
    if not form.attempt(writing.leave_out_section, current_actor(), _key(key)):
        return _mine(form, refused=True)
    return see_other("analyses.my_analysis", _anchor=key)


@blueprint.post("/my-analysis/take-in/<key>")
@needs(Permission.ANALYSES_DECIDE)
def take_back_section(key: str) -> ResponseReturnValue:
    """Take a section into the paper again."""
    form = EmptyForm()
    if not form.attempt(writing.take_back_section, current_actor(), _key(key)):
        return _mine(form, refused=True)
    return see_other("analyses.my_analysis", _anchor=key)


@blueprint.get("/my-analysis/decide")
@needs(Permission.ANALYSES_DECIDE)
def decide() -> ResponseReturnValue:
    """The paper as it would be sent, the words of the permission, and yes and no side by side."""
    actor = current_actor()
    shown = analyses.show(actor, analyses.get_own_analysis(actor))
    if not may_decide(shown.state):
        return see_other("analyses.my_analysis")
    return _deciding(EmptyForm(formdata=None), _months())


@blueprint.get("/my-analysis/paper.pdf")
@needs(Permission.ANALYSES_DECIDE)
def exact_paper() -> ResponseReturnValue:
    """The very bytes that would be sent if she agreed today for so many months."""
    actor = current_actor()
    own = analyses.get_own_analysis(actor)
    sheet = analyses.decision_sheet(actor, own, _months())
    return download(OFFICE.render(sheet).pdf, f"{own.number}.pdf", _PDF)


@blueprint.post("/my-analysis/consent")
@needs(Permission.ANALYSES_DECIDE)
def consent() -> ResponseReturnValue:
    """She agrees: the paper that lay before her goes to its recipient."""
    form = DecisionForm()
    months = int(form.months.data or 0)
    values = (months, form.seen.data or "", OFFICE)
    if not form.attempt(service.consent_to_release, current_actor(), *values):
        return _refused(form, months)
    flash(_("You gave your permission. You can take it back on this page at any time."))
    return see_other("analyses.my_analysis")


@blueprint.post("/my-analysis/decline")
@needs(Permission.ANALYSES_DECIDE)
def decline() -> ResponseReturnValue:
    """She does not agree; nobody is told and nobody asks why."""
    form = EmptyForm()
    if not form.attempt(service.decline, current_actor()):
        return _mine(form, refused=True)
    flash(_("Nothing is sent. You can change your mind on this page."))
    return see_other("analyses.my_analysis")


@blueprint.post("/my-analysis/withdraw")
@needs(Permission.ANALYSES_DECIDE)
def withdraw() -> ResponseReturnValue:
    """She takes her permission back."""
    form = EmptyForm()
    if not form.attempt(service.withdraw, current_actor()):
        return _mine(form, refused=True)
    flash(_("You took your permission back. The analysis does not open any more."))
    return see_other("analyses.my_analysis")


@blueprint.get("/my-analysis/copy.pdf")
@needs(Permission.ANALYSES_DECIDE)
def my_copy() -> ResponseReturnValue:
    """Her own copy: what was sent, or the text as it stands, marked as not sent."""
    actor = current_actor()
    shown = analyses.show(actor, analyses.get_own_analysis(actor))
    if shown.release is not None:
        content = get_file(shown.release.file_id).content
    else:
        content = OFFICE.render(analyses.sheet_of(actor, shown.analysis)).pdf
    return download(content, f"{shown.analysis.number}.pdf", _PDF)


@blueprint.get("/inbox")
@needs(Permission.ANALYSES_INBOX)
def inbox() -> ResponseReturnValue:
    """What is open to this municipal coach."""
    actor = current_actor()
    lines, ended = queries.list_received(actor), queries.count_ended(actor)
    return render("analyses/inbox.html", lines=lines, ended=ended, opened=None)


@blueprint.get("/inbox/<key:release_id>")
@needs(Permission.ANALYSES_INBOX)
def read_release(release_id: str) -> ResponseReturnValue:
    """One analysis, as long as its permission lives; the look is noted."""
    actor = current_actor()
    try:
        opened = queries.get_release(actor, release_id)
    except queries.PermissionEnded:
        return render("analyses/ended.html"), 404
    reads(opened.person_id, Look.RELEASE, opened.release_id)
    lines, ended = queries.list_received(actor), queries.count_ended(actor)
    return render("analyses/inbox.html", lines=lines, ended=ended, opened=opened)


@blueprint.get("/inbox/<key:release_id>/analysis.pdf")
@needs(Permission.ANALYSES_INBOX)
def download_release(release_id: str) -> ResponseReturnValue:
    """The issued bytes, as an attachment; the look is noted."""
    try:
        opened = queries.get_release(current_actor(), release_id)
    except queries.PermissionEnded:
        return render("analyses/ended.html"), 404
    reads(opened.person_id, Look.RELEASE_FILE, opened.release_id)
    number = opened.issued.number.partition(" ")[0]
    return download(get_file(opened.file_id).content, f"{number}.pdf", _PDF)


def _key(key: str) -> SectionKey:
    try:
        return SectionKey(key)
    except ValueError:
        raise NotVisible from None


def _months() -> int:
    usual, _offered = analyses.offered_terms(current_actor())
    return request.args.get("months", usual, type=int)


def _mine(form: Form, *, refused: bool = False) -> ResponseReturnValue:
    actor = current_actor()
    own = analyses.find_own_analysis(actor)
    if own is None:
        return render("analyses/no_analysis.html")
    shown = analyses.show(actor, own)
    rows = activity_rows(shown.figures, current_language())
    context = {"titles": TITLES, "decidable": may_decide(shown.state)}
    draw = render_invalid if refused else render
    return draw("analyses/my_analysis.html", shown=shown, rows=rows, form=form, **context)


def _section(key: SectionKey, form: SectionsForm, *, refused: bool = False) -> ResponseReturnValue:
    own = analyses.get_own_analysis(current_actor())
    draw = render_invalid if refused else render
    return draw("analyses/write_section.html", analysis=own, key=key, form=form.fill(own.sections))


def _refused(form: Form, months: int) -> ResponseReturnValue:
    """What cannot be agreed to now is said where she can go on: beside the decision, else above."""
    shown = analyses.show(current_actor(), analyses.get_own_analysis(current_actor()))
    if may_decide(shown.state):
        return _deciding(form, months, refused=True)
    return _mine(form, refused=True)


def _deciding(form: Form, months: int, *, refused: bool = False) -> ResponseReturnValue:
    actor = current_actor()
    shown = analyses.show(actor, analyses.get_own_analysis(actor))
    laid = lay(analyses.decision_sheet(actor, shown.analysis, months), current_language())
    _usual, offered = analyses.offered_terms(actor)
    context = {"shown": shown, "form": form, "months": months, "offered": offered, "laid": laid}
    draw = render_invalid if refused else render
    return draw("analyses/decide.html", **context)
