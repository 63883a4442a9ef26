"""What another has written since a page was opened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jobsearch.accounts.models import Account
from jobsearch.analyses.models import AnalysisSection
from jobsearch.analyses.rules import SectionKey
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible


@dataclass(frozen=True, slots=True)
class News:
    """A section that somebody else has saved: which, who and when; no text of it."""

    key: SectionKey
    name: str
    at: datetime


def list_news(actor: Actor, analysis_id: str, since: datetime) -> list[News]:
    """What others saved since an instant, in the order of the sections. One statement.

    Raises NotVisible.
    """
    seen = visible_participants(actor, today(actor.zone))
    statement = (
        select(AnalysisSection.key, Account.id, Account.name, AnalysisSection.written_at)
        .outerjoin(Account, Account.id == AnalysisSection.written_by_id)
        .where(AnalysisSection.analysis_id == analysis_id, AnalysisSection.person_id.in_(seen))
        .order_by(AnalysisSection.position)
    )
    rows = db.session.execute(statement).all()
    if not rows:
        raise NotVisible
    return [
        News(key, name, at)
        for key, writer_id, name, at in rows
        if at is not None and at > since and writer_id != actor.account_id
    ]
