"""What is asked of interviews: one person's, one of them, and who is to be reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import minute_of
from jobsearch.people.models import Person
from jobsearch.tracker.interviews.models import Interview, InterviewTick
from jobsearch.tracker.interviews.rules import InterviewWay, Preparation, Went, open_items
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.queries import visible_people
from jobsearch.tracker.rules import ActionSource, Activity

PAGE = 25
_REMIND_WITHIN = timedelta(days=2)


def find_interview(actor: Actor, interview_id: str) -> Interview | None:
    """An interview that the actor may see and change, taken away or not, with its employer."""
    seen: ColumnElement[bool] = Interview.person_id == actor.person_id
    if actor.person_id is None:
        seen = Interview.person_id.in_(visible_people(actor))
    statement = (
        select(Interview)
        .options(joinedload(Interview.employer))
        .where(Interview.id == interview_id, seen)
    )
    return db.session.scalar(statement)


def get_interview(actor: Actor, interview_id: str) -> Interview:
    """The same. Raises NotVisible."""
    interview = find_interview(actor, interview_id)
    if interview is None:
        raise NotVisible
    return interview


@dataclass(frozen=True, slots=True)
class Shown:
    """One interview as its page shows it."""

    interview: Interview
    name: str
    person_id: str
    ticked: frozenset[Preparation]
    lead_title: str | None
    now: datetime
    zone: str

    @property
    def has_begun(self) -> bool:
        """Whether it is no longer ahead: then it is asked how it went."""
        return self.interview.starts_at <= self.now

    @property
    def is_gone(self) -> bool:
        """Whether it was taken away."""
        return self.interview.cancelled_at is not None

    @property
    def open_count(self) -> int:
        """How many things are not prepared yet."""
        return len(open_items(self.ticked))

    def as_written(self) -> dict[str, Any]:
        """Its details as a form shows them: the day and the minute of the day on the wall."""
        row, here = self.interview, local(self.interview.starts_at, self.zone)
        return {
            "version": row.version,
            "employer_id": row.employer_id,
            "on": here.date(),
            "at": minute_of(here),
            "minutes": row.minutes,
            "way": row.way,
            "place": row.place,
        }


def show_interview(actor: Actor, interview_id: str) -> Shown:
    """An interview with its person, ticks and lead; three statements. Raises NotVisible."""
    interview = get_interview(actor, interview_id)
    statement = (
        select(Person.given_name, Person.family_name, Lead.role_title)
        .outerjoin(Lead, Lead.id == interview.lead_id)
        .where(Person.id == interview.person_id)
    )
    given, family, title = db.session.execute(statement).one()
    return Shown(
        interview=interview,
        name=f"{given} {family}".strip(),
        person_id=interview.person_id,
        ticked=frozenset(_ticks([interview.id]).get(interview.id, ())),
        lead_title=title,
        now=now(),
        zone=actor.zone,
    )


def _ticks(interview_ids: Sequence[str]) -> dict[str, list[Preparation]]:
    statement = select(InterviewTick.interview_id, InterviewTick.item).where(
        InterviewTick.interview_id.in_(interview_ids)
    )
    found: dict[str, list[Preparation]] = {}
    for interview_id, item in db.session.execute(statement):
        found.setdefault(interview_id, []).append(item)
    return found


def find_tick(interview_id: str, item: Preparation) -> InterviewTick | None:
    """The tick of one thing."""
    return db.session.scalar(
        select(InterviewTick).where(
            InterviewTick.interview_id == interview_id, InterviewTick.item == item
        )
    )


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """One interview in a list."""

    id: str
    starts_at: datetime
    minutes: int
    way: InterviewWay
    place: str
    employer: str
    went: Went | None
    ticked: int
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Interviews:
    """One page of a person's interviews: those ahead first, then those behind, the newest first."""

    lines: Sequence[InterviewLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))

    @property
    def ahead(self) -> list[InterviewLine]:
        """Those of this page that are to come, the next one first."""
        return [line for line in self.lines if line.is_ahead]

    @property
    def behind(self) -> list[InterviewLine]:
        """Those of this page that have been."""
        return [line for line in self.lines if not line.is_ahead]


def list_interviews(person_id: str, page: int = 1) -> Interviews:
    """A person's interviews but for those that were taken away; two statements."""
    at = now()
    ahead = Interview.starts_at > at
    mine = (Interview.person_id == person_id, Interview.cancelled_at.is_(None))
    ticked = (
        select(func.count(InterviewTick.id))
        .where(InterviewTick.interview_id == Interview.id)
        .correlate(Interview)
        .scalar_subquery()
    )
    columns = (
        Interview.id,
        Interview.starts_at,
        Interview.minutes,
        Interview.way,
        Interview.place,
        Employer.name,
        Interview.went,
        ticked,
    )
    statement = (
        select(*columns)
        .join(Employer, Employer.id == Interview.employer_id)
        .where(*mine)
        .order_by(
            ahead.desc(),
            case((ahead, Interview.starts_at)),
            Interview.starts_at.desc(),
            Interview.id,
        )
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = _rows(statement)
    lines = [InterviewLine(*(*row, row.starts_at > at)) for row in rows]
    count = db.session.scalar(select(func.count(Interview.id)).where(*mine)) or 0
    return Interviews(lines, count)


def find_unmatched(person_id: str) -> Action | None:
    """The latest interview that a person has logged and of which there is no time and place yet."""
    statement = (
        select(Action)
        .options(joinedload(Action.employer))
        .where(
            Action.person_id == person_id,
            Action.activity == Activity.INTERVIEW,
            Action.undone_at.is_(None),
            Action.source != ActionSource.IMPORTED,
            ~select(Interview.id).where(Interview.action_id == Action.id).exists(),
        )
        .order_by(Action.on.desc(), Action.logged_at.desc(), Action.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def find_lead(person_id: str, lead_id: str) -> Lead | None:
    """A lead of this person's own, with its employer."""
    return db.session.scalar(
        select(Lead)
        .options(joinedload(Lead.employer))
        .where(Lead.id == lead_id, Lead.person_id == person_id)
    )


@dataclass(frozen=True, slots=True)
class Ahead:
    """One interview of the next days, with all that a reminder says and to whom."""

    id: str
    starts_at: datetime
    changed_at: datetime
    way: InterviewWay
    place: str
    organisation_id: str
    person_id: str
    given_name: str
    email: str | None
    phone: str | None
    language: str
    ticked: frozenset[Preparation]


def list_providers(at: datetime) -> list[str]:
    """The providers some of whose people have an interview soon; asked for all of them."""
    statement = (
        select(Interview.organisation_id)
        .where(*_soon(at))
        .distinct()
        .order_by(Interview.organisation_id)
    )
    return list(db.session.scalars(statement))


def list_ahead(at: datetime) -> list[Ahead]:
    """The interviews of the next two days, by time; two statements."""
    statement = (
        select(
            Interview.id,
            Interview.starts_at,
            Interview.changed_at,
            Interview.way,
            Interview.place,
            Interview.organisation_id,
            Interview.person_id,
            Person.given_name,
            Person.email,
            Person.phone,
            Person.language,
        )
        .join(Person, Person.id == Interview.person_id)
        .where(*_soon(at))
        .order_by(Interview.starts_at, Interview.id)
    )
    rows = _rows(statement)
    ticks = _ticks([row.id for row in rows])
    return [Ahead(*(*row, frozenset(ticks.get(row.id, ())))) for row in rows]


def _soon(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Interview.cancelled_at.is_(None),
        Interview.starts_at > at,
        Interview.starts_at < at + _REMIND_WITHIN,
    )


def _rows(statement: Any) -> Sequence[Any]:
    return db.session.execute(statement).all()
