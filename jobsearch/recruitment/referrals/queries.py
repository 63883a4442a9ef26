"""What is asked of introductions: the coaches, their links, and what each of them told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import LinkState
from jobsearch.core.clock import now
from jobsearch.core.db import connection, db
from jobsearch.core.errors import NotVisible
from jobsearch.links.models import PersonalLink
from jobsearch.links.rules import state_of
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.referrals.models import Referral, Referrer
from jobsearch.recruitment.referrals.rules import OPEN_AFTER_LAST_GROUP, PURPOSE

PAGE = 30


def is_hers(account_id: str) -> ColumnElement[bool]:
    """The open coaches' rows of whoever signs in: joined to her account, or else by its address.

    An account that is made after the link is joined to nothing, and yet the coach is the same.
    """
    address = select(Account.email).where(Account.id == account_id).scalar_subquery()
    by_address = and_(Referrer.account_id.is_(None), Referrer.email == address)
    return and_(or_(Referrer.account_id == account_id, by_address), Referrer.closed_at.is_(None))


def providers_open_to_referrer(account_id: str) -> frozenset[str]:
    """The providers to whom this municipal coach introduces people: part of her tenant scope.

    Asked before the session has a scope; what she may see of them is narrowed again to her own.
    """
    statement = select(Referrer.organisation_id).where(is_hers(account_id))
    return frozenset(str(row[0]) for row in connection().execute(statement))


def get_referrer(referrer_id: str) -> Referrer:
    """A municipal coach who introduces candidates. Raises NotVisible."""
    referrer = db.session.scalar(select(Referrer).where(Referrer.id == referrer_id))
    if referrer is None:
        raise NotVisible
    return referrer


def find_referrer_by_email(email: str) -> Referrer | None:
    """The coach of an address, closed or not."""
    return db.session.scalar(select(Referrer).where(Referrer.email == email))


def list_own_referrers(account_id: str) -> list[Referrer]:
    """A signed-in coach as each of her providers knows her."""
    statement = select(Referrer).where(is_hers(account_id)).order_by(Referrer.made_at, Referrer.id)
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class ReferrerLine:
    """A municipal coach on the staff's page: her newest link and how many she has introduced."""

    referrer: Referrer
    link_state: LinkState | None
    expires_at: datetime | None
    introduced: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReferrersPage:
    """A page of municipal coaches."""

    lines: list[ReferrerLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PAGE))


def show_referrers(page: int = 1) -> ReferrersPage:
    """The municipal coaches by name, open ones first, with their links and introductions."""
    told = (
        select(
            Referral.referrer_id,
            func.count().label("introduced"),
            func.max(Referral.referred_at).label("last_at"),
        )
        .group_by(Referral.referrer_id)
        .subquery()
    )
    statement = (
        select(Referrer, told.c.introduced, told.c.last_at)
        .outerjoin(told, told.c.referrer_id == Referrer.id)
        .order_by(Referrer.closed_at.is_not(None), Referrer.name, Referrer.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = db.session.execute(statement).all()
    links = _newest_links([row[0].id for row in rows])
    lines = [_line(referrer, links, count, last) for referrer, count, last in rows]
    return ReferrersPage(lines, db.session.scalar(select(func.count(Referrer.id))) or 0)


def _newest_links(referrer_ids: list[str]) -> dict[str, PersonalLink]:
    statement = (
        select(PersonalLink)
        .where(PersonalLink.subject_id.in_(referrer_ids), PersonalLink.purpose == PURPOSE)
        .order_by(PersonalLink.revoked_at.is_(None), PersonalLink.issued_at, PersonalLink.id)
    )
    return {link.subject_id: link for link in db.session.scalars(statement)}


def _line(
    referrer: Referrer,
    links: dict[str, PersonalLink],
    introduced: int | None,
    last_at: datetime | None,
) -> ReferrerLine:
    link = links.get(referrer.id)
    state = None
    if link is not None:
        state = state_of(
            expires_at=link.expires_at,
            revoked_at=link.revoked_at,
            spent_at=link.spent_at,
            now=now(),
        )
    expires_at = link.expires_at if link else None
    return ReferrerLine(referrer, state, expires_at, introduced or 0, last_at)


def count_since(referrer_id: str, since: datetime) -> int:
    """How many people a coach has introduced since an instant."""
    statement = select(func.count(Referral.id)).where(
        Referral.referrer_id == referrer_id, Referral.referred_at >= since
    )
    return db.session.scalar(statement) or 0


def list_referrals(candidate_id: str) -> list[Referral]:
    """Every introduction of a candidate, newest first, with the coach who made it."""
    statement = (
        select(Referral)
        .options(joinedload(Referral.referrer))
        .where(Referral.candidate_id == candidate_id)
        .order_by(Referral.referred_at.desc(), Referral.id)
        .limit(20)
    )
    return list(db.session.scalars(statement))


def find_receipt(referral_id: str, referrer_ids: list[str], since: datetime) -> Referral | None:
    """A coach's own introduction while its receipt is shown; None for anyone else's or later."""
    statement = select(Referral).where(
        Referral.id == referral_id,
        Referral.referrer_id.in_(referrer_ids),
        Referral.referred_at >= since,
    )
    return db.session.scalar(statement)


def list_open_programmes(organisation_ids: Collection[str], today: date) -> list[Programme]:
    """The programmes to which somebody can be introduced, the newest first.

    One is over when its last group ended more than three months ago.
    """
    last_day = func.coalesce(func.max(Cohort.ends_on), date.max)  # no group yet: just made
    statement = (
        select(Programme)
        .outerjoin(Cohort, Cohort.programme_id == Programme.id)
        .where(Programme.organisation_id.in_(organisation_ids))
        .group_by(Programme.id)
        .having(last_day >= today - OPEN_AFTER_LAST_GROUP)
        .order_by(last_day.desc(), Programme.name, Programme.id)
        .limit(20)
    )
    return list(db.session.scalars(statement))
