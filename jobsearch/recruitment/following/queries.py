"""What is asked of following: what a candidate allowed, and what a municipal coach may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.board.rules import Where, where_of
from jobsearch.recruitment.following.models import FollowAgreement
from jobsearch.recruitment.following.rules import AgreedHow
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.models import Referral, Referrer
from jobsearch.recruitment.referrals.queries import is_hers

PAGE = 30


def find_agreement(candidate_id: str, referrer_id: str) -> FollowAgreement | None:
    """The agreement that holds between a candidate and a coach who introduced her."""
    statement = select(FollowAgreement).where(
        FollowAgreement.candidate_id == candidate_id,
        FollowAgreement.referrer_id == referrer_id,
        FollowAgreement.withdrawn_at.is_(None),
    )
    return db.session.scalar(statement)


def list_held(account_id: str, person_ids: Collection[str]) -> list[FollowAgreement]:
    """The agreements that hold between these people and a coach who signs in."""
    statement = (
        select(FollowAgreement)
        .join(Referrer, Referrer.id == FollowAgreement.referrer_id)
        .where(
            is_hers(account_id),
            FollowAgreement.person_id.in_(person_ids),
            FollowAgreement.withdrawn_at.is_(None),
        )
        .order_by(FollowAgreement.id)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class CoachLine:
    """One coach who introduced a candidate, and whether the candidate lets her follow."""

    referrer_id: str
    name: str
    first_at: datetime
    how: AgreedHow | None
    given_on: date | None
    recorded_by: str


def list_coaches(candidate_id: str) -> list[CoachLine]:
    """Every coach who introduced the candidate, with the agreement that holds, if one does."""
    told = (
        select(Referral.referrer_id, func.min(Referral.referred_at).label("first_at"))
        .where(Referral.candidate_id == candidate_id)
        .group_by(Referral.referrer_id)
        .subquery()
    )
    holds = and_(
        FollowAgreement.referrer_id == Referrer.id,
        FollowAgreement.candidate_id == candidate_id,
        FollowAgreement.withdrawn_at.is_(None),
    )
    statement = (
        select(
            Referrer.id,
            Referrer.name,
            told.c.first_at,
            FollowAgreement.how,
            FollowAgreement.given_on,
            func.coalesce(Account.name, ""),
        )
        .join(told, told.c.referrer_id == Referrer.id)
        .outerjoin(FollowAgreement, holds)
        .outerjoin(Account, Account.id == FollowAgreement.recorded_by_id)
        .order_by(told.c.first_at, Referrer.id)
    )
    return [CoachLine(*row) for row in db.session.execute(statement)]


def get_referral(referral_id: str) -> Referral:
    """One introduction with its coach and its candidate. Raises NotVisible."""
    statement = (
        select(Referral)
        .options(
            joinedload(Referral.referrer),
            joinedload(Referral.candidate).joinedload(Candidate.programme),
        )
        .where(Referral.id == referral_id)
    )
    referral = db.session.scalar(statement)
    if referral is None:
        raise NotVisible
    return referral


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """What a municipal coach sees of somebody whom she introduced: stage and day, nothing more."""

    name: str
    programme: str
    referred_on: date
    where: Where


@dataclass(frozen=True, slots=True)
class FollowedPage:
    """A page of those who let this coach follow them."""

    lines: list[FollowedLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PAGE))


def show_followed(account_id: str, page: int = 1) -> FollowedPage:
    """The people whom a signed-in coach introduced and who agreed; nobody else at all."""
    mine = (
        select(Candidate, Person, Programme.name)
        .join(FollowAgreement, FollowAgreement.candidate_id == Candidate.id)
        .join(Referrer, Referrer.id == FollowAgreement.referrer_id)
        .join(Person, Person.id == Candidate.person_id)
        .join(Programme, Programme.id == Candidate.programme_id)
        .where(is_hers(account_id), FollowAgreement.withdrawn_at.is_(None))
    )
    count = db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    rows = db.session.execute(
        mine.order_by(Candidate.referred_on.desc(), Candidate.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = [
        FollowedLine(person.full_name, programme, candidate.referred_on, where_of(candidate))
        for candidate, person, programme in rows
    ]
    return FollowedPage(lines, count)
