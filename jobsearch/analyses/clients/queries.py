"""What is asked of clients: only whoever lets this coach follow, or has let an analysis go to her.

Each line holds what its person shares and nothing else; who takes it back is gone from the list.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from jobsearch.accounts.models import Account, Membership
from jobsearch.analyses.inbox.queries import first_opened
from jobsearch.analyses.inbox.rules import ends_soon
from jobsearch.analyses.models import Release
from jobsearch.analyses.questions.queries import list_asked
from jobsearch.analyses.questions.rules import Asked, QuestionKind, Shared, kinds_for
from jobsearch.analyses.releases.queries import open_to
from jobsearch.analyses.sheet import Issued
from jobsearch.consents.links.queries import list_coached
from jobsearch.consents.models import Consent
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.board.rules import Where, where_of
from jobsearch.recruitment.following.models import FollowAgreement
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.referrals.models import Referrer
from jobsearch.recruitment.referrals.queries import is_hers
from jobsearch.recruitment.rules import Stage

PAGE = 25


@dataclass(frozen=True, slots=True)
class Followed:
    """How far somebody is who lets this coach follow: programme, stage and day."""

    programme: str
    where: Where


@dataclass(frozen=True, slots=True)
class Opened:
    """The newest analysis of somebody that is open to this coach."""

    release_id: str
    released_at: datetime
    valid_to: date
    days_left: int
    is_new: bool
    ends_soon: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class Client:
    """One person as her municipal coach may know her now."""

    person_id: str
    name: str
    followed: Followed | None
    opened: Opened | None
    asked: list[Asked]
    is_coached: bool

    @property
    def kinds(self) -> tuple[QuestionKind, ...]:
        """What this person can be asked for."""
        where = self.followed.where if self.followed else None
        started = where is not None and where.stage is Stage.STARTED and not where.has_left
        left_out = self.opened is not None and self.opened.left_out > 0
        return kinds_for(Shared(self.opened is not None, left_out, started))


@dataclass(frozen=True, slots=True)
class Clients:
    """A page of clients by name."""

    lines: list[Client]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PAGE))


def list_clients(actor: Actor, page: int = 1) -> Clients:
    """Everyone who shares something with this coach today; five statements however many."""
    statement = (
        select(Person, func.count().over())
        .where(_shares(actor))
        .order_by(Person.family_name, Person.given_name, Person.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = db.session.execute(statement).all()
    return Clients(_clients(actor, [row[0] for row in rows]), rows[0][1] if rows else 0)


def get_client(actor: Actor, person_id: str) -> Client:
    """One person who shares something with this coach today. Raises NotVisible."""
    person = db.session.scalar(select(Person).where(Person.id == person_id, _shares(actor)))
    if person is None:
        raise NotVisible
    return _clients(actor, [person])[0]


def _shares(actor: Actor) -> ColumnElement[bool]:
    followed = _follows(actor.account_id).with_only_columns(FollowAgreement.person_id)
    released = open_to(actor, today(actor.zone), Release.person_id)
    return or_(Person.id.in_(followed), Person.id.in_(released))


def _follows(account_id: str) -> Select[FollowAgreement]:
    return (
        select(FollowAgreement)
        .join(Referrer, Referrer.id == FollowAgreement.referrer_id)
        .where(is_hers(account_id), FollowAgreement.withdrawn_at.is_(None))
    )


def _clients(actor: Actor, people: list[Person]) -> list[Client]:
    day, ids = today(actor.zone), [person.id for person in people]
    followed, opened = _followed(actor, ids), _opened(actor, ids, day)
    asked = list_asked(actor.account_id, ids, day)
    coached = list_coached(actor.account_id, ids, day)
    return [
        Client(
            one.id,
            one.full_name,
            followed.get(one.id),
            opened.get(one.id),
            asked.get(one.id, []),
            one.id in coached,
        )
        for one in people
    ]


def _followed(actor: Actor, person_ids: Collection[str]) -> dict[str, Followed]:
    statement = (
        _follows(actor.account_id)
        .with_only_columns(Candidate, Programme.name)
        .join(Candidate, Candidate.id == FollowAgreement.candidate_id)
        .join(Programme, Programme.id == Candidate.programme_id)
        .where(FollowAgreement.person_id.in_(person_ids))
        .order_by(Candidate.referred_on, Candidate.id)
    )
    rows = db.session.execute(statement)
    return {one.person_id: Followed(name, where_of(one)) for one, name in rows}


def _opened(actor: Actor, person_ids: Collection[str], day: date) -> dict[str, Opened]:
    """The newest open analysis of each of them."""
    statement = (
        open_to(actor, day, Release, Consent.valid_to, first_opened(actor.account_id))
        .where(Release.person_id.in_(person_ids))
        .order_by(Release.released_at, Release.id)
    )
    return {
        release.person_id: Opened(
            release_id=release.id,
            released_at=release.released_at,
            valid_to=valid_to,
            days_left=(valid_to - day).days,
            is_new=opened_at is None,
            ends_soon=ends_soon(valid_to, day),
            left_out=Issued.load(release.content).left_out,
        )
        for release, valid_to, opened_at in db.session.execute(statement)
    }


def list_colleagues(municipality_id: str, but: str = "") -> list[tuple[str, str]]:
    """Account and name of each municipal coach of a town, by name, without one of them."""
    statement = (
        select(Account.id, Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == municipality_id,
            Membership.role == Role.MUNICIPAL_COACH,
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
            Account.id != but,
        )
        .order_by(Account.name, Account.id)
        .limit(500)
    )
    return [(account_id, name) for account_id, name in db.session.execute(statement)]


def list_people(person_ids: Collection[str]) -> list[Person]:
    """These people, to write to them."""
    statement = select(Person).where(Person.id.in_(person_ids)).order_by(Person.id)
    return list(db.session.scalars(statement))
