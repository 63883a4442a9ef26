"""Whose actions are counted in results, and of which days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.core.access import Actor
from jobsearch.people.models import Person
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.models import Action
from jobsearch.tracker.queries import visible_people


@dataclass(frozen=True, slots=True)
class Days:
    """The days of which figures are shown; without a first one all up to the last."""

    last: date
    first: date | None = None

    def hold(self, column: Any) -> list[ColumnElement[bool]]:
        """The column is one of the days."""
        found = [column <= self.last]
        return found if self.first is None else [column >= self.first, *found]


@dataclass(frozen=True, slots=True)
class Whose:
    """Of whom figures are asked: of one person, of one group or some, or of a programme.

    Of a person all that she did counts. Of groups those people count who started in a group that
    was at work in these days, and what they did from its first day on.
    """

    actor: Actor
    days: Days
    person_id: str = ""
    programme_id: str = ""
    cohort_ids: Sequence[str] = ()

    def people(self) -> list[ColumnElement[bool]]:
        """The enrolments in n."""
        found = [
            Cohort.state != CohortState.CANCELLED,
            Cohort.starts_on <= self.days.last,
            Enrolment.state == EnrolmentState.STARTED,
            self._is_visible(),
        ]
        if self.days.first is not None:
            found.append(Cohort.ends_on >= self.days.first)
        if self.programme_id:
            found.append(Cohort.programme_id == self.programme_id)
        if self.cohort_ids:
            found.append(Cohort.id.in_(self.cohort_ids))
        return found

    def actions(self, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """A statement about actions, held to those that count."""
        held = statement.where(Action.undone_at.is_(None), *self.days.hold(Action.on))
        if self.person_id:
            return held.where(*self._of_person(Action))
        return (
            held.join(Enrolment, Enrolment.id == Action.enrolment_id)
            .join(Cohort, Cohort.id == Enrolment.cohort_id)
            .where(*self.people(), Action.on >= Cohort.starts_on)
        )

    def moves(self, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """A statement about moves of leads, held to those that count."""
        held = statement.join(Lead, Lead.id == LeadMove.lead_id).where(
            LeadMove.undone_at.is_(None), *self.days.hold(LeadMove.on)
        )
        if self.person_id:
            return held.where(*self._of_person(LeadMove))
        return (
            held.join(Enrolment, Enrolment.id == Lead.enrolment_id)
            .join(Cohort, Cohort.id == Enrolment.cohort_id)
            .where(*self.people(), LeadMove.on >= Cohort.starts_on)
        )

    def _is_visible(self) -> ColumnElement[bool]:
        # one look at each person: in a list of keys SQLite would look for each key in each group
        seen = visible_people(self.actor).where(Person.id == Enrolment.person_id)
        return seen.correlate(Enrolment).exists()

    def _of_person(self, table: Any) -> list[ColumnElement[bool]]:
        return [
            table.person_id == self.person_id,
            table.person_id.in_(visible_people(self.actor)),
        ]
