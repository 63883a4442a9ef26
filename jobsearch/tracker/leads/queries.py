"""What is asked of leads: a person's own list, what is due, what is quiet, one with its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.core.access import Actor
from jobsearch.core.clock import local, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.leads.rules import OPEN_STAGES, LeadStage, Signs, is_silent
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.queries import visible_people
from jobsearch.tracker.rules import Activity

PAGE = 25
MOST_DUE = 25
_MOST_SILENT = 5
_MOST_MOVES = 30
_MOST_ACTIONS = 10


def _is_open() -> ColumnElement[bool]:
    return Lead.stage.in_(OPEN_STAGES)


def get_lead(actor: Actor, lead_id: str) -> Lead:
    """A lead that the actor may see, with its employer. Raises NotVisible."""
    seen: ColumnElement[bool] = Lead.person_id == actor.person_id
    if actor.person_id is None:
        seen = Lead.person_id.in_(visible_people(actor))
    statement = select(Lead).options(joinedload(Lead.employer)).where(Lead.id == lead_id, seen)
    lead = db.session.scalar(statement)
    if lead is None:
        raise NotVisible
    return lead


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One lead of a list."""

    id: str
    version: int
    role_title: str
    employer: str
    stage: LeadStage
    stage_on: date
    deadline_on: date | None
    next_step: str
    next_step_on: date | None


_LINE = select(
    Lead.id,
    Lead.version,
    Lead.role_title,
    Employer.name,
    Lead.stage,
    Lead.stage_on,
    Lead.deadline_on,
    Lead.next_step,
    Lead.next_step_on,
).join(Employer, Employer.id == Lead.employer_id)


@dataclass(frozen=True, slots=True)
class Leads:
    """A page of one person's leads, open or ended, and how many there are of both."""

    lines: Sequence[LeadLine]
    open_count: int
    ended_count: int
    ended: bool

    @property
    def pages(self) -> int:
        """How many pages there are of what is shown."""
        return -(-(self.ended_count if self.ended else self.open_count) // PAGE)


def list_leads(person_id: str, page: int, *, ended: bool = False) -> Leads:
    """A person's leads: open ones by their next step, ended ones with the latest first."""
    counts: dict[bool, int] = dict.fromkeys((True, False), 0)
    count = select(Lead.stage, func.count()).where(Lead.person_id == person_id)
    for stage, number in db.session.execute(count.group_by(Lead.stage)):
        counts[stage in OPEN_STAGES] += number
    order: tuple[Any, ...] = (Lead.stage_on.desc(),)
    if not ended:
        order = (
            Lead.next_step_on.is_(None),
            Lead.next_step_on,
            Lead.deadline_on.is_(None),
            Lead.deadline_on,
        )
    statement = (
        _LINE.where(Lead.person_id == person_id, ~_is_open() if ended else _is_open())
        .order_by(*order, Lead.added_at.desc(), Lead.id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    )
    return Leads(_lines(statement), counts[True], counts[False], ended)


def list_due(person_id: str, on: date, limit: int = MOST_DUE) -> list[LeadLine]:
    """Open leads whose next step is due on this day or was before it, the latest ones first."""
    return _lines(
        _LINE.where(Lead.person_id == person_id, _is_open(), Lead.next_step_on <= on)
        .order_by(Lead.next_step_on, Lead.added_at, Lead.id)
        .limit(limit)
    )


def _lines(statement: Select[*tuple[Any, ...]]) -> list[LeadLine]:
    return [LeadLine(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Silent:
    """A lead of which nothing has been heard for so many days."""

    id: str
    version: int
    role_title: str
    employer: str
    days: int


def waiting_leads(*more: Any) -> Select[*tuple[Any, ...]]:
    """Leads that wait for an answer with nothing planned, with their signs and what is asked more.

    Columns: id, version, role_title, employer, stage_on, acted_on, asked_at, touched_at.
    """
    acted = (
        select(func.max(Action.on))
        .where(Action.lead_id == Lead.id, Action.undone_at.is_(None))
        .scalar_subquery()
    )
    return (
        select(
            Lead.id,
            Lead.version,
            Lead.role_title,
            Employer.name.label("employer"),
            Lead.stage_on,
            acted.label("acted_on"),
            Lead.asked_at,
            Lead.touched_at,
            *more,
        )
        .join(Employer, Employer.id == Lead.employer_id)
        .where(Lead.stage == LeadStage.APPLIED, Lead.next_step == "")
    )


def signs_of(row: Any, zone: str) -> Signs:
    """The signs of life of a row of `waiting_leads`."""

    def day(at: datetime | None) -> date | None:
        return None if at is None else local(at, zone).date()

    return Signs(row.stage_on, row.acted_on, day(row.asked_at), day(row.touched_at))


def list_silent(person_id: str, quiet_days: int, zone: str) -> list[Silent]:
    """A person's leads that have gone quiet, the longest first, a handful at most."""
    statement = waiting_leads().where(Lead.person_id == person_id).order_by(Lead.stage_on, Lead.id)
    this_day = today(zone)
    found = []
    for row in db.session.execute(statement):
        signs = signs_of(row, zone)
        if is_silent(signs, this_day, quiet_days):
            found.append(_silent(row, signs.quiet_days(this_day)))
    return sorted(found, key=lambda one: -one.days)[:_MOST_SILENT]


def _silent(row: Any, days: int) -> Silent:
    return Silent(row.id, row.version, row.role_title, row.employer, days)


@dataclass(frozen=True, slots=True)
class Move:
    """One line of a lead's history; without `by` the name of who moved it is not known."""

    id: str
    from_stage: LeadStage | None
    to_stage: LeadStage
    on: date
    by: str | None


def list_moves(lead_id: str) -> list[Move]:
    """The moves of a lead that were not undone, the latest first."""
    statement = (
        select(LeadMove.id, LeadMove.from_stage, LeadMove.to_stage, LeadMove.on, Account.name)
        .outerjoin(Account, Account.id == LeadMove.moved_by_id)
        .where(LeadMove.lead_id == lead_id, LeadMove.undone_at.is_(None))
        .order_by(LeadMove.moved_at.desc(), LeadMove.from_stage.is_(None), LeadMove.id.desc())
        .limit(_MOST_MOVES)
    )
    return [Move(*row) for row in db.session.execute(statement)]


def find_move(lead_id: str, move_id: str) -> LeadMove | None:
    """A move of this lead, undone or not."""
    statement = select(LeadMove).where(LeadMove.id == move_id, LeadMove.lead_id == lead_id)
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class Deed:
    """An action that was logged for a lead."""

    on: date
    activity: Activity


def list_deeds(lead_id: str) -> list[Deed]:
    """What was done for a lead, the latest first."""
    statement = (
        select(Action.on, Action.activity)
        .where(Action.lead_id == lead_id, Action.undone_at.is_(None))
        .order_by(Action.on.desc(), Action.logged_at.desc(), Action.id)
        .limit(_MOST_ACTIONS)
    )
    return [Deed(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One lead with everything that a sheet holds of it."""

    employer: str
    role_title: str
    stage: LeadStage
    stage_on: date
    source: str
    deadline_on: date | None
    next_step: str
    next_step_on: date | None
    note: str
    advert: str


def list_for_sheet(person_id: str) -> list[SheetLine]:
    """All of a person's leads, open ones first. One statement."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            Employer.name,
            Lead.role_title,
            Lead.stage,
            Lead.stage_on,
            Lead.source,
            Lead.deadline_on,
            Lead.next_step,
            Lead.next_step_on,
            Lead.note,
            Lead.advert,
        )
        .join(Employer, Employer.id == Lead.employer_id)
        .where(Lead.person_id == person_id)
        .order_by(case((_is_open(), 0), else_=1), Lead.added_at.desc(), Lead.id)
    )
    return [SheetLine(*row) for row in db.session.execute(statement)]
