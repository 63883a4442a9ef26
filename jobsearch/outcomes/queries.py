"""What is asked of outcomes: where everyone who started stands on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, func, select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.core.refusals import same
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.outcomes.rules import (
    WORK,
    Answer,
    Evidence,
    Followed,
    FoundThrough,
    OutcomeKind,
    State,
    closes_on,
    state_on,
)
from jobsearch.people.models import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of those who started stand where; `closed` are those whose window is over."""

    started: int
    states: Mapping[State, int]
    closed: int
    closed_found: int


def started_by(programme_id: str, as_of: date, coach_id: str | None) -> list[ColumnElement[bool]]:
    """Which enrolments are in n on a day: everyone who started, in the coach's cohorts if named."""
    found: list[ColumnElement[bool]] = [
        Cohort.programme_id == programme_id,
        Cohort.state != CohortState.CANCELLED,
        Cohort.starts_on <= as_of,
        Enrolment.state == EnrolmentState.STARTED,
    ]
    return found if coach_id is None else [*found, Cohort.coach_id == coach_id]


def _first_work(as_of: date) -> Select[str, date]:
    return (
        select(Outcome.enrolment_id, func.min(Outcome.began_on).label("began_on"))
        .where(Outcome.kind.in_(WORK), Outcome.began_on <= as_of)
        .group_by(Outcome.enrolment_id)
    )


def _last_answer(as_of: date) -> ColumnElement[Answer]:
    return (
        select(FollowUp.answer)
        .where(FollowUp.enrolment_id == Enrolment.id, FollowUp.asked_on <= as_of)
        .order_by(FollowUp.asked_on.desc())
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )


def standing(programme_id: str, months: int, as_of: date, coach_id: str | None = None) -> Standing:
    """Where everyone who had started by the day stands; one statement, grouped, no rows loaded."""
    work = _first_work(as_of).subquery()
    answer = _last_answer(as_of).label("answer")
    statement = (
        select(Cohort.ends_on, work.c.began_on, answer, func.count())
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(work, work.c.enrolment_id == Enrolment.id)
        .where(*started_by(programme_id, as_of, coach_id))
        .group_by(Cohort.ends_on, work.c.began_on, answer)
    )
    return _add_up(db.session.execute(statement), months, as_of)


def _add_up(
    rows: Iterable[Row[date, date | None, Answer | None, int]], months: int, as_of: date
) -> Standing:
    states = dict.fromkeys(State, 0)
    closed = closed_found = 0
    for ends_on, found_on, answer, count in rows:
        window = closes_on(ends_on, months)
        state = state_on(Followed(window, found_on, answer), as_of)
        states[state] += count
        if window < as_of:
            closed += count
            closed_found += count if state is State.FOUND_WORK else 0
    return Standing(sum(states.values()), states, closed, closed_found)


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One person who started: where she stands on the day, and the work that counts if any."""

    person_id: str
    name: str
    cohort: str
    ended_on: date
    window_closes_on: date
    state: State
    began_on: date | None
    kind: OutcomeKind | None
    found_through: FoundThrough | None
    evidence: Evidence | None

    def window_is_closed(self, as_of: date) -> bool:
        """Whether the follow-up was over on the day."""
        return self.window_closes_on < as_of


def list_outcomes(
    programme_id: str, months: int, as_of: date, coach_id: str | None = None
) -> list[OutcomeLine]:
    """Everyone who had started by the day, by cohort and name, with the first work that began."""
    work = _first_work(as_of).subquery()
    statement = (
        select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Cohort.name,
            Cohort.ends_on,
            _last_answer(as_of).label("answer"),
            Outcome,
        )
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(work, work.c.enrolment_id == Enrolment.id)
        .outerjoin(
            Outcome,
            (Outcome.enrolment_id == Enrolment.id)
            & (Outcome.began_on == work.c.began_on)
            & Outcome.kind.in_(WORK),
        )
        .where(*started_by(programme_id, as_of, coach_id))
        .order_by(Cohort.starts_on, Cohort.name, Person.family_name, Person.given_name, Person.id)
    )
    lines: dict[tuple[str, str], OutcomeLine] = {}
    for row in db.session.execute(statement):
        lines.setdefault((row[3], row[0]), _line(row, months, as_of))
    return list(lines.values())


def _line(
    row: Row[str, str, str, str, date, Answer | None, Outcome | None], months: int, as_of: date
) -> OutcomeLine:
    person_id, given, family, cohort, ends_on, answer, outcome = row
    window = closes_on(ends_on, months)
    found_on = outcome.began_on if outcome else None
    return OutcomeLine(
        person_id=person_id,
        name=f"{given} {family}".strip(),
        cohort=cohort,
        ended_on=ends_on,
        window_closes_on=window,
        state=state_on(Followed(window, found_on, answer), as_of),
        began_on=found_on,
        kind=outcome.kind if outcome else None,
        found_through=outcome.found_through if outcome else None,
        evidence=outcome.evidence if outcome else None,
    )


@dataclass(frozen=True, slots=True)
class StartedPerson:
    """Someone of a programme whom a file of outcomes may name."""

    enrolment_id: str
    person_id: str
    cohort: str
    starts_on: date
    ends_on: date
    has_outcome: bool


def started_people(programme_id: str) -> dict[str, StartedPerson]:
    """Everyone who started in the programme, by plain name."""
    has = select(Outcome.id).where(Outcome.enrolment_id == Enrolment.id).exists()
    asked = select(FollowUp.id).where(FollowUp.enrolment_id == Enrolment.id).exists()
    statement = (
        select(
            Person.given_name,
            Person.family_name,
            Enrolment.id,
            Person.id,
            Cohort.name,
            Cohort.starts_on,
            Cohort.ends_on,
            has | asked,
        )
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Cohort.programme_id == programme_id, Enrolment.state == EnrolmentState.STARTED)
    )
    return {
        same(f"{row[0]} {row[1]}"): StartedPerson(
            row[2], row[3], row[4], row[5], row[6], has_outcome=bool(row[7])
        )
        for row in db.session.execute(statement)
    }
