"""What a person's own page of her job search shows: her list, and what waits for her yes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import ActionSource, Activity, Reply

OWN_PAGE = 6
"""A phone shows so many lines without much scrolling."""
MOST_TO_CONFIRM = 10


@dataclass(frozen=True, slots=True)
class OwnAction:
    """One line of a person's own list."""

    id: str
    on: date
    activity: Activity
    count: int
    source: ActionSource
    employer: str | None
    role_title: str | None
    note: str | None
    reply: Reply | None
    private_at: datetime | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnActions:
    """One page of the list, and how many there are in all."""

    lines: Sequence[OwnAction]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // OWN_PAGE))


_LINES = (
    select(
        Action.id,
        Action.on,
        Action.activity,
        Action.count,
        Action.source,
        Employer.name,
        Action.role_title,
        Action.note,
        Action.reply,
        Action.private_at,
        Action.confirmed_at,
    )
    .outerjoin(Employer, Employer.id == Action.employer_id)
    .where(Action.undone_at.is_(None))
    .order_by(Action.on.desc(), Action.logged_at.desc(), Action.id)
)


def my_actions(person_id: str, page: int = 1) -> OwnActions:
    """A person's own actions, the newest first; two statements."""
    mine = Action.person_id == person_id
    statement = _LINES.where(mine).limit(OWN_PAGE).offset((page - 1) * OWN_PAGE)
    lines = [OwnAction(*row) for row in db.session.execute(statement)]
    count = select(func.count(Action.id)).where(mine, Action.undone_at.is_(None))
    return OwnActions(lines, db.session.scalar(count) or 0)


def list_to_confirm(person_id: str) -> list[OwnAction]:
    """What her coach logged for her and she has not confirmed yet, the newest first."""
    statement = _LINES.where(
        Action.person_id == person_id,
        Action.source == ActionSource.PROXY,
        Action.confirmed_at.is_(None),
    )
    return [OwnAction(*row) for row in db.session.execute(statement.limit(MOST_TO_CONFIRM))]


def list_by_keys(person_id: str, action_ids: Collection[str]) -> list[Action]:
    """Those of a person's actions that count, by their keys."""
    statement = (
        select(Action)
        .where(Action.id.in_(action_ids), Action.person_id == person_id, Action.undone_at.is_(None))
        .order_by(Action.id)
    )
    return list(db.session.scalars(statement))
