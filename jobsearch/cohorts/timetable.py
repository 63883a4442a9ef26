"""A group's days as weeks of cards: the preview of a new group and the timetable of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType

from sqlalchemy import func, select

from jobsearch.cohorts.calendar import Placed, holiday_name, open_weekday, place_days
from jobsearch.cohorts.closures.queries import closed_days
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay
from jobsearch.cohorts.rules import CohortState, Stage, check_start, stage_of
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.money import Money, wage
from jobsearch.core.periods import week_number, week_of
from jobsearch.core.text import Words
from jobsearch.programmes.models import TemplateBlock
from jobsearch.programmes.queries import find_terms, get_programme, get_template
from jobsearch.programmes.rules import CONTRACT_MINUTES

_MOST_CLASHES = 5
_LONG_MINUTES = 180
_NEVER: Mapping[date, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Card:
    """A day as it is drawn; without a position it is a holiday on which work was planned."""

    on: date
    position: int | None = None
    planned_on: date | None = None
    day_id: str | None = None
    title: Words | None = None
    starts_minute: int = 0
    paid_minutes: int = 0
    is_cancelled: bool = False
    holiday: str | None = None
    blocks: Sequence[TemplateBlock | CohortBlock] = ()

    @property
    def is_moved(self) -> bool:
        """Whether the day is not where the template would have it."""
        return self.planned_on is not None and self.planned_on != self.on


@dataclass(frozen=True, slots=True)
class Piece:
    """A day as one piece of the ribbon that shows a whole programme."""

    state: str
    long: bool
    new_week: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar week of a group's days, with its paid minutes."""

    first: date
    number: int
    cards: tuple[Card, ...]
    paid_minutes: int
    days: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """All weeks of a group, its hours, its pay at the terms of its first day, and its holidays."""

    weeks: tuple[Week, ...]
    days: int
    paid_minutes: int
    agreed_minutes: int
    hourly_wage: Money | None
    pay: Money | None
    lost: tuple[Card, ...]
    pushed: int

    @property
    def stage(self) -> Stage:
        """Where the group is today."""
        return stage_of(self.first, self.last, today())

    @property
    def cards(self) -> list[Card]:
        """The days of work by date, without those that are cancelled."""
        return [c for w in self.weeks for c in w.cards if c.position and not c.is_cancelled]

    @property
    def done(self) -> list[Card]:
        """The days that are behind."""
        return [card for card in self.cards if card.on < today()]

    @property
    def pieces(self) -> list[Piece]:
        """The days as the pieces of a ribbon."""
        return [
            Piece(
                state="done" if card.on < today() else "today" if card.on == today() else "ahead",
                long=card.paid_minutes > _LONG_MINUTES,
                new_week=number > 0 and week_of(card.on) != week_of(self.cards[number - 1].on),
            )
            for number, card in enumerate(self.cards)
        ]

    @property
    def first(self) -> date:
        """The first day of work."""
        return min((card.on for card in self.cards), default=self.weeks[0].first)

    @property
    def last(self) -> date:
        """The last day of work."""
        return max((card.on for card in self.cards), default=self.weeks[-1].first)


def timetable_of(cohort: Cohort, language: str) -> Timetable:
    """The timetable of a group that was loaded with its days and blocks."""
    cards = [
        Card(
            on=day.on,
            position=day.position,
            planned_on=day.planned_on,
            day_id=day.id,
            title=day.title,
            starts_minute=day.starts_minute,
            paid_minutes=0 if day.cancelled_at else day.paid_minutes,
            is_cancelled=day.cancelled_at is not None,
            blocks=() if day.cancelled_at else day.blocks,
        )
        for day in cohort.days
    ]
    return _timetable(cards, cohort.programme_id, language)


def preview(programme_id: str, starts_on: date, language: str) -> Timetable:
    """The twelve days that a group of this programme would have, before it is made.

    Raises RuleBroken for a start in the past; NotVisible for another's programme.
    """
    programme = get_programme(programme_id)
    check_start(starts_on, today(programme.zone))
    days = get_template(programme.template_id).days
    closed = closed_days(programme.organisation_id)
    weekdays = [day.weekday for day in days]
    placed: list[Placed] = place_days(weekdays, starts_on, open_weekday(closed))
    cards = [
        Card(
            on=where.on,
            position=day.position,
            planned_on=where.planned_on,
            title=day.title,
            starts_minute=day.starts_minute,
            paid_minutes=day.paid_minutes,
            blocks=day.blocks,
        )
        for day, where in zip(days, placed, strict=True)
    ]
    return _timetable(cards, programme_id, language, closed)


def _timetable(
    cards: list[Card], programme_id: str, language: str, closed: Mapping[date, str] = _NEVER
) -> Timetable:
    lost = _lost(cards, language, closed)
    weeks = tuple(_weeks([*cards, *lost]))
    minutes = sum(card.paid_minutes for card in cards)
    first = min((card.on for card in cards), default=today())
    terms = find_terms(programme_id, first)
    return Timetable(
        weeks=weeks,
        days=sum(not card.is_cancelled for card in cards),
        paid_minutes=minutes,
        agreed_minutes=CONTRACT_MINUTES,
        hourly_wage=terms.hourly_wage if terms else None,
        pay=wage(minutes, terms.hourly_wage) if terms else None,
        lost=lost,
        pushed=sum(card.is_moved for card in cards),
    )


def _lost(cards: list[Card], language: str, closed: Mapping[date, str]) -> tuple[Card, ...]:
    """The holidays and closed days on which a day was planned."""
    planned = sorted({card.planned_on for card in cards if card.planned_on})
    named = ((day, holiday_name(day, language) or closed.get(day)) for day in planned)
    return tuple(Card(on=day, holiday=name) for day, name in named if name)


def _weeks(cards: Iterable[Card]) -> Iterable[Week]:
    ordered = sorted(cards, key=lambda card: (card.on, card.position or 0))
    for first, group in groupby(ordered, key=lambda card: week_of(card.on).first):
        of_week = tuple(group)
        yield Week(
            first=first,
            number=week_number(first),
            cards=of_week,
            paid_minutes=sum(card.paid_minutes for card in of_week),
            days=sum(card.position is not None and not card.is_cancelled for card in of_week),
        )


@dataclass(frozen=True, slots=True)
class Clash:
    """A coach's other group on the days of a new one."""

    coach_id: str | None
    cohort: str
    days: int


def list_clashes(days: Iterable[date]) -> list[Clash]:
    """The groups that work on these days, by coach: a coach is in one place at a time."""
    statement = (
        select(Cohort.coach_id, Cohort.name, func.count(CohortDay.id))
        .join(CohortDay, CohortDay.cohort_id == Cohort.id)
        .where(
            Cohort.coach_id.is_not(None),
            Cohort.state == CohortState.OPEN,
            CohortDay.cancelled_at.is_(None),
            CohortDay.on.in_(sorted(days)),
        )
        .group_by(Cohort.coach_id, Cohort.id, Cohort.name)
        .order_by(Cohort.name, Cohort.id)
        .limit(_MOST_CLASHES)
    )
    return [Clash(*row) for row in db.session.execute(statement)]
