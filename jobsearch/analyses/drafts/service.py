"""Keep what is typed, offer it again, forget it when it is saved or thrown away."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from jobsearch.analyses.drafts import queries
from jobsearch.analyses.drafts.models import SectionDraft
from jobsearch.analyses.drafts.rules import KEPT_FOR, MOST_DRAFTS, Typed, check_typed
from jobsearch.analyses.models import AnalysisSection
from jobsearch.analyses.rules import writing_act
from jobsearch.analyses.sheet import Draft
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.tokens import new_key


def keep_draft(actor: Actor, analysis_id: str, typed: Typed) -> datetime | None:
    """Keep what stands in a section of an opened page; returns when, None if nothing is unsaved.

    Raises NotVisible, and RuleBroken for who may not write the section or types too much.
    """
    check_typed(typed)
    writing_act(actor.role, typed.key)
    section = queries.get_section(actor, analysis_id, typed.key)
    own = list(db.session.scalars(queries.own_in(actor, section.id).with_for_update()))
    row = next((one for one in own if one.page == typed.page), None)
    if not typed.is_touched or typed.text == section.text:
        if row is not None:
            db.session.delete(row)
        return None
    if row is None:
        for oldest in own[MOST_DRAFTS - 1 :]:
            db.session.delete(oldest)
        row = SectionDraft(
            section_id=section.id,
            person_id=section.person_id,
            writer_id=actor.account_id,
            page=typed.page,
            version=typed.version,
            opened=typed.opened,
        )
        db.session.add(row)
    row.text, row.typed_at = typed.text, now()
    return row.typed_at


def throw_away(actor: Actor, draft_id: str) -> None:
    """Forget a draft of the actor's own; one that is gone already is gone."""
    own = SectionDraft.writer_id == actor.account_id
    row = db.session.scalar(select(SectionDraft).where(SectionDraft.id == draft_id, own))
    if row is not None:
        db.session.delete(row)


def settle(actor: Actor, section: AnalysisSection, draft: Draft, *, is_saved: bool) -> None:
    """After a section was sent: forget what is saved now, keep what met another's text."""
    own = list(db.session.scalars(queries.own_in(actor, section.id)))
    if is_saved:
        for row in own:
            if row.page == draft.page or row.text == draft.text:
                db.session.delete(row)
        return
    same = [row for row in own if draft.page and row.page == draft.page]
    for row in same:  # its version stays the first: saving it asks again
        row.text, row.typed_at = draft.text, now()
    if not same:
        page = draft.page or new_key()
        typed = Typed(draft.key, draft.text, draft.version, draft.opened, page)
        keep_draft(actor, section.analysis_id, typed)


def let_go(actor: Actor, analysis_id: str, pages: Collection[str]) -> None:
    """Forget what was kept of opened pages whose text its writer gave up."""
    if not pages:
        return
    statement = (
        select(SectionDraft)
        .join(AnalysisSection, AnalysisSection.id == SectionDraft.section_id)
        .where(
            AnalysisSection.analysis_id == analysis_id,
            SectionDraft.writer_id == actor.account_id,
            SectionDraft.page.in_(pages),
        )
    )
    for row in db.session.scalars(statement):
        db.session.delete(row)


def forget_old(at: datetime) -> int:
    """Forget drafts on which nothing was typed for 30 days; returns how many."""
    old = delete(SectionDraft).where(SectionDraft.typed_at < at - KEPT_FOR)
    done = db.session.execute(old)
    return int(getattr(done, "rowcount", 0))
