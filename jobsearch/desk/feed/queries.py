"""What is asked for a person's calendar: her days of work, with how to join them, and her talks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from jobsearch.accounts.models import Account, Membership
from jobsearch.coaching.sparring.models import SparringSlot
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.access import Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.text import Words
from jobsearch.desk.feed.rules import KEPT_DAYS
from jobsearch.organisations.models import Organisation
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.interviews.rules import InterviewWay
from jobsearch.tracker.models import Employer


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar it is, and in which language and organisation she reads it."""

    membership_id: str
    role: Role
    account_id: str
    person_id: str | None
    language: str
    service_name: str
    zone: str


@dataclass(frozen=True, slots=True)
class FeedDay:
    """One day of one group, with how to join it."""

    id: str
    version: int
    on: date
    starts_minute: int
    position: int
    days: int
    title: Words
    is_cancelled: bool
    cohort: str
    place: str
    meeting_url: str | None
    meeting_phone: str | None
    zone: str
    ends_minute: int


def get_owner(membership_id: str) -> Owner:
    """The membership of a feed, while it is open. Raises NotVisible."""
    statement = (
        select(
            Membership.id,
            Membership.role,
            Membership.account_id,
            Membership.person_id,
            Account.language,
            Organisation.service_name,
            Organisation.zone,
        )
        .join(Account, Membership.account_id == Account.id)
        .join(Organisation, Membership.organisation_id == Organisation.id)
        .where(
            Membership.id == membership_id,
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
        )
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    return Owner(*row)


def list_feed_days(owner: Owner) -> list[FeedDay]:
    """The days of a participant's groups or of a coach's own, by date; one statement."""
    twin = aliased(CohortDay)
    days = (
        select(func.count(twin.id)).where(twin.cohort_id == Cohort.id).correlate(Cohort)
    ).scalar_subquery()
    ends = (
        select(func.max(CohortBlock.starts_minute + CohortBlock.minutes))
        .where(CohortBlock.cohort_day_id == CohortDay.id)
        .correlate(CohortDay)
        .scalar_subquery()
    )
    statement = (
        select(
            CohortDay.id,
            CohortDay.version,
            CohortDay.on,
            CohortDay.starts_minute,
            CohortDay.position,
            days,
            CohortDay.title,
            CohortDay.cancelled_at.is_not(None),
            Cohort.name,
            Cohort.place,
            Cohort.meeting_url,
            Cohort.meeting_phone,
            Programme.zone,
            func.coalesce(ends, CohortDay.starts_minute + CohortDay.paid_minutes),
        )
        .join(Cohort, CohortDay.cohort_id == Cohort.id)
        .join(Programme, Cohort.programme_id == Programme.id)
        .where(
            _is_of(owner),
            Cohort.state == CohortState.OPEN,
            CohortDay.on >= today() - timedelta(days=KEPT_DAYS),
        )
        .order_by(CohortDay.on, CohortDay.id)
    )
    return [FeedDay(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class FeedTalk:
    """One booked talk, with the other's name as it may stand in a calendar."""

    id: str
    version: int
    starts_at: datetime
    minutes: int
    other: str
    meeting_url: str | None
    meeting_phone: str | None


def list_feed_talks(owner: Owner) -> list[FeedTalk]:
    """The booked talks of a participant, or of a coach, by time; one statement.

    Who is met stands in the entry: the coach's name for her, a first name for the coach.
    """
    hers = owner.role is Role.PARTICIPANT
    statement = (
        select(
            SparringSlot.id,
            SparringSlot.version,
            SparringSlot.starts_at,
            SparringSlot.minutes,
            Account.name if hers else Person.given_name,
            Cohort.meeting_url,
            Cohort.meeting_phone,
        )
        .join(Enrolment, SparringSlot.enrolment_id == Enrolment.id)
        .join(Cohort, Enrolment.cohort_id == Cohort.id)
        .join(Person, Enrolment.person_id == Person.id)
        .join(Account, SparringSlot.coach_id == Account.id)
        .where(
            Person.id == owner.person_id if hers else SparringSlot.coach_id == owner.account_id,
            SparringSlot.withdrawn_at.is_(None),
            SparringSlot.starts_at >= now() - timedelta(days=KEPT_DAYS),
        )
        .order_by(SparringSlot.starts_at, SparringSlot.id)
    )
    return [FeedTalk(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class FeedInterview:
    """One job interview: with whom, how and where."""

    id: str
    version: int
    starts_at: datetime
    minutes: int
    employer: str
    way: InterviewWay
    place: str
    is_cancelled: bool


def list_feed_interviews(owner: Owner) -> list[FeedInterview]:
    """A participant's own interviews by time, those that were taken away among them.

    One statement; nobody else's calendar has any.
    """
    if owner.role is not Role.PARTICIPANT or owner.person_id is None:
        return []
    statement = (
        select(
            Interview.id,
            Interview.version,
            Interview.starts_at,
            Interview.minutes,
            Employer.name,
            Interview.way,
            Interview.place,
            Interview.cancelled_at.is_not(None),
        )
        .join(Employer, Employer.id == Interview.employer_id)
        .where(
            Interview.person_id == owner.person_id,
            Interview.starts_at >= now() - timedelta(days=KEPT_DAYS),
        )
        .order_by(Interview.starts_at, Interview.id)
    )
    return [FeedInterview(*row) for row in db.session.execute(statement)]


def _is_of(owner: Owner) -> ColumnElement[bool]:
    if owner.role is Role.PARTICIPANT:
        seats = select(Enrolment.cohort_id).where(
            Enrolment.person_id == owner.person_id, has_seat()
        )
        return Cohort.id.in_(seats)
    return Cohort.coach_id == owner.account_id


@dataclass(frozen=True, slots=True)
class FeedBlock:
    """One block of a day: when, and its words; the first line is its title."""

    starts_minute: int
    text: Words


def blocks_of(days: Sequence[FeedDay]) -> dict[str, list[FeedBlock]]:
    """The blocks of these days, in order; one statement."""
    statement = (
        select(CohortBlock.cohort_day_id, CohortBlock.starts_minute, CohortBlock.text)
        .where(CohortBlock.cohort_day_id.in_([day.id for day in days]))
        .order_by(CohortBlock.cohort_day_id, CohortBlock.position)
    )
    found: dict[str, list[FeedBlock]] = {}
    for day_id, starts, text in db.session.execute(statement):
        found.setdefault(day_id, []).append(FeedBlock(starts, text))
    return found
