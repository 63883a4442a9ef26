"""The participant's own analysis; the municipal coach's inbox."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from jobsearch.analyses import queries as analyses
from jobsearch.analyses import service as writing
from jobsearch.analyses.forms import EmptyForm
from jobsearch.analyses.inbox.queries import find_newer, show_inbox
from jobsearch.analyses.inbox.rules import shown_by
from jobsearch.analyses.keeping.queries import list_kept
from jobsearch.analyses.paper import OFFICE, activity_rows
from jobsearch.analyses.questions.queries import own_questions
from jobsearch.analyses.releases import queries
from jobsearch.analyses.releases.rules import Closed, ReleaseClosed
from jobsearch.analyses.rules import TITLES, may_decide
from jobsearch.analyses.writing.pages import key_of
from jobsearch.analyses.writing.views import blueprint
from jobsearch.core.access import Permission
from jobsearch.core.files import get as get_file
from jobsearch.core.looks import Look
from jobsearch.web.filters import current_language
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    page_number,
    reads,
    render,
    render_invalid,
    see_other,
)

__all__ = ["blueprint"]

_PDF = "application/pdf"


@blueprint.get("/my-analysis")
@needs(Permission.ANALYSES_DECIDE)
def my_analysis() -> ResponseReturnValue:
    """Her analysis in plain words: read it, leave sections out, decide, see who has looked."""
    return mine(EmptyForm(formdata=None))


@blueprint.post("/my-analysis/leave-out/<key>")
@needs(Permission.ANALYSES_DECIDE)
def leave_out_section(key: str) -> ResponseReturnValue:
    """Leave a section out of the paper."""
    form = EmptyForm()
    if not form.attempt(writing.leave_out_section, current_actor(), key_of(key)):
        return mine(form, refused=True)
    return _back(key)


@blueprint.post("/my-analysis/take-in/<key>")
@needs(Permission.ANALYSES_DECIDE)
def take_back_section(key: str) -> ResponseReturnValue:
    """Take a section into the paper again."""
    form = EmptyForm()
    if not form.attempt(writing.take_back_section, current_actor(), key_of(key)):
        return mine(form, refused=True)
    return _back(key)


@blueprint.get("/my-analysis/copy.pdf")
@needs(Permission.ANALYSES_DECIDE)
@heavy
def my_copy() -> ResponseReturnValue:
    """Her own copy: what was sent, or the text as it stands, marked as not sent."""
    actor = current_actor()
    shown = analyses.show(actor, analyses.get_own_analysis(actor))
    if shown.release is not None:
        content = get_file(shown.release.file_id or "").content
    else:
        content = OFFICE.render(analyses.sheet_of(actor, shown.analysis)).pdf
    return download(content, f"{shown.analysis.number}.pdf", _PDF)


@blueprint.get("/inbox")
@needs(Permission.ANALYSES_INBOX)
def inbox() -> ResponseReturnValue:
    """What is open to this municipal coach."""
    page = page_number()
    show = shown_by(request.args.get("show", ""))
    shown = show_inbox(current_actor(), show, page)
    return render("analyses/inbox.html", shown=shown, opened=None)


@blueprint.get("/inbox/<key:release_id>")
@needs(Permission.ANALYSES_INBOX)
def read_release(release_id: str) -> ResponseReturnValue:
    """One analysis, as long as its permission lives; the look is noted."""
    actor = current_actor()
    try:
        opened = queries.get_release(actor, release_id)
    except ReleaseClosed as closed:
        return closed_page(closed)
    reads(opened.person_id, Look.RELEASE, opened.release_id)
    return render("analyses/inbox.html", shown=show_inbox(actor), opened=opened)


@blueprint.get("/inbox/<key:release_id>/analysis.pdf")
@needs(Permission.ANALYSES_INBOX)
@heavy
def download_release(release_id: str) -> ResponseReturnValue:
    """The issued bytes, as an attachment; the look is noted."""
    try:
        opened, paper = queries.open_paper(current_actor(), release_id)
    except ReleaseClosed as closed:
        return closed_page(closed)
    reads(opened.person_id, Look.RELEASE_FILE, opened.release_id)
    number = opened.issued.number.partition(" ")[0]
    return download(paper, f"{number}.pdf", _PDF)


def closed_page(closed: ReleaseClosed) -> ResponseReturnValue:
    """Why a release does not open, without a name; the try is noted as a refusal."""
    newer = find_newer(current_actor(), closed.release_id)
    form = EmptyForm(formdata=None)
    page = render("analyses/closed.html", closed=closed, form=form, newer=newer)
    return page, 403 if closed.why is Closed.NO_CODE else 404


def _back(key: str) -> ResponseReturnValue:
    """To the page on which she chose: the paper with its last day, or her analysis."""
    until = request.form.get("until")
    if until:
        return see_other("analyses.decide", until=until[:10], _anchor="sections")
    return see_other("analyses.my_analysis", _anchor=key)


def mine(form: Form, *, refused: bool = False) -> ResponseReturnValue:
    """The page of her own analysis, with what could not be done now on top."""
    actor = current_actor()
    own = analyses.find_own_analysis(actor)
    if own is None:
        kept = list_kept(actor)
        return render("analyses/no_analysis.html", asked=own_questions(actor), kept=kept)
    shown = analyses.show(actor, own)
    rows = activity_rows(shown.figures, current_language())
    context: dict[str, Any] = {"titles": TITLES, "decidable": may_decide(shown.state)}
    context |= {"asked": own_questions(actor), "kept": list_kept(actor)}
    draw = render_invalid if refused else render
    return draw("analyses/my_analysis.html", shown=shown, rows=rows, form=form, **context)
