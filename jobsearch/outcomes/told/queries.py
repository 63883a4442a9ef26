"""What is asked of what people told: what waits for a coach, and a person's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.clock import local
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import Evidence, Found, FoundThrough, Origin, OutcomeKind
from jobsearch.outcomes.told.models import ToldOutcome
from jobsearch.outcomes.told.rules import ToldState
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme

PAGE = 25


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One thing told, whose it is and in which group."""

    told: ToldOutcome
    name: str
    cohort: str
    ends: Outcome | None


@dataclass(frozen=True, slots=True)
class ToldList:
    """A page of what waits for a coach, the oldest first."""

    lines: Sequence[ToldLine]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages it fills."""
        return max(1, -(-self.count // PAGE))


def _waiting(coach_id: str | None) -> Select[ToldOutcome, str, str, str, Outcome]:
    statement = (
        select(ToldOutcome, Person.given_name, Person.family_name, Cohort.name, Outcome)
        .join(Enrolment, Enrolment.id == ToldOutcome.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == ToldOutcome.person_id)
        .outerjoin(Outcome, Outcome.id == ToldOutcome.ends_id)
    )
    return statement if coach_id is None else statement.where(Cohort.coach_id == coach_id)


def _lines(statement: Select[ToldOutcome, str, str, str, Outcome]) -> list[ToldLine]:
    return [
        ToldLine(told, f"{given} {family}".strip(), cohort, ends)
        for told, given, family, cohort, ends in db.session.execute(statement)
    ]


def list_told(coach_id: str | None, page: int) -> ToldList:
    """What waits for a coach, of her groups if one is named. Two statements."""
    waits = _waiting(coach_id).where(ToldOutcome.state == ToldState.TOLD)
    order = ToldOutcome.told_at, ToldOutcome.id
    lines = _lines(waits.order_by(*order).limit(PAGE).offset((page - 1) * PAGE))
    return ToldList(lines, count_told(coach_id), page)


def count_told(coach_id: str | None) -> int:
    """How much waits for a coach, of her groups if one is named."""
    waits = _waiting(coach_id).where(ToldOutcome.state == ToldState.TOLD)
    counted = waits.with_only_columns(func.count(ToldOutcome.id), maintain_column_froms=True)
    return db.session.scalar(counted) or 0


def list_ends_told(outcome_id: str) -> list[ToldOutcome]:
    """What waits for a coach and says that this outcome has ended, held."""
    return list(
        db.session.scalars(
            select(ToldOutcome)
            .where(ToldOutcome.ends_id == outcome_id, ToldOutcome.state == ToldState.TOLD)
            .order_by(ToldOutcome.id)
            .with_for_update()
        )
    )


def list_told_of(enrolment_id: str) -> list[ToldLine]:
    """What one person told and nobody has looked at."""
    statement = _waiting(None).where(
        ToldOutcome.enrolment_id == enrolment_id, ToldOutcome.state == ToldState.TOLD
    )
    return _lines(statement.order_by(ToldOutcome.told_at, ToldOutcome.id))


def get_told(told_id: str, coach_id: str | None = None, *, held: bool = False) -> ToldLine:
    """One thing told, for staff. Raises NotVisible."""
    if held:
        _hold(told_id)
    found = _lines(_waiting(coach_id).where(ToldOutcome.id == told_id))
    if not found:
        raise NotVisible
    return found[0]


def _hold(told_id: str) -> None:
    db.session.scalar(
        select(ToldOutcome)
        .where(ToldOutcome.id == told_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def get_own_told(told_id: str, person_id: str) -> ToldOutcome:
    """One thing that a person told herself, held. Raises NotVisible."""
    told = db.session.scalar(
        select(ToldOutcome)
        .where(ToldOutcome.id == told_id, ToldOutcome.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if told is None:
        raise NotVisible
    return told


def get_own_outcome(outcome_id: str, person_id: str) -> Outcome:
    """One noted outcome of a person. Raises NotVisible."""
    statement = select(Outcome).where(Outcome.id == outcome_id, Outcome.person_id == person_id)
    row = db.session.scalar(statement)
    if row is None:
        raise NotVisible
    return row


def found_of(told: ToldOutcome) -> Found:
    """What was told, as an outcome by the person's own word, for the coach to fill up."""
    origin = Origin(told.lead_id, told.action_id) if told.lead_id or told.action_id else None
    return Found(
        kind=told.kind or OutcomeKind.OTHER_WORK,
        began_on=told.began_on or local(told.told_at).date(),
        ended_on=told.ended_on,
        found_through=told.found_through or FoundThrough.OTHER,
        evidence=Evidence.OWN_WORD,
        weekly_minutes=told.weekly_minutes,
        own_field=told.own_field,
        fit=told.fit,
        origin=origin,
    )


@dataclass(frozen=True, slots=True)
class OwnOutcomes:
    """What a person told and what is noted of her; `enrolment_id` is None before the start."""

    enrolment_id: str | None
    organisation_id: str | None
    zone: str
    told: Sequence[ToldOutcome]
    noted: Sequence[Outcome]

    @property
    def waiting(self) -> int:
        """How much waits for the coach."""
        return sum(one.state is ToldState.TOLD for one in self.told)


def list_own(person_id: str, zone: str) -> OwnOutcomes:
    """A person's own outcomes, the newest first. Three statements."""
    started = (
        select(Enrolment.id, Enrolment.organisation_id, Programme.zone)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Enrolment.person_id == person_id, Enrolment.state == EnrolmentState.STARTED)
        .order_by(Cohort.starts_on.desc(), Enrolment.id)
    )
    place = db.session.execute(started).first()
    shown = (ToldState.TOLD, ToldState.NOT_SO)
    told = select(ToldOutcome).where(
        ToldOutcome.person_id == person_id, ToldOutcome.state.in_(shown)
    )
    noted = select(Outcome).where(Outcome.person_id == person_id)
    return OwnOutcomes(
        place[0] if place else None,
        place[1] if place else None,
        place[2] if place else zone,
        list(db.session.scalars(told.order_by(ToldOutcome.told_at.desc(), ToldOutcome.id))),
        list(db.session.scalars(noted.order_by(Outcome.began_on.desc(), Outcome.id))),
    )
