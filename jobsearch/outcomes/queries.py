"""What is asked of outcomes: where everyone who started stands on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
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
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme

PAGE = 50
_COUNTS = Outcome.kind.in_(WORK) & Outcome.before_start_on.is_(None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of those who started stand where; `closed` are those whose window is over."""

    started: int
    states: Mapping[State, int]
    closed: int
    closed_found: int


def started_by(
    programme_id: str, as_of: date, coach_id: str | None, cohort_id: str = ""
) -> list[ColumnElement[bool]]:
    """Which enrolments are in n on a day: everyone who started, in the coach's cohorts if named.

    With a cohort named only those of it.
    """
    found: list[ColumnElement[bool]] = [
        Cohort.programme_id == programme_id,
        Cohort.state != CohortState.CANCELLED,
        Cohort.starts_on <= as_of,
        Enrolment.state == EnrolmentState.STARTED,
    ]
    if cohort_id:
        found.append(Cohort.id == cohort_id)
    return found if coach_id is None else [*found, Cohort.coach_id == coach_id]


def first_work(as_of: date) -> Select[str, date]:
    """The day on which each person's first work that counts had begun by a day.

    Work that somebody had before the group began was not found in the programme.
    """
    return (
        select(Outcome.enrolment_id, func.min(Outcome.began_on).label("began_on"))
        .join(Enrolment, Enrolment.id == Outcome.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(_COUNTS, Outcome.began_on <= as_of, Outcome.began_on >= Cohort.starts_on)
        .group_by(Outcome.enrolment_id)
    )


def last_answer(as_of: date, months: int) -> ColumnElement[Answer]:
    """What each person last answered by a day to the question that closes the follow-up.

    What was answered to an earlier or a later question says nothing of that day. A file names no
    question: its answer is the one at the end.
    """
    return (
        select(FollowUp.answer)
        .where(
            FollowUp.enrolment_id == Enrolment.id,
            FollowUp.asked_on <= as_of,
            FollowUp.point.is_(None) | (FollowUp.point == months),
        )
        .order_by(FollowUp.asked_on.desc())
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )


def standing(programme_id: str, months: int, as_of: date, coach_id: str | None = None) -> Standing:
    """Where everyone who had started by the day stands; one statement, grouped, no rows loaded."""
    work = first_work(as_of).subquery()
    answer = last_answer(as_of, months).label("answer")
    statement = (
        select(Cohort.ends_on, work.c.began_on, answer, func.count())
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(work, work.c.enrolment_id == Enrolment.id)
        .where(*started_by(programme_id, as_of, coach_id))
        .group_by(Cohort.ends_on, work.c.began_on, answer)
    )
    return add_up(db.session.execute(statement), months, as_of)


def add_up(
    rows: Iterable[Row[date, date | None, Answer | None, int]], months: int, as_of: date
) -> Standing:
    """Rows of last day, first work, last answer and how many people, as one standing."""
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

    enrolment_id: str
    person_id: str
    name: str
    cohort_id: str
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
    work = first_work(as_of).subquery()
    of_hers = Outcome.enrolment_id == Enrolment.id
    statement = (
        select(
            Enrolment.id,
            Person.id,
            Person.given_name,
            Person.family_name,
            Cohort.id,
            Cohort.name,
            Cohort.ends_on,
            last_answer(as_of, months).label("answer"),
            Outcome,
        )
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(work, work.c.enrolment_id == Enrolment.id)
        .outerjoin(Outcome, of_hers & (Outcome.began_on == work.c.began_on) & _COUNTS)
        .where(*started_by(programme_id, as_of, coach_id))
        .order_by(Cohort.starts_on, Cohort.name, Person.family_name, Person.given_name, Person.id)
    )
    lines: dict[str, OutcomeLine] = {}
    for row in db.session.execute(statement):
        lines.setdefault(row[0], _line(row, months, as_of))
    return list(lines.values())


def _line(row: Sequence[Any], months: int, as_of: date) -> OutcomeLine:
    enrolment_id, person_id, given, family, cohort_id, cohort, ends_on, answer, outcome = row
    window = closes_on(ends_on, months)
    found_on = outcome.began_on if outcome else None
    return OutcomeLine(
        enrolment_id=enrolment_id,
        person_id=person_id,
        name=f"{given} {family}".strip(),
        cohort_id=cohort_id,
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
class OutcomesPage:
    """The people behind a figure of the results, a page of them."""

    programme: Programme
    as_of: date
    state: str
    lines: list[OutcomeLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages the people fill."""
        return max(1, -(-self.count // PAGE))


def show_outcomes(
    programme_id: str,
    asked: date | None,
    state: str,
    coach_id: str | None,
    page: int = 1,
    cohort_id: str = "",
) -> OutcomesPage:
    """The people of a state on a day; "open" holds the unknown too, "closed" the closed windows.

    Raises NotVisible for a programme that is not the reader's.
    """
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    as_of = min(asked or this_day, this_day)
    everyone = list_outcomes(programme.id, programme.follow_up_months, as_of, coach_id)
    chosen = [
        line
        for line in everyone
        if _is_asked(line, state, as_of) and cohort_id in ("", line.cohort_id)
    ]
    first = (page - 1) * PAGE
    return OutcomesPage(programme, as_of, state, chosen[first : first + PAGE], len(chosen))


def _is_asked(line: OutcomeLine, state: str, as_of: date) -> bool:
    if state == "closed":
        return line.window_is_closed(as_of)
    if state == "open":
        return line.state in (State.OPEN, State.UNKNOWN)
    return state in ("", line.state)


@dataclass(frozen=True, slots=True)
class FollowedPerson:
    """One person who started, with everything that was noted of her after it."""

    enrolment_id: str
    person_id: str
    programme_id: str
    name: str
    cohort: str
    starts_on: date
    ends_on: date
    outcomes: list[Outcome]

    @classmethod
    def of(
        cls, enrolment: Enrolment, cohort: Cohort, person: Person, outcomes: Iterable[Outcome]
    ) -> "FollowedPerson":
        """The person of these rows."""
        return cls(
            enrolment_id=enrolment.id,
            person_id=person.id,
            programme_id=cohort.programme_id,
            name=person.full_name,
            cohort=cohort.name,
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            outcomes=list(outcomes),
        )


def get_followed(enrolment_id: str, coach_id: str | None = None) -> FollowedPerson:
    """One person who started, for staff. Raises NotVisible."""
    statement = (
        select(Enrolment, Cohort, Person)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id == enrolment_id, Enrolment.state == EnrolmentState.STARTED)
    )
    if coach_id is not None:
        statement = statement.where(Cohort.coach_id == coach_id)
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    enrolment, cohort, person = row
    found = select(Outcome).where(Outcome.enrolment_id == enrolment.id).order_by(Outcome.began_on)
    return FollowedPerson.of(enrolment, cohort, person, db.session.scalars(found))
