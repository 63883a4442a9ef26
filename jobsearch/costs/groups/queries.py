"""What is asked of the cost of groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money
from jobsearch.costs.pay.queries import PAGE, paid_by_programme
from jobsearch.costs.queries import booked_by_programme
from jobsearch.costs.rules import FEWEST_PAID, Booked, Paid, add_up, share_of
from jobsearch.outcomes.groups.queries import standing_by_cohort
from jobsearch.outcomes.queries import started_by
from jobsearch.outcomes.rules import State
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme


@dataclass(frozen=True, slots=True)
class GroupCost:
    """What one cohort cost of its own: its pay, and the lines booked on it.

    `pay` is None where too few were paid at a time for this reader.
    """

    cohort: str
    starts_on: date
    people: int
    placements: int
    pay: Money | None
    booked: Money

    @property
    def own(self) -> Money | None:
        """Euros of its own in all; None where it has none, or where pay is not shown."""
        return None if self.pay is None else (self.pay + self.booked) or None

    @property
    def per_placement(self) -> Money | None:
        """Euros of its own for each who found work; None where nobody did."""
        return None if self.own is None else share_of(self.own, self.placements)

    @property
    def per_person(self) -> Money | None:
        """Euros of its own for each who started; None where nobody did."""
        return None if self.own is None else share_of(self.own, self.people)


@dataclass(frozen=True, slots=True)
class GroupCosts:
    """A programme's cohorts with their own cost, a page of them."""

    programme: Programme
    as_of: date
    lines: Sequence[GroupCost]
    count: int

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, -(-self.count // PAGE))


def show_groups(
    programme_id: str, coach_id: str | None, may_see_pay: bool, page: int = 1
) -> GroupCosts:
    """The cohorts of a programme and what each cost of its own up to today; a coach's are hers.

    Who may not see pay gets that of five people at a time or none. Raises NotVisible.
    """
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    fewest = 1 if may_see_pay else FEWEST_PAID
    paid = {
        one.cohort_id: one
        for one in paid_by_programme(this_day, programme.id, fewest).get(programme.id, [])
    }
    booked = booked_by_programme(this_day, programme.id).get(programme.id, [])
    rows = _cohorts(programme.id, this_day, coach_id)
    if coach_id is not None and not rows:
        raise NotVisible
    shown = rows[(page - 1) * PAGE : page * PAGE]
    found = _found(programme, this_day, [row[0] for row in shown])
    lines = [
        _group(row, found.get(row[0], 0), paid.get(row[0]), booked, may_see_pay) for row in shown
    ]
    return GroupCosts(programme, this_day, lines, len(rows))


def _cohorts(
    programme_id: str, as_of: date, coach_id: str | None
) -> list[tuple[str, str, date, int]]:
    started = case((Enrolment.state == EnrolmentState.STARTED, 1), else_=0)
    statement = (
        select(Cohort.id, Cohort.name, Cohort.starts_on, func.coalesce(func.sum(started), 0))
        .outerjoin(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(
            Cohort.programme_id == programme_id,
            Cohort.state != CohortState.CANCELLED,
            Cohort.starts_on <= as_of,
        )
        .group_by(Cohort.id, Cohort.name, Cohort.starts_on)
        .order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id)
    )
    if coach_id is not None:
        statement = statement.where(Cohort.coach_id == coach_id)
    return [(key, name, first, int(n)) for key, name, first, n in db.session.execute(statement)]


def _found(programme: Programme, as_of: date, cohort_ids: Sequence[str]) -> Mapping[str, int]:
    where = [*started_by(programme.id, as_of, None), Cohort.id.in_(cohort_ids)]
    stands = standing_by_cohort(as_of, programme.follow_up_months, where)
    return {one.id: one.standing.states[State.FOUND_WORK] for one in stands}


def _group(
    row: tuple[str, str, date, int],
    found: int,
    paid: Paid | None,
    booked: Sequence[Booked],
    sees_pay: bool,
) -> GroupCost:
    cohort_id, name, starts_on, people = row
    pays = [] if paid is None else [paid]
    own = [one for one in booked if one.cohort_id == cohort_id]
    spent = add_up(own, pays)
    if sees_pay:
        return GroupCost(name, starts_on, people, found, spent.wages, spent.total - spent.wages)
    is_hidden = not pays or people < FEWEST_PAID
    pay = None if is_hidden else Money.total(one.total for one in pays)
    return GroupCost(name, starts_on, people, found, pay, spent.total - spent.wages)
