"""The participant's page of one section; drafts, news and earlier texts for both writers."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.analyses import queries
from jobsearch.analyses.forms import LanguageForm, SectionsForm, TakeBackForm
from jobsearch.analyses.prefill.service import choose_language
from jobsearch.analyses.prefill.words import first_words
from jobsearch.analyses.rules import SectionKey
from jobsearch.analyses.views import blueprint
from jobsearch.analyses.writing import pages
from jobsearch.core.access import Permission
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

__all__ = ["blueprint"]


@blueprint.get("/my-analysis/write/<key>")
@needs(Permission.ANALYSES_DECIDE)
def write_section(key: str) -> ResponseReturnValue:
    """One section to write."""
    return _section(pages.key_of(key), SectionsForm(formdata=None))


@blueprint.post("/my-analysis/write/<key>")
@needs(Permission.ANALYSES_DECIDE)
def save_section(key: str) -> ResponseReturnValue:
    """Keep her text of a section."""
    actor, form, own = current_actor(), SectionsForm(), _own()
    if not form.attempt(pages.save_all, actor, own, form):
        return _section(pages.key_of(key), form, refused=True)
    if form.on.data or form.drop.data or form.refill.data:
        return pages.after_saving(form, "analyses.write_section", key=key)
    return pages.after_saving(form, "analyses.my_analysis", _anchor=key)


@blueprint.post("/my-analysis/drafts")
@needs(Permission.ANALYSES_DECIDE)
def keep_own_draft() -> ResponseReturnValue:
    """Keep what the participant types, before she saves it."""
    return pages.keep_typed(_own())


@blueprint.post("/analyses/<key:analysis_id>/drafts")
@needs(Permission.ANALYSES_WRITE)
def keep_coachs_draft(analysis_id: str) -> ResponseReturnValue:
    """Keep what a coach types, before she saves it."""
    return pages.keep_typed(analysis_id)


@blueprint.get("/my-analysis/write/<key>/news")
@needs(Permission.ANALYSES_DECIDE)
def news_for_participant(key: str) -> ResponseReturnValue:
    """What her coach has saved since she opened the section."""
    return pages.news_part(_own(), url_for("analyses.write_section", key=pages.key_of(key)))


@blueprint.get("/analyses/<key:analysis_id>/news")
@needs(Permission.ANALYSES_WRITE)
def news_for_coach(analysis_id: str) -> ResponseReturnValue:
    """What another has saved since a coach opened the analysis."""
    page = url_for("analyses.write_analysis", analysis_id=analysis_id)
    return pages.news_part(analysis_id, page)


@blueprint.get("/my-analysis/write/<key>/earlier")
@needs(Permission.ANALYSES_DECIDE)
def own_earlier_texts(key: str) -> ResponseReturnValue:
    """Every text that stood in a section of hers."""
    back = url_for("analyses.write_section", key=pages.key_of(key))
    return pages.story_page(_own(), pages.key_of(key), TakeBackForm(formdata=None), back)


@blueprint.post("/my-analysis/write/<key>/earlier")
@needs(Permission.ANALYSES_DECIDE)
def take_own_text(key: str) -> ResponseReturnValue:
    """Take an earlier text of a section back."""
    form, section, own = TakeBackForm(), pages.key_of(key), _own()
    back = url_for("analyses.write_section", key=section)
    if not form.attempt(pages.take_back, current_actor(), own, section, form):
        return pages.story_page(own, section, form, back), 422
    return pages.after_saving(form, "analyses.my_analysis", _anchor=key)


@blueprint.get("/analyses/<key:analysis_id>/sections/<section>/earlier")
@needs(Permission.ANALYSES_WRITE)
def earlier_texts(analysis_id: str, section: str) -> ResponseReturnValue:
    """Every text that stood in a section."""
    back = url_for("analyses.write_analysis", analysis_id=analysis_id)
    form = TakeBackForm(formdata=None)
    return pages.story_page(analysis_id, pages.key_of(section), form, back)


@blueprint.post("/analyses/<key:analysis_id>/sections/<section>/earlier")
@needs(Permission.ANALYSES_WRITE)
def take_text(analysis_id: str, section: str) -> ResponseReturnValue:
    """Take an earlier text back."""
    form, key = TakeBackForm(), pages.key_of(section)
    back = url_for("analyses.write_analysis", analysis_id=analysis_id)
    if not form.attempt(pages.take_back, current_actor(), analysis_id, key, form):
        return pages.story_page(analysis_id, key, form, back), 422
    values = {"analysis_id": analysis_id, "_anchor": f"s-{key}"}
    return pages.after_saving(form, "analyses.write_analysis", **values)


@blueprint.get("/my-analysis/language")
@needs(Permission.ANALYSES_DECIDE)
def own_language() -> ResponseReturnValue:
    """In which language her paper is."""
    now = queries.get_own_analysis(current_actor()).language
    form = LanguageForm(formdata=None, language=now)
    return render("analyses/own_language.html", form=form)


@blueprint.post("/my-analysis/language")
@needs(Permission.ANALYSES_DECIDE)
def choose_own_language() -> ResponseReturnValue:
    """Choose the language of her paper."""
    form = LanguageForm()
    values = (current_actor(), _own(), form.language.data or "", first_words)
    if not form.attempt(choose_language, *values):
        return render_invalid("analyses/own_language.html", form=form)
    flash(_("The paper is in this language now."))
    return see_other("analyses.my_analysis")


@blueprint.post("/analyses/<key:analysis_id>/language")
@needs(Permission.ANALYSES_WRITE)
def choose_paper_language(analysis_id: str) -> ResponseReturnValue:
    """Choose the language of the paper."""
    form = LanguageForm()
    own = queries.get_analysis(current_actor(), analysis_id)
    values = (current_actor(), own.id, form.language.data or "", first_words)
    if form.attempt(choose_language, *values):
        flash(_("The paper is in this language now."))
    else:
        flash(_("Choose one of the languages on the page."), "warn")
    return see_other("analyses.write_analysis", analysis_id=analysis_id)


def _own() -> str:
    return queries.get_own_analysis(current_actor()).id


def _section(key: SectionKey, form: SectionsForm, *, refused: bool = False) -> ResponseReturnValue:
    own = queries.get_own_analysis(current_actor())
    shown = pages.laid(current_actor(), own, form)
    shown["warnings"] = [one for one in shown["warnings"] if one.key is key]
    section = next(one for one in own.sections if one.key is key)
    draw = render_invalid if refused else render
    context = {"analysis": own, "section": section, "key": key, "form": form, **shown}
    return draw("analyses/write_section.html", **context)
