"""Lists as they leave the house: every row of them, up to a limit, with all that may be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select

from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.tracker.lists.filters import Filters
from jobsearch.tracker.lists.queries import MOST_ROWS, held, narrowed
from jobsearch.tracker.models import Action, Employer, Goal
from jobsearch.tracker.queries import visible_people


@dataclass(frozen=True, slots=True)
class WholeList:
    """The rows of a list and whose they are."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    person_ids: frozenset[str]


ACTION_COLUMNS = (
    Action.on,
    Action.activity,
    Action.count.label("times"),
    Employer.name.label("employer"),
    Action.role_title,
    Action.channel,
    Action.reached,
    Action.reply,
    Action.replied_on,
    Action.source,
    Action.confirmed_at,
    Action.private_at,
    Action.note,
)
"""What a list says of an action, in the order in which it is read."""
_COLUMNS = (
    *ACTION_COLUMNS,
    Action.person_id,
    Person.given_name,
    Person.family_name,
    Cohort.name.label("cohort"),
)


def every_action(actor: Actor, filters: Filters) -> WholeList:
    """The actions of a list that staff may read, the newest first; private ones among them."""
    found = [*narrowed(actor, filters), Action.person_id.in_(visible_people(actor))]
    return _listed(held(select(*_COLUMNS), filters).where(*found))


def own_actions(person_id: str) -> WholeList:
    """Every action of one person that counts, the newest first."""
    statement = held(select(*_COLUMNS), Filters()).where(Action.person_id == person_id)
    return _listed(statement)


def _listed(statement: Select[*tuple[Any, ...]]) -> WholeList:
    ordered = statement.order_by(Action.on.desc(), Action.logged_at.desc(), Action.id)
    rows = db.session.execute(ordered.limit(MOST_ROWS)).all()
    return WholeList(rows, frozenset(row.person_id for row in rows))


def goals_of(person_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every goal of one person by day: day, kind, target, origin and group."""
    statement = (
        select(Goal.on, Goal.activity, Goal.target, Goal.origin, Cohort.name.label("cohort"))
        .join(Cohort, Cohort.id == Goal.cohort_id)
        .where(Goal.person_id == person_id)
        .order_by(Goal.on, Goal.activity, Goal.id)
        .limit(MOST_ROWS)
    )
    return db.session.execute(statement).all()
