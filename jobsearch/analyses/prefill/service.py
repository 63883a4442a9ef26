"""Fill an empty section from the records again, and choose the language of the paper."""

from jobsearch.analyses import queries
from jobsearch.analyses.models import Analysis
from jobsearch.analyses.prefill.queries import records_of
from jobsearch.analyses.prefill.records import FirstWords
from jobsearch.analyses.rules import SectionKey, Written, check_refill, writing_act
from jobsearch.analyses.service import move_on
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import LANGUAGES
from jobsearch.core.text import mark as N_


def refill_section(
    actor: Actor, analysis_id: str, key: SectionKey, first_words: FirstWords
) -> None:
    """Lay the words of the records into an empty section.

    Raises RuleBroken where there is text, where the records say nothing, and for who may not write.
    """
    act = writing_act(actor.role, key)
    analysis = queries.lock_analysis(actor, analysis_id)
    section = next(one for one in analysis.sections if one.key is key)
    words = first_words(records_of(analysis.person, analysis.enrolment), analysis.language).get(
        key, ""
    )
    check_refill(key, section.text, words)
    section.text, section.filled_at = words, now()
    section.written_at = section.written_by_id = None
    analysis.changed_at = now()
    move_on(analysis, act)
    db.session.flush()


def choose_language(actor: Actor, analysis_id: str, language: str, first_words: FirstWords) -> None:
    """Choose the language of the paper; what is still as the records filled it follows.

    A paper in another language is another text: what was shown is shown again. Raises RuleBroken
    for a language that the house does not have.
    """
    act = writing_act(actor.role, SectionKey.SITUATION)
    analysis = queries.lock_analysis(actor, analysis_id)
    if language not in LANGUAGES:
        raise RuleBroken(N_("Choose one of the languages on the page."), field="language")
    if analysis.language == language:
        return
    analysis.language = language
    _follow(analysis, first_words)
    analysis.changed_at = now()
    move_on(analysis, act)
    db.session.flush()


def _follow(analysis: Analysis, first_words: FirstWords) -> None:
    filled = [one for one in analysis.sections if one.standing is Written.FROM_RECORDS]
    if not filled:
        return
    words = first_words(records_of(analysis.person, analysis.enrolment), analysis.language)
    for section in filled:
        section.text = words.get(section.key, "")
        section.filled_at = now() if section.text else None
