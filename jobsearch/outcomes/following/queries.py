"""What is asked of the follow-up: who is due, what was sent, which calls were made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import add_months
from jobsearch.organisations.models import Organisation
from jobsearch.outcomes.following.models import (
    FollowUpAsk,
    FollowUpObjection,
    FollowUpPlan,
)
from jobsearch.outcomes.following.rows import answers_of, asks_of, vain_calls_of
from jobsearch.outcomes.following.rules import (
    MOST_MONTHS,
    WAITS_FOR_COACH,
    Asked,
    AskState,
    Scheme,
    Window,
    ask_state,
    default_points,
    points_of,
    window_of,
    window_on,
)
from jobsearch.outcomes.models import FollowUp
from jobsearch.outcomes.rules import Answer
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme

PAGE = 25
_ORDER = (
    *(AskState.UNREACHED, AskState.OVERDUE, AskState.DUE, AskState.ASKED),
    *(AskState.DECLINED, AskState.UNKNOWN, AskState.ANSWERED, AskState.AHEAD),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """When the people of one programme are asked; `version` is 0 while it is the default."""

    points: tuple[int, ...]
    scheme: Scheme = Scheme.USUAL
    version: int = 0


def plan_of(row: FollowUpPlan | None, follow_up_months: int) -> Plan:
    """A programme's own plan, or the default by its months of follow-up."""
    if row is None:
        return Plan(default_points(follow_up_months))
    own = [int(point) for point in row.points.split(",")]
    own.append(follow_up_months)  # the question that closes the window is always asked
    return Plan(points_of(own, row.scheme), row.scheme, row.version)


@dataclass(frozen=True, slots=True)
class Heard:
    """What went out to one person and what came back: by question, and her answers in order."""

    asks: Mapping[int, FollowUpAsk]
    vain_calls: Mapping[int, int]
    answers: Sequence[FollowUp]
    has_declined: bool

    def asked(self, window: Window) -> Asked:
        """What is known of the question of a window."""
        ask = self.asks.get(window.point)
        return Asked(
            window,
            sent=ask.sent if ask else 0,
            vain_calls=self.vain_calls.get(window.point, 0),
            answer=answer_in(window, self.answers),
            has_declined=self.has_declined,
        )


@dataclass(frozen=True, slots=True)
class Followed:
    """One person who started and is followed on a day, with the question that is open, if any."""

    enrolment_id: str
    person_id: str
    organisation_id: str
    given_name: str
    family_name: str
    email: str | None
    phone: str | None
    language: str
    cohort: str
    coach_id: str | None
    ended_on: date
    zone: str
    points: tuple[int, ...]
    heard: Heard
    asked: Asked | None
    today: date

    @property
    def last_sent_on(self) -> date | None:
        """When the open question went out last."""
        ask = self.heard.asks.get(self.asked.window.point) if self.asked else None
        return ask.last_sent_on if ask else None

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def state(self) -> AskState:
        """Where the open question stands; ahead when none is open."""
        return ask_state(self.asked, self.today) if self.asked else AskState.AHEAD


def select_followed(
    *conditions: ColumnElement[bool],
) -> Select[Enrolment, Person, Cohort, Programme, FollowUpPlan, str]:
    """Who started, by these conditions: with the plan of the programme, and a no that holds."""
    objects = (FollowUpObjection.person_id == Person.id) & FollowUpObjection.ended_at.is_(None)
    return (
        select(Enrolment, Person, Cohort, Programme, FollowUpPlan, FollowUpObjection.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .outerjoin(FollowUpPlan, FollowUpPlan.programme_id == Programme.id)
        .outerjoin(FollowUpObjection, objects)
        .where(
            Enrolment.state == EnrolmentState.STARTED,
            Cohort.state != CohortState.CANCELLED,
            *conditions,
        )
        .order_by(Cohort.ends_on, Person.family_name, Person.given_name, Enrolment.id)
    )


def list_followed(*, coach_id: str | None = None) -> list[Followed]:
    """Everyone whose questions can be open today, of a coach's groups if one is named.

    Four statements, however many there are: the last question is at most two years from the end.
    """
    this_day = today()
    conditions: list[ColumnElement[bool]] = [
        Cohort.ends_on <= this_day + timedelta(days=1),  # a zone ahead of ours is a day on
        Cohort.ends_on >= add_months(this_day, -MOST_MONTHS - 2),
    ]
    if coach_id is not None:
        conditions.append(Cohort.coach_id == coach_id)
    return _with_questions(select_followed(*conditions))


def get_followed_person(enrolment_id: str, coach_id: str | None = None) -> Followed:
    """One person who started, with the question that is open today. Raises NotVisible."""
    found = _with_questions(select_followed(*of_one(enrolment_id, coach_id)))
    if not found:
        raise NotVisible
    return found[0]


def of_one(enrolment_id: str, coach_id: str | None) -> list[ColumnElement[bool]]:
    """The conditions of one person's row, in a coach's groups if one is named."""
    conditions = [Enrolment.id == enrolment_id]
    return conditions if coach_id is None else [*conditions, Cohort.coach_id == coach_id]


def _with_questions(
    statement: Select[Enrolment, Person, Cohort, Programme, FollowUpPlan, str],
) -> list[Followed]:
    rows = db.session.execute(statement).all()
    enrolments = [row[0].id for row in rows]
    asks, answers, calls = asks_of(enrolments), answers_of(enrolments), vain_calls_of(enrolments)
    found = []
    for enrolment, person, cohort, programme, plan, objection in rows:
        key = enrolment.id
        heard = Heard(asks[key], calls[key], answers.get(key, []), objection is not None)
        points = plan_of(plan, programme.follow_up_months).points
        found.append(follow(enrolment, person, cohort, programme.zone, points, heard))
    return found


def follow(
    enrolment: Enrolment,
    person: Person,
    cohort: Cohort,
    zone: str,
    points: tuple[int, ...],
    heard: Heard,
) -> Followed:
    """One person as she is followed today, by what went out and came back."""
    this_day = today(zone)
    window = window_on(points, cohort.ends_on, this_day)
    return Followed(
        enrolment_id=enrolment.id,
        person_id=person.id,
        organisation_id=enrolment.organisation_id,
        given_name=person.given_name,
        family_name=person.family_name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        cohort=cohort.name,
        coach_id=cohort.coach_id,
        ended_on=cohort.ends_on,
        zone=zone,
        points=points,
        heard=heard,
        asked=None if window is None else heard.asked(window),
        today=this_day,
    )


def answer_in(window: Window, answers: Iterable[FollowUp]) -> Answer | None:
    """The answer to the question of a window: what names it, else what was asked on its days."""
    for one in answers:
        if one.point == window.point or (one.point is None and window.holds(one.asked_on)):
            return one.answer
    return None


@dataclass(frozen=True, slots=True)
class DueList:
    """A page of those who are asked now, what waits first; how many stand where."""

    lines: Sequence[Followed]
    counts: Mapping[AskState, int]
    state: AskState | None
    page: int
    count: int

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, -(-self.count // PAGE))

    @property
    def waits(self) -> int:
        """How many wait for a coach."""
        return sum(self.counts[state] for state in WAITS_FOR_COACH)


def show_due(state: AskState | None, page: int, coach_id: str | None) -> DueList:
    """Everyone whose question is open today; without a state those who wait for a coach."""
    everyone = [one for one in list_followed(coach_id=coach_id) if one.asked is not None]
    counts = dict.fromkeys(AskState, 0)
    for one in everyone:
        counts[one.state] += 1
    wanted = WAITS_FOR_COACH if state is None else {state}
    chosen = [one for one in everyone if one.state in wanted]
    chosen.sort(key=lambda one: (_ORDER.index(one.state), one.asked.window.closes_on))  # type: ignore[union-attr]
    first = (page - 1) * PAGE
    return DueList(chosen[first : first + PAGE], counts, state, page, len(chosen))


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one person in the order of time, for her page."""

    window: Window
    state: AskState
    answer: Answer | None
    sent: int


def list_questions(person: Followed) -> list[Question]:
    """Every question that a person is or was asked, with where it stands."""
    asked = [person.heard.asked(window_of(point, person.ended_on)) for point in person.points]
    return [
        Question(one.window, ask_state(one, person.today), one.answer, one.sent) for one in asked
    ]


def list_asking_providers() -> list[str]:
    """The providers that may have somebody to ask."""
    recent = select(Cohort.organisation_id).where(
        Cohort.ends_on >= add_months(today(), -MOST_MONTHS - 2)
    )
    statement = select(Organisation.id).where(Organisation.id.in_(recent))
    return list(db.session.scalars(statement.order_by(Organisation.id)))
