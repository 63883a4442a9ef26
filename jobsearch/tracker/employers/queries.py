"""A person's register of employers: how often and when last, and what hangs on one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.models import Action, Employer

PAGE = 25


@dataclass(frozen=True, slots=True)
class Registered:
    """One employer of the register: how many actions count, and the day of the last."""

    id: str
    name: str
    actions: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register, and how many employers there are in all."""

    lines: Sequence[Registered]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty register is one page."""
        return max(1, -(-self.count // PAGE))


def my_employers(person_id: str, page: int) -> Register:
    """A person's own register by name; two statements."""
    counting = and_(Action.employer_id == Employer.id, Action.undone_at.is_(None))
    statement = (
        select(Employer.id, Employer.name, func.sum(Action.count), func.max(Action.on))
        .outerjoin(Action, counting)
        .where(Employer.person_id == person_id)
        .group_by(Employer.id, Employer.name, Employer.name_key)
        .order_by(Employer.name_key, Employer.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = [
        Registered(key, name, int(actions or 0), last)
        for key, name, actions, last in db.session.execute(statement)
    ]
    count = select(func.count(Employer.id)).where(Employer.person_id == person_id)
    return Register(lines, db.session.scalar(count) or 0)


def get_employer(person_id: str, employer_id: str) -> Employer:
    """An employer of this person's register. Raises NotVisible."""
    statement = select(Employer).where(Employer.id == employer_id, Employer.person_id == person_id)
    employer = db.session.scalar(statement)
    if employer is None:
        raise NotVisible
    return employer


def find_of_key(person_id: str, name_key: str, but: str) -> Employer | None:
    """Another employer of the register whose name has this key."""
    statement = (
        select(Employer)
        .where(Employer.person_id == person_id, Employer.name_key == name_key, Employer.id != but)
        .order_by(Employer.id)
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class Hanging:
    """What names an employer: actions that count, leads and interviews."""

    actions: int
    leads: int
    interviews: int

    @property
    def is_nothing(self) -> bool:
        """Whether the employer can go."""
        return not (self.actions or self.leads or self.interviews)


def what_hangs(employer_id: str) -> Hanging:
    """What names this employer; one statement."""
    actions = select(func.count(Action.id)).where(
        Action.employer_id == employer_id, Action.undone_at.is_(None)
    )
    leads = select(func.count(Lead.id)).where(Lead.employer_id == employer_id)
    interviews = select(func.count(Interview.id)).where(Interview.employer_id == employer_id)
    row = db.session.execute(
        select(actions.scalar_subquery(), leads.scalar_subquery(), interviews.scalar_subquery())
    ).one()
    return Hanging(*row)


def list_naming(employer_id: str) -> list[Action | Lead | Interview]:
    """Every row that names this employer, undone actions too."""
    rows: list[Action | Lead | Interview] = []
    rows += db.session.scalars(select(Action).where(Action.employer_id == employer_id))
    rows += db.session.scalars(select(Lead).where(Lead.employer_id == employer_id))
    rows += db.session.scalars(select(Interview).where(Interview.employer_id == employer_id))
    return rows
