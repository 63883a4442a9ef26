"""What is asked of drafts: everybody sees her own alone."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from jobsearch.analyses.drafts.models import SectionDraft
from jobsearch.analyses.drafts.rules import KEPT_FOR, KeptDraft
from jobsearch.analyses.models import AnalysisSection
from jobsearch.analyses.rules import SectionKey
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible


def get_section(actor: Actor, analysis_id: str, key: SectionKey) -> AnalysisSection:
    """One section with its last writer. Raises NotVisible."""
    seen = visible_participants(actor, today(actor.zone))
    statement = (
        select(AnalysisSection)
        .options(joinedload(AnalysisSection.written_by))
        .where(
            AnalysisSection.analysis_id == analysis_id,
            AnalysisSection.key == key,
            AnalysisSection.person_id.in_(seen),
        )
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def list_drafts(actor: Actor, analysis_id: str) -> list[KeptDraft]:
    """What the actor has typed into an analysis and not saved, newest first; 30 days are kept."""
    statement = (
        select(SectionDraft, AnalysisSection.key, AnalysisSection.text)
        .join(AnalysisSection, AnalysisSection.id == SectionDraft.section_id)
        .where(
            AnalysisSection.analysis_id == analysis_id,
            SectionDraft.writer_id == actor.account_id,
            SectionDraft.typed_at >= now() - KEPT_FOR,
        )
        .order_by(SectionDraft.typed_at.desc(), SectionDraft.id)
    )
    return [
        KeptDraft(row.id, key, row.text, row.version, row.opened, row.page, row.typed_at)
        for row, key, saved in db.session.execute(statement)
        if row.text != saved
    ]


def own_in(actor: Actor, section_id: str) -> Select[SectionDraft]:
    """The statement of the actor's drafts in a section, newest first."""
    return (
        select(SectionDraft)
        .where(SectionDraft.section_id == section_id, SectionDraft.writer_id == actor.account_id)
        .order_by(SectionDraft.typed_at.desc(), SectionDraft.id)
    )
