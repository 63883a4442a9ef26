"""What is asked of people's words: one person's of a day, and everyone's of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import Mark
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.standup.queries import BoardDay
from jobsearch.standup.words.models import DayPlan, Debrief, GoodNews
from jobsearch.standup.words.rules import News, Plan
from jobsearch.tracker.queries import days_figures
from jobsearch.tracker.rules import NO_FIGURES, Figures


@dataclass(frozen=True, slots=True)
class Words:
    """What one person planned, did and said on one day of her group."""

    enrolment_id: str
    person_id: str
    name: str
    cohort_id: str
    group: str
    day: BoardDay
    mark: Mark | None
    plan: Plan | None
    learned: str
    next_step: str
    news: dict[News, str]
    figures: Figures
    today: date

    @property
    def has_come(self) -> bool:
        """Whether the day has come; before the first one there is nothing to say."""
        return self.day.on <= self.today

    @property
    def is_today(self) -> bool:
        """Whether it is the day of the plan."""
        return self.day.on == self.today

    @property
    def is_away(self) -> bool:
        """Whether she is marked away: her debrief is then a check-in in writing."""
        return self.mark is not None and self.mark is not Mark.PRESENT

    @property
    def has_debrief(self) -> bool:
        """Whether she has said or written something about the day."""
        return bool(self.learned or self.next_step)


def get_words(cohort_id: str, enrolment_id: str, day: BoardDay) -> Words:
    """One person's words of a day. Raises NotVisible for who has no seat in the group."""
    found = _words(cohort_id, day, Enrolment.id == enrolment_id)
    if not found:
        raise NotVisible
    return found[0]


def list_words(cohort_id: str, day: BoardDay) -> list[Words]:
    """Everyone's words of a day, by name. Three statements."""
    return _words(cohort_id, day)


def _words(cohort_id: str, day: BoardDay, *only: Any) -> list[Words]:
    statement = _statement(cohort_id, day.day_id).where(*only)
    rows = db.session.execute(statement).all()
    news = _news([row.id for row in rows], day.day_id)
    figures = days_figures(cohort_id, [day.on])[day.on]
    return [
        Words(
            enrolment_id=row.id,
            person_id=row.person_id,
            name=f"{row.given_name} {row.family_name}".strip(),
            cohort_id=cohort_id,
            group=row.group,
            day=day,
            mark=row.mark,
            plan=None if row.way is None else Plan(row.employer, row.way, row.at_minute),
            learned=row.learned or "",
            next_step=row.next_step or "",
            news=news.get(row.id, {}),
            figures=figures.get(row.id, NO_FIGURES),
            today=today(),
        )
        for row in rows
    ]


def _statement(cohort_id: str, day_id: str) -> Select[*tuple[Any, ...]]:
    def of_day(table: Any) -> Any:
        return and_(table.enrolment_id == Enrolment.id, table.cohort_day_id == day_id)

    return (
        select(
            Enrolment.id,
            Enrolment.person_id,
            Person.given_name,
            Person.family_name,
            Cohort.name.label("group"),
            Attendance.mark,
            DayPlan.employer,
            DayPlan.way,
            DayPlan.at_minute,
            Debrief.learned,
            Debrief.next_step,
        )
        .join(Person, Enrolment.person_id == Person.id)
        .join(Cohort, Enrolment.cohort_id == Cohort.id)
        .outerjoin(Attendance, of_day(Attendance))
        .outerjoin(DayPlan, of_day(DayPlan))
        .outerjoin(Debrief, of_day(Debrief))
        .where(Enrolment.cohort_id == cohort_id, has_seat())
        .order_by(Person.given_name, Person.family_name, Enrolment.id)
    )


def _news(enrolment_ids: Sequence[str], day_id: str) -> dict[str, dict[News, str]]:
    statement = select(GoodNews.enrolment_id, GoodNews.news, GoodNews.words).where(
        GoodNews.enrolment_id.in_(enrolment_ids), GoodNews.cohort_day_id == day_id
    )
    found: dict[str, dict[News, str]] = {}
    for enrolment_id, news, words in db.session.execute(statement):
        found.setdefault(enrolment_id, {})[news] = words
    return found


def is_own(enrolment_id: str, person_id: str) -> bool:
    """Whether the enrolment is this person's."""
    statement = select(Enrolment.id).where(
        Enrolment.id == enrolment_id, Enrolment.person_id == person_id
    )
    return db.session.scalar(statement) is not None


def list_days(actor: Actor, cohort_id: str) -> list[BoardDay]:
    """The working days of a group that have come, in order."""
    statement = (
        select(CohortDay.id, CohortDay.on)
        .where(
            CohortDay.cohort_id == cohort_id,
            CohortDay.cancelled_at.is_(None),
            CohortDay.on <= today(actor.zone),
        )
        .order_by(CohortDay.on, CohortDay.position)
    )
    return [BoardDay(*row) for row in db.session.execute(statement)]


def find_plan(enrolment_id: str, day_id: str) -> DayPlan | None:
    """The plan that a person has made for a day."""
    return db.session.scalar(
        select(DayPlan).where(DayPlan.enrolment_id == enrolment_id, DayPlan.cohort_day_id == day_id)
    )


def find_debrief(enrolment_id: str, day_id: str) -> Debrief | None:
    """What a person has said about a day."""
    return db.session.scalar(
        select(Debrief).where(Debrief.enrolment_id == enrolment_id, Debrief.cohort_day_id == day_id)
    )


def find_news(enrolment_id: str, day_id: str, news: News) -> GoodNews | None:
    """A piece of news that a person has told on a day."""
    return db.session.scalar(
        select(GoodNews).where(
            GoodNews.enrolment_id == enrolment_id,
            GoodNews.cohort_day_id == day_id,
            GoodNews.news == news,
        )
    )
