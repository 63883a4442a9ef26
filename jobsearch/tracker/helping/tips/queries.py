"""What is asked of tips: the list of a group, one that is held, and who follows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.tracker.helping.models import Tip, TipClaim
from jobsearch.tracker.helping.queries import is_of_own_group, staff_name

MOST_TIPS = 50


@dataclass(frozen=True, slots=True)
class TipLine:
    """A tip, who shared it, and who follows it now; without a person it is from staff."""

    id: str
    company: str
    role_title: str
    words: str
    shared_at: datetime
    person_id: str | None
    shared_by_id: str
    staff_name: str | None
    claimer_id: str | None
    thanked_at: datetime | None


def list_tips(cohort_id: str) -> list[TipLine]:
    """The newest tips of a group that are not taken back."""
    statement = (
        select(
            Tip.id,
            Tip.company,
            Tip.role_title,
            Tip.words,
            Tip.shared_at,
            Tip.person_id,
            Tip.shared_by_id,
            staff_name(Tip, Tip.shared_by_id),
            TipClaim.person_id,
            TipClaim.thanked_at,
        )
        .outerjoin(TipClaim, and_(TipClaim.tip_id == Tip.id, TipClaim.released_at.is_(None)))
        .where(Tip.cohort_id == cohort_id, Tip.taken_back_at.is_(None))
        .order_by(Tip.shared_at.desc(), Tip.id)
        .limit(MOST_TIPS)
    )
    return [TipLine(*row) for row in db.session.execute(statement)]


def hold_tip(actor: Actor, tip_id: str) -> Tip:
    """A tip that is not taken back, held until the end of the unit of work. Raises NotVisible."""
    tip = db.session.scalar(
        select(Tip)
        .where(Tip.id == tip_id, Tip.taken_back_at.is_(None), is_of_own_group(actor, Tip))
        .with_for_update()
    )
    if tip is None:
        raise NotVisible
    return tip


def find_claim(tip_id: str) -> TipClaim | None:
    """Who follows a tip now."""
    return db.session.scalar(
        select(TipClaim).where(TipClaim.tip_id == tip_id, TipClaim.released_at.is_(None))
    )


def find_earlier_lead(tip_id: str, person_id: str) -> str | None:
    """The lead that this tip became when the person followed it before."""
    statement = (
        select(TipClaim.lead_id)
        .where(TipClaim.tip_id == tip_id, TipClaim.person_id == person_id)
        .order_by(TipClaim.claimed_at.desc(), TipClaim.id)
        .limit(1)
    )
    return db.session.scalar(statement)
