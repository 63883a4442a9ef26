"""Use cases of the client analysis: write it together, show it, decide, send, take back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from jobsearch.analyses import queries
from jobsearch.analyses.checks.queries import around_person
from jobsearch.analyses.checks.rules import look_through
from jobsearch.analyses.drafts.service import let_go, settle
from jobsearch.analyses.figures import figures_of
from jobsearch.analyses.mail import SHOWN, tell_participant
from jobsearch.analyses.models import Analysis, AnalysisSection
from jobsearch.analyses.prefill.queries import records_of
from jobsearch.analyses.prefill.records import Records
from jobsearch.analyses.rules import (
    Act,
    SectionKey,
    check_showable,
    check_text,
    edition_after,
    next_state,
    standing,
    writing_act,
)
from jobsearch.analyses.sheet import Clash, Draft, Saved
from jobsearch.cohorts.models import EnrolmentState
from jobsearch.consents.service import link_coach
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key


def start_analysis(
    actor: Actor, enrolment_id: str, prefilled: dict[SectionKey, str] | None = None
) -> Analysis:
    """Begin a participant's analysis, or find the one that was begun.

    `prefilled` are first words made of the records; every one can be edited and removed. The paper
    has the person's own language until somebody chooses another. Raises NotVisible, and RuleBroken
    for someone who has not started.
    """
    enrolment = queries.get_enrolment(actor, enrolment_id)
    known = queries.find_analysis_of(enrolment.id)
    if known is not None and known.erased_at is None:
        return known
    if known is not None:
        raise RuleBroken(N_("The analysis of these weeks has been erased."))
    if enrolment.state is not EnrolmentState.STARTED:
        raise RuleBroken(N_("An analysis is written for someone who has started."))
    at = now()
    analysis = Analysis(
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        language=enrolment.person.language,
        number=f"AN-{today(actor.zone).year}-{new_key()[:5].upper()}",
        written_by_id=actor.account_id,
        started_at=at,
        changed_at=at,
    )
    analysis.sections = _first_sections(enrolment.person_id, prefilled or {}, at)
    db.session.add(analysis)
    db.session.flush()
    return analysis


def _first_sections(
    person_id: str, words: dict[SectionKey, str], at: datetime
) -> list[AnalysisSection]:
    return [
        AnalysisSection(
            person_id=person_id,
            position=n,
            key=key,
            text=words.get(key, ""),
            filled_at=at if words.get(key) else None,
        )
        for n, key in enumerate(SectionKey, 1)
    ]


def records_to_start(actor: Actor, enrolment_id: str) -> tuple[str, Records]:
    """The language and the records that an analysis begins with. Raises NotVisible."""
    enrolment = queries.get_enrolment(actor, enrolment_id)
    return enrolment.person.language, records_of(enrolment.person, enrolment)


def write_sections(
    actor: Actor, analysis_id: str, drafts: list[Draft], given_up: Sequence[str] = ()
) -> Saved:
    """Keep every section that was changed; one that another wrote meanwhile is given back.

    What is given back stays kept as its writer's draft, so that no text is lost; what was kept of
    pages that are `given_up`, and of what is saved now, is forgotten. Raises RuleBroken, and keeps
    nothing, for a text that is too long or holds an identity code, and for who may not write it.
    """
    analysis = queries.lock_analysis(actor, analysis_id)
    sections = {section.key: section for section in analysis.sections}
    touched = [_joined(draft, sections[draft.key]) for draft in drafts if draft.is_touched]
    for draft in touched:
        writing_act(actor.role, draft.key)
        check_text(draft.key, draft.text)
    kept, clashes = 0, []
    for draft in touched:
        section = sections[draft.key]
        if section.text != draft.text and section.version != draft.version:
            clashes.append(_clash(draft, section))
            settle(actor, section, draft, is_saved=False)
            continue
        if section.text != draft.text:
            _write(actor, analysis, section, draft.text)
            kept += 1
        settle(actor, section, draft, is_saved=True)
    let_go(actor, analysis.id, given_up)
    db.session.flush()
    texts = [(draft.key, draft.text) for draft in touched]
    around = around_person(analysis.person, analysis.enrolment.cohort_id)
    return Saved(kept, tuple(clashes), tuple(look_through(texts, around)))


def _joined(draft: Draft, section: AnalysisSection) -> Draft:
    """Her text after the one that stands there, where she chose both."""
    if not draft.joins or section.version != draft.version or not section.text:
        return draft
    return replace(draft, text=f"{section.text}\n\n{draft.text}", joins=False)


def _clash(draft: Draft, section: AnalysisSection) -> Clash:
    name = section.written_by.name if section.written_by else ""
    return Clash(draft.key, draft.text, section.text, name, section.version, draft.page)


def _write(actor: Actor, analysis: Analysis, section: AnalysisSection, text: str) -> None:
    act = writing_act(actor.role, section.key)
    section.text = text
    section.filled_at = None
    section.written_by_id = actor.account_id
    section.written_at = analysis.changed_at = now()
    move_on(analysis, act)


def move_on(analysis: Analysis, act: Act, *, is_live: bool = True, is_issued: bool = False) -> None:
    """Take the analysis to its next state and edition."""
    state = standing(analysis.state, is_live)
    following = next_state(state, act)
    analysis.edition = edition_after(analysis.edition, state, act, is_issued=is_issued)
    analysis.state = following


def show_to_participant(actor: Actor, analysis_id: str) -> None:
    """Lay the text before her as a new edition, with the figures of this moment.

    Raises RuleBroken when nothing has changed since the last showing or nothing is written.
    """
    analysis = queries.lock_analysis(actor, analysis_id)
    check_showable({section.key: section.text for section in analysis.sections})
    figures = figures_of(analysis.enrolment)
    move_on(analysis, Act.SHOW)
    analysis.figures = figures.dump()
    analysis.shown_at = now()
    tell_participant(SHOWN, analysis, analysis.person)
    db.session.flush()


def name_municipal_coach(actor: Actor, analysis_id: str, email: str) -> None:
    """Staff say who is her municipal coach; the permission is still hers to give, or not."""
    analysis = queries.get_analysis(actor, analysis_id)
    link_coach(actor, analysis.person_id, email)


def leave_out_section(actor: Actor, key: SectionKey) -> None:
    """The participant leaves a section out of the paper. Raises RuleBroken once it is sent."""
    _choose(actor, key, is_out=True)


def take_back_section(actor: Actor, key: SectionKey) -> None:
    """The participant takes a section into the paper again. Raises RuleBroken once it is sent."""
    _choose(actor, key, is_out=False)


def _choose(actor: Actor, key: SectionKey, *, is_out: bool) -> None:
    analysis = queries.lock_analysis(actor, queries.get_own_analysis(actor).id)
    section = next(section for section in analysis.sections if section.key is key)
    changes = (section.left_out_at is not None) != is_out
    is_issued = changes and queries.is_issued(analysis)
    is_live = has_live_release(actor, analysis)
    move_on(analysis, Act.CHOOSE, is_live=is_live, is_issued=is_issued)
    if changes:
        section.left_out_at = now() if is_out else None
    db.session.flush()


def has_live_release(actor: Actor, analysis: Analysis) -> bool:
    """Whether something of the analysis is open to a recipient today."""
    return queries.find_live_release(analysis.id, today(actor.zone)) is not None
