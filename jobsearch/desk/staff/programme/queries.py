"""What is asked for today's programme: days with their blocks, talks, info sessions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy import union_all as together

from jobsearch.accounts.models import Account
from jobsearch.coaching.sparring.models import NextStep, SparringNote, SparringSlot
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.periods import ONE_DAY, instant_of, minute_of
from jobsearch.desk.my_day.rules import LONG_DAY_MINUTES
from jobsearch.desk.staff.programme.rules import (
    Block,
    Session,
    Talk,
    Talks,
    UnwrittenTalk,
    state_at,
    talks_of,
)
from jobsearch.desk.staff.rules import GroupFigures
from jobsearch.people.models import Person
from jobsearch.recruitment.sessions.models import InfoSession
from jobsearch.recruitment.sessions.queries import places_taken
from jobsearch.recruitment.sessions.rules import SessionState

TALKS_BACK = timedelta(days=4)
"""So far back a talk of which nothing is written is brought up: over a weekend and its Friday."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One day of a group's ribbon."""

    state: str
    long: bool
    new_week: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The ribbons of groups, today's blocks, and every day with its first minute and its group."""

    ribbons: Mapping[str, Sequence[Piece]]
    blocks: Sequence[Block]
    days: Sequence[tuple[date, int, str]]


def days_of(groups: Mapping[str, GroupFigures], today: date) -> Days:
    """The days of these groups; one statement."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            CohortDay.cohort_id,
            CohortDay.on,
            CohortDay.week,
            CohortDay.starts_minute,
            CohortDay.paid_minutes,
            CohortBlock.kind,
            CohortBlock.starts_minute,
            CohortBlock.minutes,
        )
        .outerjoin(
            CohortBlock, and_(CohortBlock.cohort_day_id == CohortDay.id, CohortDay.on == today)
        )
        .where(CohortDay.cohort_id.in_(list(groups)), CohortDay.cancelled_at.is_(None))
        .order_by(CohortDay.cohort_id, CohortDay.on, CohortBlock.position)
    )
    ribbons: dict[str, list[Piece]] = {}
    blocks: list[Block] = []
    days: list[tuple[date, int, str]] = []
    before: tuple[str, date, int] | None = None
    for key, on, week, first, length, kind, starts, minutes in db.session.execute(statement):
        group = groups[key]
        if before is None or before[:2] != (key, on):
            new_week = before is not None and before[0] == key and before[2] != week
            piece = Piece(_day_state(on, today), length >= LONG_DAY_MINUTES, new_week)
            ribbons.setdefault(key, []).append(piece)
            days.append((on, first, group.name))
        before = (key, on, week)
        if kind is not None:
            blocks.append(Block(key, group.name, group.coach, kind, starts, starts + minutes))
    return Days(ribbons, blocks, days)


def _day_state(on: date, today: date) -> str:
    return "today" if on == today else "done" if on < today else "ahead"


@dataclass(frozen=True, slots=True)
class Appointments:
    """Today's talks and info sessions, and the talks behind of which something is not written."""

    talks: Talks | None
    sessions: Sequence[Session]
    unwritten: Sequence[UnwrittenTalk]


def appointments(actor: Actor, today: date) -> Appointments:
    """A coach's own talks, and the info sessions that she leads; a manager's are all sessions and
    no talks, which are between the coach and the person. One statement.
    """
    is_coach = actor.role is Role.COACH
    statement = together(_talks(actor, today), _sessions(actor, today)) if is_coach else None
    rows = db.session.execute(_sessions(actor, today) if statement is None else statement)
    minute = minute_of(local(now(), actor.zone))
    booked, free, sessions, unwritten = [], [], [], []
    for what, key, at, length, seat, name, group, first, second in sorted(rows, key=_by_time):
        here = local(at, actor.zone)
        starts = minute_of(here)
        ends = starts + length
        if what == "session":
            state = state_at(minute, starts, ends)
            sessions.append(Session(starts, ends, state, key, name, first, second))
        elif here.date() < today:
            unwritten.append(UnwrittenTalk(seat, name, group, here.date(), bool(second)))
        elif seat:
            booked.append(Talk(seat, name, group, starts, ends, bool(first)))
        else:
            free.append((starts, ends))
    return Appointments(talks_of(booked, free, minute), sessions, unwritten)


def _by_time(row: Any) -> tuple[datetime, str]:
    return row[2], row[1]


def _talks(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """Today's times, and the talks behind after which no step was agreed."""
    slot, morning = SparringSlot, instant_of(today, 0, actor.zone)
    is_own: ColumnElement[bool] = Cohort.coach_id == actor.account_id
    is_open = and_(
        is_own,
        ~exists().where(
            NextStep.enrolment_id == slot.enrolment_id, NextStep.agreed_at >= slot.starts_at
        ),
    )
    has_note = exists().where(
        SparringNote.enrolment_id == slot.enrolment_id, SparringNote.written_at >= slot.starts_at
    )
    statement: Select[*tuple[Any, ...]] = (
        select(
            literal("talk"),
            slot.id,
            slot.starts_at,
            slot.minutes,
            func.coalesce(slot.enrolment_id, ""),
            func.coalesce(Person.given_name + " " + Person.family_name, ""),
            func.coalesce(Cohort.name, ""),
            case((is_own, 1), else_=0),
            case((has_note, 1), else_=0),
        )
        .outerjoin(Enrolment, Enrolment.id == slot.enrolment_id)
        .outerjoin(Person, Person.id == Enrolment.person_id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            slot.coach_id == actor.account_id,
            slot.withdrawn_at.is_(None),
            slot.missed_at.is_(None),
            slot.starts_at >= morning - TALKS_BACK,
            slot.starts_at < instant_of(today + ONE_DAY, 0, actor.zone),
            or_(slot.starts_at >= morning, is_open),
            or_(Person.id.is_(None), Person.id.in_(visible_participants(actor, today))),
        )
    )
    return statement


def _sessions(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(
            literal("session"),
            InfoSession.id,
            InfoSession.starts_at,
            InfoSession.minutes,
            literal(""),
            func.coalesce(Account.name, ""),
            literal(""),
            places_taken(),
            InfoSession.capacity,
        )
        .outerjoin(Account, Account.id == InfoSession.host_id)
        .where(
            InfoSession.state != SessionState.CANCELLED,
            InfoSession.starts_at >= instant_of(today, 0, actor.zone),
            InfoSession.starts_at < instant_of(today + ONE_DAY, 0, actor.zone),
        )
    )
    if actor.role is Role.COACH:
        statement = statement.where(InfoSession.host_id == actor.account_id)
    return statement
