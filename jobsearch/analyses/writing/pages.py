"""What the pages of both writers have in common: saving, two texts that meet, drafts, news."""

from datetime import datetime
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.analyses import queries, service
from jobsearch.analyses.checks.queries import warnings_of_analysis
from jobsearch.analyses.checks.rules import DOUBTS
from jobsearch.analyses.drafts.queries import list_drafts
from jobsearch.analyses.drafts.rules import KeptDraft, Typed
from jobsearch.analyses.drafts.service import keep_draft, throw_away
from jobsearch.analyses.forms import SectionsForm, TakeBackForm, TypedForm
from jobsearch.analyses.history.queries import get_earlier, get_story
from jobsearch.analyses.models import Analysis
from jobsearch.analyses.prefill.service import refill_section
from jobsearch.analyses.prefill.words import first_words
from jobsearch.analyses.rules import FROM_RECORDS, LONG_LETTERS, TITLES, WRITTEN_NAMES, SectionKey
from jobsearch.analyses.sheet import Draft, Saved
from jobsearch.analyses.writing.queries import list_news
from jobsearch.core.access import Actor
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.web.filters import current_language
from jobsearch.web.formats import time_text
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor
from jobsearch.web.pages import flash, is_partial, only_if_changed, reads, render, see_other
from jobsearch.web.unit import keep_refusal
from jobsearch.web.waiting import check_sender


def key_of(key: str) -> SectionKey:
    """The section that an address names. Raises NotVisible for another word."""
    try:
        return SectionKey(key)
    except ValueError:
        raise NotVisible from None


def save_all(actor: Actor, analysis_id: str, form: SectionsForm) -> Saved:
    """Keep what was changed, then do what the button beside it says.

    Raises RuleBroken as saving and filling do: then neither is done.
    """
    saved = service.write_sections(actor, analysis_id, form.drafts(), form.given_up())
    if form.drop.data:
        throw_away(actor, form.drop.data.partition(".")[2])
    if form.refill.data and not saved.clashes:
        refill_section(actor, analysis_id, key_of(form.refill.data), first_words)
    return saved


def after_saving(form: Any, to: str, **values: Any) -> ResponseReturnValue:
    """Go on after saving, or lay two texts side by side where another wrote meanwhile (409)."""
    result: Saved = form.result
    _say_warnings(result)
    back = url_for(to, **values)
    if not result.clashes:
        return see_other(to, **values, **_say_saved(form, result))
    keep_refusal()  # the sections that nobody else touched are kept
    meeting = SectionsForm(formdata=None).meet(result.clashes)
    shown = {"form": meeting, "clashes": result.clashes, "action": request.path, "back": back}
    return render("analyses/conflict.html", **shown), 409


def _say_saved(form: Any, result: Saved) -> dict[str, Any]:
    """Say what was done; returns what the next page's address needs to go on with a draft."""
    on = getattr(form, "on", None)
    if on is not None and on.data:
        return {"on": on.data}
    if on is not None and form.drop.data:
        flash(_("Your unsaved text was thrown away."))
    elif on is not None and form.refill.data:
        flash(_("Filled from the records. Change it as you like."))
    else:
        flash(_("Saved.") if result.kept else _("Nothing had changed."))
    return {}


def _say_warnings(result: Saved) -> None:
    words = [word for one in result.warnings for found in one.findings for word in found.words]
    if words:
        flash(
            ngettext(
                "Look at this word again: %(words)s. Perhaps it does not belong on the paper.",
                "Look at these words again: %(words)s. Perhaps they do not belong on the paper.",
                len(words),
                words=", ".join(words[:8]),
            ),
            "warn",
        )


def laid(actor: Actor, analysis: Analysis, form: SectionsForm) -> dict[str, Any]:
    """The sections in a form with the drafts that are offered; what the page's template needs."""
    drafts = list_drafts(actor, analysis.id)
    chosen = [one.partition(".")[2] for one in request.args.getlist("on")]
    gone_on = [draft for draft in drafts if draft.id in chosen]
    filled = form.fill(analysis.sections, gone_on)
    offered: dict[SectionKey, list[KeptDraft]] = {}
    for draft in drafts:
        if draft.page not in filled.pages():
            offered.setdefault(draft.key, []).append(draft)
    return {
        "sections_form": filled,
        "offered": offered,
        "gone_on": gone_on,
        "written_names": WRITTEN_NAMES,
        "refillable": FROM_RECORDS,
        "long": LONG_LETTERS,
        "warnings": warnings_of_analysis(analysis),
        "titles": TITLES,
        "doubts": DOUBTS,
    }


def keep_typed(analysis_id: str) -> ResponseReturnValue:
    """Keep what a page sends while somebody types; says when, or that nothing is unsaved."""
    actor, form = current_actor(), TypedForm()
    check_sender(actor)
    typed = Typed(
        key=key_of(form.key.data or ""),
        text=form.text.data or "",
        version=int(form.version.data or 0),
        opened=form.opened.data or "",
        page=form.page.data or "",
    )
    if not form.attempt(keep_draft, actor, analysis_id, typed):
        return {"said": _("This text could not be kept. Save it.")}, 422
    if form.result is None:
        return {"said": ""}
    at = time_text(form.result, current_language(), zone=actor.zone)
    return {"said": _("Saved as a draft %(time)s", time=at)}


def news_part(analysis_id: str, page: str) -> ResponseReturnValue:
    """What another saved since the page was opened (`since`); unchanged it is a 304."""
    if not is_partial():
        queries.get_analysis(current_actor(), analysis_id)
        return redirect(page, 303)
    try:
        since = datetime.fromisoformat(request.args.get("since", ""))
    except ValueError:
        raise NotVisible from None
    if since.tzinfo is None:
        raise NotVisible
    news = list_news(current_actor(), analysis_id, since)
    tag = "news" + "".join(f"-{one.key}.{one.at:%H%M%S%f}" for one in news)
    unchanged = only_if_changed(tag)
    if unchanged is not None:
        return unchanged
    part = render("analyses/_news.html", news=news, titles=TITLES, page=page)
    return part, {"ETag": f'"{tag}"'}


def story_page(analysis_id: str, key: SectionKey, form: Form, back: str) -> str:
    """The earlier texts of a section, each with its writer and time."""
    story = get_story(current_actor(), analysis_id, key)
    reads(story.section.person_id, Look.ANALYSIS)
    context = {"story": story, "key": key, "title": TITLES[key], "back": back}
    return render("analyses/earlier_texts.html", form=form, action=request.path, **context)


def take_back(actor: Actor, analysis_id: str, key: SectionKey, form: TakeBackForm) -> Saved:
    """Write an earlier text again, as any text is written. Raises NotVisible and RuleBroken."""
    text = get_earlier(actor, analysis_id, key, int(form.number.data or 0))
    draft = Draft(key, text, version=int(form.version.data or 0), opened="")
    return service.write_sections(actor, analysis_id, [draft])
