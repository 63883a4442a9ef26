"""What is asked of the duty to search: a person's acts by month, her numbers, one month's list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, extract, func, select

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.core.periods import month_of
from jobsearch.tracker.duty.models import DutyNumber
from jobsearch.tracker.duty.rules import COUNTED, Month, OwnNumber, months_of
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import ActionSource, Activity, Channel

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class SetNumber(OwnNumber):
    """A number with who set it and when."""

    set_at: datetime
    set_by: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a month as the authority's service asks for it."""

    on: date
    activity: Activity
    count: int
    source: ActionSource
    employer: str | None
    role_title: str | None
    channel: Channel | None
    is_private: bool

    @property
    def is_imported(self) -> bool:
        """Whether it came from a file, which knows no employer."""
        return self.source is ActionSource.IMPORTED


@dataclass(frozen=True, slots=True)
class Months:
    """A person's months, her numbers with the latest set first, and the list of one month."""

    months: Sequence[Month]
    numbers: Sequence[SetNumber]
    chosen: date
    acts: Sequence[Act]

    @property
    def has_imported(self) -> bool:
        """Whether the list holds figures from a file."""
        return any(act.is_imported for act in self.acts)

    @property
    def private_acts(self) -> Sequence[Act]:
        """The acts of the list of which the group reads neither employer nor job."""
        return [act for act in self.acts if act.is_private]

    @property
    def is_cut(self) -> bool:
        """Whether there are more acts than the list shows."""
        return len(self.acts) == MOST_LINES


def show_months(person_id: str, month: date, today: date) -> Months:
    """A person's months until today, and the acts of one of them; three statements."""
    numbers = list_numbers(person_id)
    found = months_of(_sums(person_id), numbers, today)
    return Months(found, numbers[::-1], month, list_acts(person_id, month))


def list_numbers(person_id: str) -> list[SetNumber]:
    """A person's numbers by the month from which they hold, and by when they were set."""
    statement = (
        select(
            DutyNumber.from_month,
            DutyNumber.number,
            DutyNumber.months,
            DutyNumber.source,
            DutyNumber.set_at,
            Account.name,
        )
        .outerjoin(Account, Account.id == DutyNumber.set_by_id)
        .where(DutyNumber.person_id == person_id)
        .order_by(DutyNumber.from_month, DutyNumber.set_at, DutyNumber.id)
    )
    return [SetNumber(*row) for row in db.session.execute(statement)]


def list_acts(person_id: str, month: date) -> list[Act]:
    """What counts of one calendar month, by day."""
    span = month_of(month)
    statement = (
        select(
            Action.on,
            Action.activity,
            Action.count.label("times"),
            Action.source,
            Employer.name,
            Action.role_title,
            Action.channel,
            Action.private_at.is_not(None),
        )
        .outerjoin(Employer, Employer.id == Action.employer_id)
        .where(
            Action.person_id == person_id,
            Action.undone_at.is_(None),
            Action.activity.in_(COUNTED),
            Action.on.between(span.first, span.last),
        )
        .order_by(Action.on, Action.logged_at, Action.id)
        .limit(MOST_LINES)
    )
    return [Act(*row) for row in db.session.execute(statement)]


def _sums(person_id: str) -> dict[date, tuple[int, int]]:
    """How many acts count in each month, and how many of them came from a file; one statement."""
    year, month = extract("year", Action.on), extract("month", Action.on)
    from_file = case((Action.source == ActionSource.IMPORTED, Action.count), else_=0)
    statement = (
        select(year, month, func.sum(Action.count), func.sum(from_file))
        .where(
            Action.person_id == person_id,
            Action.undone_at.is_(None),
            Action.activity.in_(COUNTED),
        )
        .group_by(year, month)
    )
    return {
        date(int(its_year), int(its_month), 1): (int(count), int(imported))
        for its_year, its_month, count, imported in db.session.execute(statement)
    }
